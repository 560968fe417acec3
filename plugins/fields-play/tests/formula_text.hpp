// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes a formula again, with no parentheses but those that are needed. For tests: what is read
// again must be the same.
#pragma once

#include <string>

#include "../formula/expression.hpp"

namespace play::formula::test {

inline int rank_of(Expression::Kind kind) {
    switch (kind) {
        case Expression::Kind::any: return 0;
        case Expression::Kind::all: return 1;
        case Expression::Kind::negation: return 2;
        case Expression::Kind::comparison: return 3;
        case Expression::Kind::sum: return 4;
        case Expression::Kind::product: return 5;
        case Expression::Kind::minus: return 6;
        default: return 7;
    }
}

[[nodiscard]] std::string written(const Expression& part);

// What stands where at least `rank` is wanted.
inline std::string inside(const Expression& part, int rank) {
    const std::string text = written(part);
    return rank_of(part.kind) < rank ? "(" + text + ")" : text;
}

inline std::string step_text(const std::string& step, bool is_first) {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    bool is_name = is_letter(step[0]);
    for (const char c : step) is_name = is_name && (is_letter(c) || (c >= '0' && c <= '9'));
    const bool is_taken = is_first && (step == "and" || step == "or" || step == "not" ||
                                       step == "true" || step == "false");
    return is_name && !is_taken ? step : "`" + step + "`";
}

inline std::string leaf(const Expression& part) {
    if (part.kind == Expression::Kind::number) return part.number.text();
    if (part.kind == Expression::Kind::truth) return part.truth ? "true" : "false";
    if (part.kind == Expression::Kind::text) {
        std::string text = "\"";
        for (const char c : part.text) text += std::string(c == '"' || c == '\\' ? "\\" : "") + c;
        return text + "\"";
    }
    std::string text;
    for (const std::string& step : part.path)
        text += (text.empty() ? "" : ".") + step_text(step, text.empty());
    return text;
}

inline std::string written(const Expression& part) {
    constexpr const char* signs[] = {"+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">="};
    const int rank = rank_of(part.kind);
    if (part.parts.empty() && part.function == nullptr) return leaf(part);
    if (part.kind == Expression::Kind::minus) return "-" + inside(part.parts[0], rank);
    if (part.kind == Expression::Kind::negation) return "not " + inside(part.parts[0], rank);
    std::string text;
    for (std::size_t i = 0; i < part.parts.size(); ++i) {
        if (part.function != nullptr) {
            text += (i == 0 ? "" : ",") + written(part.parts[i]);
            continue;
        }
        if (i > 0 && part.kind == Expression::Kind::all) text += " and ";
        if (i > 0 && part.kind == Expression::Kind::any) text += " or ";
        if (i > 0 && !part.operators.empty())
            text += signs[static_cast<std::size_t>(part.operators[i - 1])];
        text += inside(part.parts[i], rank + 1);
    }
    return part.function == nullptr ? text : std::string(part.function->name) + "(" + text + ")";
}

}  // namespace play::formula::test
