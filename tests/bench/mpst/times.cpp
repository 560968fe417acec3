// SPDX-License-Identifier: AGPL-3.0-or-later
#include <time.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "figures.hpp"

namespace sessions {

namespace {

// Of a way on one thread, which never waits, the thread's own time: then it does not matter what
// else the machine does.
double now_ms(bool is_one_thread) {
    if (!is_one_thread) {
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        return std::chrono::duration<double, std::milli>(now).count();
    }
    timespec own{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &own);
    return static_cast<double>(own.tv_sec) * 1e3 + static_cast<double>(own.tv_nsec) / 1e6;
}

struct Timed {
    double ms;
    std::int64_t sum;
};
Timed timed(Run run, int rounds, bool is_one_thread) {
    const double begin = now_ms(is_one_thread);
    const std::int64_t sum = run(rounds);
    return {now_ms(is_one_thread) - begin, sum};
}

int rounds_for(const Way& way, double run_ms) {
    constexpr int rounds_max = 1 << 26, tries = 5;
    const auto least_ms = [&way](int rounds) {
        double least = timed(way.typed, rounds, way.is_one_thread).ms;
        for (int i = 1; i < tries; ++i)
            least = std::min(least, timed(way.typed, rounds, way.is_one_thread).ms);
        return least;
    };
    int rounds = 64;
    double ms = 0;
    while ((ms = least_ms(rounds)) < run_ms / 3 && rounds < rounds_max) rounds *= 2;
    return std::clamp(static_cast<int>(rounds * run_ms / ms), 64, rounds_max);
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

Figures time_of(const Case& which, const Way& way, const Sampling& how) {
    const int rounds = rounds_for(way, how.run_ms);
    std::vector<double> typed, by_hand;
    for (int i = 0; i < how.pairs; ++i) {
        const bool is_typed_first = i % 2 == 0;
        Timed one{}, other{};
        if (is_typed_first) one = timed(way.typed, rounds, way.is_one_thread);
        other = timed(way.by_hand, rounds, way.is_one_thread);
        if (!is_typed_first) one = timed(way.typed, rounds, way.is_one_thread);
        if (one.sum != other.sum)
            stop_with(std::string(which.name) + ", " + std::string(way.name) + ": after " +
                      std::to_string(rounds) + " rounds the sums differ, " +
                      std::to_string(one.sum) + " and " + std::to_string(other.sum) + ".");
        typed.push_back(one.ms);
        by_hand.push_back(other.ms);
    }
    const double ns = 1e6 / (static_cast<double>(rounds) * which.messages);
    return {median(std::move(typed)) * ns, median(std::move(by_hand)) * ns};
}

}  // namespace sessions
