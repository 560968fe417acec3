// SPDX-License-Identifier: AGPL-3.0-or-later
// What a connection between two programs costs. sz_bench calls this program, which calls itself
// for the other side.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kernel/base/log.hpp"
#include "tests/bench/net/child.hpp"
#include "tests/bench/net/host.hpp"
#include "tests/bench/net/sides.hpp"
#include "tests/bench/net/stop.hpp"

namespace sz::netbench {

void stop_with(const std::string& sentence) {
    std::cerr << "sz_net_bench: " << sentence << '\n';
    std::_Exit(3);
}

Sides::Sides(Program& program, const nlohmann::json& host)
    : session(session_side(program, host.at("session").get<std::string>())),
      plain(plain_side(program, host.at("plain").get<std::string>())),
      talk(talk_side(program, host.at("talk").get<std::string>())),
      enet(enet_side(host.at("enet").get<std::uint16_t>())),
      web(plain_side(program, host.at("ws").get<std::string>())),
      beast(beast_side(host.at("beast").get<std::uint16_t>())) {}

Rows measure_sides(bool smoke) {
    Child host({"--host"});
    Program program(2);
    const Sides sides(program, host.ready());
    Rows rows;
    add_echoes(rows, sides, smoke);
    add_streams(rows, sides, smoke);
    return rows;
}

namespace {

int measure(bool smoke, const std::string& only) {
    const std::pair<const char*, Rows (*)(bool)> parts[] = {{"sides", measure_sides},
                                                            {"handshakes", measure_handshakes},
                                                            {"memory", measure_memory},
                                                            {"idle", measure_idleness}};
    auto all = nlohmann::json::array();
    for (const auto& [name, part] : parts) {
        if (!only.empty() && only != name) continue;
        for (const Row& row : part(smoke)) {
            all.push_back({{"what", row.what},
                           {"value", row.value},
                           {"unit", row.unit},
                           {"baseline", row.baseline},
                           {"baseline_name", row.baseline_name},
                           {"goal", row.goal},
                           {"more_is_better", row.more_is_better},
                           {"note", row.note}});
        }
    }
    std::cout << all.dump(2) << '\n';
    return 0;
}

int run(int count, char** words) {
    const std::vector<std::string> given(words + 1, words + count);
    const auto is = [&](std::size_t at, const char* word) {
        return given.size() > at && given[at] == word;
    };
    if (given.size() == 1 && is(0, "--host")) be_host();
    if (given.size() == 1 && is(0, "--table")) be_table();
    if (given.size() == 2 && is(0, "--player")) be_player(given[1]);
    if (given.size() == 1 && is(0, "--json")) return measure(false, {});
    if (given.size() == 2 && is(0, "--json") && is(1, "--smoke")) return measure(true, {});
    if (given.size() == 3 && is(0, "--json") && is(1, "--only")) return measure(false, given[2]);
    std::cerr << "Usage: sz_net_bench --json [--smoke | --only sides|handshakes|memory|idle]\n";
    return 2;
}

}  // namespace

}  // namespace sz::netbench

int main(int count, char** words) { return sz::netbench::run(count, words); }
