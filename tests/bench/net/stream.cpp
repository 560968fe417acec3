// SPDX-License-Identifier: AGPL-3.0-or-later
// How much goes through.
#include <sz/ext/transport.h>

#include "kernel/net/protocols/transfer.hpp"
#include "tests/bench/net/sides.hpp"
#include "tests/bench/samples.hpp"

namespace sz::netbench {

namespace {

constexpr double goal = 0.7;
const char* const unsealed = "the same wire and ENet, no seal, no channel";

// Of each side: seconds of a round, the median.
std::vector<double> times_of(const std::vector<Side*>& sides, const Stream& what,
                             std::size_t rounds) {
    const auto all = in_turns(rounds, sides, [&](Side& side) { return side.stream(what); });
    std::vector<double> found;
    for (const auto& of_side : all) found.push_back(bench::median(of_side));
    return found;
}

void add_messages(Rows& rows, const Sides& sides, bool smoke) {
    const std::vector<Side*> over_udp{sides.session.get(), sides.plain.get(), sides.enet.get()};
    const std::vector<Side*> over_web{sides.web.get(), sides.beast.get()};
    const std::size_t rounds = smoke ? 1 : 15;
    for (const std::size_t bytes : {64u, 256u, 1200u}) {
        const Stream what{SZ_CHANNEL_PLAY, bytes, smoke ? 50u : 10'000u};
        const auto rate = [&](double seconds) { return static_cast<double>(what.count) / seconds; };
        const std::string size = " messages of " + std::to_string(bytes) + " bytes";
        const auto udp = times_of(over_udp, what, rounds);
        rows.push_back(
            {"udp://" + size, rate(udp[0]), "1/s", rate(udp[1]), unsealed, goal, true, {}});
        rows.push_back(
            {"udp://" + size, rate(udp[0]), "1/s", rate(udp[2]), "bare ENet", 0, true, {}});
        const auto web = times_of(over_web, what, rounds);
        rows.push_back(
            {"ws://" + size, rate(web[0]), "1/s", rate(web[1]), "bare Beast", 0, true, {}});
    }
}

void add_bulk(Rows& rows, const Sides& sides, bool smoke) {
    const std::vector<Side*> over_udp{sides.session.get(), sides.plain.get(), sides.talk.get(),
                                      sides.enet.get()};
    const std::vector<Side*> over_web{sides.web.get(), sides.beast.get()};
    const std::size_t rounds = smoke ? 1 : 10;
    // Ten megabytes, ten times.
    const Stream what{SZ_CHANNEL_BULK, net::piece_bytes, smoke ? 25u : 2500u};
    const auto rate = [&](double seconds) {
        return static_cast<double>(what.bytes * what.count) / seconds / 1e6;
    };
    const auto udp = times_of(over_udp, what, rounds);
    rows.push_back(
        {"udp:// 100 MB of bulk", rate(udp[0]), "MB/s", rate(udp[1]), unsealed, goal, true, {}});
    rows.push_back(
        {"udp:// 100 MB of bulk", rate(udp[0]), "MB/s", rate(udp[3]), "bare ENet", 0, true, {}});
    rows.push_back({"udp:// 100 MB of a transfer between roles", rate(udp[2]), "MB/s", rate(udp[1]),
                    unsealed, 0, true, "with a digest over it"});
    const auto web = times_of(over_web, what, rounds);
    rows.push_back(
        {"ws:// 100 MB of bulk", rate(web[0]), "MB/s", rate(web[1]), "bare Beast", 0, true, {}});
}

}  // namespace

void add_streams(Rows& rows, const Sides& sides, bool smoke) {
    add_messages(rows, sides, smoke);
    add_bulk(rows, sides, smoke);
}

}  // namespace sz::netbench
