// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a formula:
//
//   any        = all {"or" all}
//   all        = negation {"and" negation}
//   negation   = "not" negation | comparison
//   comparison = sum [("=" | "==" | "!=" | "<" | "<=" | ">" | ">=") sum]
//   sum        = product {("+" | "-") product}
//   product    = minus {("*" | "/") minus}
//   minus      = "-" minus | value
//   value      = number | text | "true" | "false" | function "(" any {"," any} ")" | path
//              | "(" any ")"
//   path       = step {"." step}            step: a name, or an id between backquotes
//
// Blanks and line breaks may stand between any two of them.
#pragma once

#include <variant>

#include "formula/expression.hpp"
#include "formula/fault.hpp"

namespace play::formula {

// SZ-FIELD-281 to 287. Never more than the limits of limits.hpp.
[[nodiscard]] std::variant<Expression, FormulaFault> parse(std::string_view formula);

}  // namespace play::formula
