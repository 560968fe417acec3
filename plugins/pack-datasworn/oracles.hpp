// SPDX-License-Identifier: AGPL-3.0-or-later
// Rows that are rolled for: a RandomTable, and what it has no place for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "draft.hpp"

namespace datasworn {

// The value of the field type "RandomTable", and the rows that cannot be rolled.
struct Rolled {
    Json value;                         // {"dice", "rows"}; null if no row can be rolled
    std::vector<std::string> unrolled;  // texts of rows without a range
    Json unused_dice;                   // of the package, where they cannot be rolled
    Json further = Json::array();       // rows of a table: the rolls that a row asks for
};

// `rows` is a list of {"min", "max", "text", …}. `dice` may be null: then the rows say how many
// sides one die has.
[[nodiscard]] Rolled roll_table(Draft& draft, const Json& rows, const std::string& pointer,
                                const Json* dice, Tally& tally);

// The table and what is beside it as fields: `id`, "withoutRange", "furtherRolls".
void put_rolled(Draft& draft, Json& to, std::string_view id, std::string_view name, Rolled rolled);

}  // namespace datasworn
