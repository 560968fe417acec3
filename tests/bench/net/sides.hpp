// SPDX-License-Identifier: AGPL-3.0-or-later
// All sides to one host, measured in turns: whatever keeps the machine busy for a moment meets
// each of them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "tests/bench/net/program.hpp"
#include "tests/bench/net/rows.hpp"
#include "tests/bench/net/side.hpp"

namespace sz::netbench {

struct Sides {
    Sides(Program& program, const nlohmann::json& host);
    // Sealed and in a session; not; as programs talk; and what there is beside us.
    std::unique_ptr<Side> session, plain, talk, enet, web, beast;
};

// What `ask` gives for each of `sides` in turn, `rounds` times, forwards and backwards by turns.
template <class Ask>
auto in_turns(std::size_t rounds, const std::vector<Side*>& sides, Ask ask) {
    std::vector<std::vector<decltype(ask(*sides[0]))>> all(sides.size());
    for (std::size_t round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const std::size_t which = round % 2 == 0 ? i : sides.size() - 1 - i;
            all[which].push_back(ask(*sides[which]));
        }
    }
    return all;
}

void add_echoes(Rows& rows, const Sides& sides, bool smoke);
void add_streams(Rows& rows, const Sides& sides, bool smoke);

}  // namespace sz::netbench
