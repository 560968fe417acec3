// SPDX-License-Identifier: AGPL-3.0-or-later
// What a message costs, with session types and by hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cases.hpp"

namespace sessions {

struct Figures {
    double typed = 0;
    double by_hand = 0;
};

// `pairs` runs of each in turn, each about `run_ms` long.
struct Sampling {
    int pairs;
    double run_ms;
};

// Nanoseconds, the median.
[[nodiscard]] Figures time_of(const Case& which, const Way& way, const Sampling& how);

// Calls of operator new by the typed one, beyond those for its beginning and end.
[[nodiscard]] double allocations_of(const Case& which, const Way& way, int rounds);

// Of valgrind's count. Nothing when valgrind is not there.
[[nodiscard]] std::optional<Figures> instructions_of(const Case& which, const Way& way);

// Calls of operator new in this program so far.
[[nodiscard]] std::int64_t allocations();

// Ends the program: a measurement that is wrong is worth nothing.
[[noreturn]] void stop_with(const std::string& sentence);

}  // namespace sessions
