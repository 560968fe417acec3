// SPDX-License-Identifier: AGPL-3.0-or-later
// A formula that was read. What each part means stands in the README.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sz/cpp/decimal.hpp>

#include "formula/functions.hpp"

namespace play::formula {

using sz::plugin::Decimal;

enum class Operator : std::uint8_t {
    plus,
    minus,
    times,
    over,
    equal,
    unequal,
    less,
    at_most,
    more,
    at_least,
};

// Chains of one rank are one part, so that a long sum is wide and not deep.
struct Expression {
    enum class Kind : std::uint8_t {
        number,
        text,
        truth,
        path,
        call,
        minus,     // of parts[0]
        negation,  // “not” parts[0]
        product,   // parts, with an operator before each but the first; so are the next two
        sum,
        comparison,  // of two
        all,         // parts, “and” between them
        any,         // parts, “or” between them
    };

    Kind kind = Kind::number;
    std::size_t begin = 0, end = 0;  // bytes of the formula, with the parentheses around it
    Decimal number;
    std::string text;
    bool truth = false;
    std::vector<std::string> path;
    const Function* function = nullptr;
    std::vector<Operator> operators;
    std::vector<Expression> parts;
};

}  // namespace play::formula
