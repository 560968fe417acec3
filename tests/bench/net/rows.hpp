// SPDX-License-Identifier: AGPL-3.0-or-later
// Rows of the bench table, and who measures them.
#pragma once

#include <string>
#include <vector>

namespace sz::netbench {

struct Row {
    std::string what;
    double value = 0;
    std::string unit;
    double baseline = 0;
    std::string baseline_name;
    double goal = 0;
    bool more_is_better = false;
    std::string note;
};
using Rows = std::vector<Row>;

// Each starts and ends a host of its own. `smoke`: tiny sizes.
[[nodiscard]] Rows measure_sides(bool smoke);       // echoes and streams
[[nodiscard]] Rows measure_handshakes(bool smoke);  // a second, and how long one takes
[[nodiscard]] Rows measure_memory(bool smoke);      // of a connection
[[nodiscard]] Rows measure_idleness(bool smoke);    // what happens when nothing happens

}  // namespace sz::netbench
