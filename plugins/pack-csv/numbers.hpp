// SPDX-License-Identifier: AGPL-3.0-or-later
// Decimal numbers in cells.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

struct Decimal {
    std::string_view sign, whole, fraction;  // "-", "1", "50" of "-1.50"
};

// Digits, then perhaps a point and digits, with a sign before them. Any zeros.
[[nodiscard]] std::optional<Decimal> decimal_of(std::string_view cell, char point);

// Is it written in the one way that a Number gives back: no '+', no zero too many at its begin, at
// most 15 digits before and behind the point and 15 significant ones? A zero at the end is let
// pass: see is_number_column.
[[nodiscard]] bool is_plain(const Decimal& number);

// JSON text of the number: "-01,50" → "-1.5". Nothing if a Number field cannot hold it.
[[nodiscard]] std::optional<std::string> number_text(const Decimal& number);

enum class Numbers { all, none, would_change, ambiguous };

// Are all of the cells numbers with this point, so that nothing of how they are written is lost?
//   would_change  numbers whose spelling says more than their value: "007", "+2", 1.1 beside 1.10
//   ambiguous     1.234 may be a thousand or one and a bit: `may_group` says that either is usual
[[nodiscard]] Numbers numbers_of(const std::vector<std::string_view>& cells, char point,
                                 bool may_group);

}  // namespace csv
