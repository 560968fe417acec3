// SPDX-License-Identifier: AGPL-3.0-or-later
// How large a formula, and what it computes, may become.
#pragma once

#include <cstddef>

namespace play::formula {

inline constexpr std::size_t formula_bytes_max = 4096;
// Parentheses, functions, “not” and minus signs that are open at once.
inline constexpr std::size_t depth_max = 64;
// Numbers, texts, paths, functions, sums, products, comparisons, …
inline constexpr std::size_t parts_max = 1000;
inline constexpr std::size_t path_steps_max = 16;
// Of one evaluation: each part that is evaluated is a step, and so is each value of a list.
inline constexpr std::size_t evaluation_steps_max = 100'000;
// What an explanation shows: more inputs are left out, longer ones are cut.
inline constexpr std::size_t inputs_max = 1000;
inline constexpr std::size_t input_bytes_max = 200;

}  // namespace play::formula
