// SPDX-License-Identifier: AGPL-3.0-or-later
// What session types cost: each exchange with them and by hand, over the same queues. sz_bench
// calls this program, which has operator new for itself.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "figures.hpp"

namespace sessions {

namespace {

constexpr const Case* cases[] = {&video_streaming, &double_buffering, &ring,
                                 &all_to_all,      &stream,           &queue};

double time_goal(const Case& which, const Way& way) {
    if (!which.other_queue.empty()) return 1.2;
    return way.is_awaiting ? 1.10 : 1.05;
}

// A row of the bench table.
nlohmann::json row(const Case& which, const Way& way, const std::string& what,
                   const Figures& figures, const std::string& unit, double goal) {
    const std::string beside =
        which.other_queue.empty() ? "the same by hand" : std::string(which.other_queue);
    return {{"what", std::string(which.name) + ", " + std::string(way.name) + ": " + what},
            {"value", figures.typed},
            {"baseline", figures.by_hand},
            {"unit", unit},
            {"goal", goal},
            {"baseline_name", figures.by_hand > 0 ? beside : std::string()}};
}

int measure(bool is_smoke) {
    constexpr double allocations_max = 0.001;  // a message: for a timer, now and then
    // Where threads wait for each other, whatever keeps one processor busy for a moment keeps both:
    // many short runs, most of which it spares.
    const Sampling smoke{1, 0.1}, alone{25, 20}, together{151, 3};
    bool has_valgrind = !is_smoke;
    auto rows = nlohmann::json::array();
    for (const Case* which : cases) {
        for (const Way& way : which->ways) {
            const double goal = time_goal(*which, way);
            const Sampling& how = is_smoke ? smoke : way.is_one_thread ? alone : together;
            rows.push_back(row(*which, way, "time", time_of(*which, way, how), "ns", goal));
            const bool is_queue = !which->other_queue.empty();
            if (has_valgrind && way.is_one_thread) {
                const auto counted = instructions_of(*which, way);
                if (counted) {
                    rows.push_back(
                        row(*which, way, "instructions", *counted, "", is_queue ? 0 : goal));
                } else {
                    has_valgrind = false;
                    std::cerr << "valgrind is not here: the rows of instructions are left out.\n";
                }
            }
            if (is_queue) continue;
            const double made = allocations_of(*which, way, is_smoke ? 100 : 10000);
            rows.push_back(row(*which, way, "allocations", {made, 0}, "", allocations_max));
        }
    }
    std::cout << rows.dump(2) << '\n';
    return 0;
}

int run_one(const std::string& name, const std::string& way_name, const std::string& side,
            int rounds) {
    for (const Case* which : cases) {
        for (const Way& way : which->ways) {
            if (which->name != name || way.name != way_name) continue;
            std::cout << (side == "typed" ? way.typed : way.by_hand)(rounds) << '\n';
            return 0;
        }
    }
    std::cerr << "There is no such case and way. There are:\n";
    for (const Case* which : cases) {
        for (const Way& way : which->ways)
            std::cerr << "  \"" << which->name << "\" \"" << way.name << "\"\n";
    }
    return 2;
}

int run(int count, char** words) {
    const std::vector<std::string> given(words + 1, words + count);
    if (given == std::vector<std::string>{"--json"}) return measure(false);
    if (given == std::vector<std::string>{"--json", "--smoke"}) return measure(true);
    if (given.size() == 5 && given[0] == "--run" && (given[3] == "typed" || given[3] == "hand")) {
        const int rounds = std::atoi(given[4].c_str());
        if (rounds > 0) return run_one(given[1], given[2], given[3], rounds);
    }
    std::cerr << "Usage: sz_session_bench --json [--smoke]\n"
                 "       sz_session_bench --run CASE WAY typed|hand ROUNDS\n";
    return 2;
}

}  // namespace

void stop_with(const std::string& sentence) {
    std::cerr << "sz_session_bench: " << sentence << '\n';
    std::exit(3);
}

}  // namespace sessions

int main(int argc, char** argv) { return sessions::run(argc, argv); }
