// SPDX-License-Identifier: AGPL-3.0-or-later
// How long a message takes there and back.
#include <cstdio>

#include "tests/bench/net/sides.hpp"
#include "tests/bench/samples.hpp"

namespace sz::netbench {

namespace {

constexpr double goal = 1.5;
const char* const unsealed = "the same wire and ENet, no seal, no channel";

struct Times {
    double median = 0, late = 0;  // the 99th percentile
};

std::vector<Times> times_of(const std::vector<Side*>& sides, std::size_t bytes, bool smoke) {
    const std::size_t rounds = smoke ? 1 : 20, echoes = smoke ? 5 : 100;
    for (Side* side : sides) (void)side->echo(bytes, smoke ? 1 : 50);  // warm
    const auto all = in_turns(rounds, sides, [&](Side& side) { return side.echo(bytes, echoes); });
    std::vector<Times> found;
    for (const auto& of_side : all) {
        std::vector<double> samples;
        for (const auto& round : of_side) samples.insert(samples.end(), round.begin(), round.end());
        found.push_back({bench::median(samples), bench::percentile(samples, 0.99)});
    }
    return found;
}

std::string late(const Times& ours, const Times& beside) {
    char text[80];
    std::snprintf(text, sizeof text, "99th percentile %.0f us, beside it %.0f us", ours.late,
                  beside.late);
    return text;
}

void add(Rows& rows, const std::string& what, const Times& ours, const char* name,
         const Times& beside, double row_goal) {
    rows.push_back(
        {what, ours.median, "us", beside.median, name, row_goal, false, late(ours, beside)});
}

}  // namespace

void add_echoes(Rows& rows, const Sides& sides, bool smoke) {
    const std::vector<Side*> over_udp{sides.session.get(), sides.plain.get(), sides.talk.get(),
                                      sides.enet.get()};
    const std::vector<Side*> over_web{sides.web.get(), sides.beast.get()};
    for (const std::size_t bytes : {64u, 256u, 1200u}) {
        const std::string size = ", " + std::to_string(bytes) + " bytes";
        const auto udp = times_of(over_udp, bytes, smoke);
        add(rows, "udp:// echo" + size, udp[0], unsealed, udp[1], goal);
        add(rows, "udp:// echo" + size, udp[0], "bare ENet", udp[3], 0);
        add(rows, "udp:// echo played by roles" + size, udp[2], unsealed, udp[1], 0);
        const auto web = times_of(over_web, bytes, smoke);
        add(rows, "ws:// echo" + size, web[0], "bare Beast", web[1], 0);
    }
}

}  // namespace sz::netbench
