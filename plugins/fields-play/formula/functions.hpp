// SPDX-License-Identifier: AGPL-3.0-or-later
// The functions of the language, by name.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "formula/limits.hpp"

namespace play::formula {

enum class FunctionId : std::uint8_t {
    when,  // "if", which C++ keeps for itself
    min,
    max,
    sum,
    count,
    avg,
    floor,
    ceil,
    round,
    abs,
    mod,
};

struct Function {
    std::string_view name;
    FunctionId id;
    std::size_t arguments_min, arguments_max;
    bool takes_many;  // an argument may be a list
    std::string_view example;
};

inline constexpr std::array<Function, 11> functions{{
    {"if", FunctionId::when, 3, 3, false, "if(hp < 1, 0, speed)"},
    {"min", FunctionId::min, 1, parts_max, true, "min(dexterity, 3)"},
    {"max", FunctionId::max, 1, parts_max, true, "max(0, gear.rating)"},
    {"sum", FunctionId::sum, 1, parts_max, true, "sum(inventory.weight)"},
    {"count", FunctionId::count, 1, parts_max, true, "count(inventory)"},
    {"avg", FunctionId::avg, 1, parts_max, true, "avg(0, skills.level)"},
    {"floor", FunctionId::floor, 1, 1, false, "floor(level / 2)"},
    {"ceil", FunctionId::ceil, 1, 1, false, "ceil(level / 2)"},
    {"round", FunctionId::round, 1, 2, false, "round(weight, 1)"},
    {"abs", FunctionId::abs, 1, 1, false, "abs(debt)"},
    {"mod", FunctionId::mod, 2, 2, false, "mod(hour, 24)"},
}};

// Nothing where there is no such function.
[[nodiscard]] const Function* find_function(std::string_view name);
// What may have been meant, or nothing.
[[nodiscard]] const Function* nearest_function(std::string_view name);

}  // namespace play::formula
