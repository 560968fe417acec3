// SPDX-License-Identifier: AGPL-3.0-or-later
// The effects of things: entries that stand on a sheet, on a list of gear or of conditions, and
// say what they do to its fields. An entry has
//   "effects": [{"field": "defence", "add": 2, "when": "item.worn"}]
// with one of "multiply", "add", "atMost", "atLeast" and "set", whose amount is a number, a text or
// a formula's text. They work from fields whose definition has "effects": true, or the id of a
// Boolean beside the link, in the same row or group, that must be set.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernel/campaign/instance.hpp"

namespace sz::campaign {

class Computer;

// An entry on a sheet. `entry` and `row` live as long as the computer and the instance.
struct Thing {
    std::string path;  // of the field that it stands on
    const Json* entry = nullptr;
    const Json* row = nullptr;  // the group or row that it stands in; null: it stands alone
};

struct ThingEffect {
    Thing thing;
    std::string op;
    const Json* rule = nullptr;  // the member of "effects"
};

struct Things {
    // By the path that they change, in the order in which they apply: all of one `op` after the
    // other, as listed above, and within it in the order of the sheet.
    std::map<std::string, std::vector<ThingEffect>> by_path;
    // A sentence for each entry that is not installed: nobody knows what it would do.
    std::vector<std::string> missing;
};

// Those of every thing that the computer's viewer sees on the sheet. What names no field of this
// sheet does nothing here.
[[nodiscard]] Things things_on(const Instance& instance, Computer& computer);

}  // namespace sz::campaign
