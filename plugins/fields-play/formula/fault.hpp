// SPDX-License-Identifier: AGPL-3.0-or-later
// What is wrong with a formula, and where.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace play::formula {

struct FormulaFault {
    const char* code = "";  // "SZ-FIELD-282"; static
    std::size_t at = 0;     // byte of the formula
    std::string why;        // a sentence
    std::string hint;       // with an example that works
};

// As an editor counts: from 1, columns in characters.
struct Place {
    std::uint32_t line = 1, column = 1;
};
[[nodiscard]] Place place_of(std::string_view formula, std::size_t byte);

// "column 7", "line 2, column 7".
[[nodiscard]] std::string words_of(Place place);

}  // namespace play::formula
