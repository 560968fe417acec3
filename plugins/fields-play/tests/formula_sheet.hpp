// SPDX-License-Identifier: AGPL-3.0-or-later
// A sheet for formulas, and what they come to on it.
#pragma once

#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

namespace fields::test {

[[nodiscard]] inline Json computing(const char* text) {
    return {{"id", "f"}, {"name", "F"}, {"type", "Formula"}, {"formula", text}};
}

[[nodiscard]] inline Json many(const Json& values) {
    Json list = Json::array();
    for (std::size_t i = 0; i < values.size(); ++i)
        list.push_back({{"value", values[i]},
                        {"path", "list/" + std::to_string(i)},
                        {"name", "item " + std::to_string(i)},
                        {"of", ""}});
    return {{"values", list}, {"many", true}};
}

[[nodiscard]] inline const Sheet& sheet() {
    static const Sheet all{
        {"wit", 3},
        {"big", 999'999'999'999'999},
        {"third", Json::parse("0.333333333333333")},
        {"empty", nullptr},
        {"name", "Ada"},
        {"nothing", ""},
        {"wounded", true},
        {"calm", false},
        {"hp", {{"current", 7}, {"maximum", 12}}},
        {"hp.current", 7},
        {"hit-points.current", 7},
        {"bag", {{{"id", "a"}, {"value", 2}}, {{"id", "b"}, {"value", nullptr}}}},
        {"tags", {"fire", "", "quiet"}},
        {"none", many(Json::array())},
        {"list", many({4, 1, nullptr, 2})},
        {"list.worn", many({true, false, true, nullptr})},
        {"list.name", many({"Bow", ""})},
        {"list.thing", many(Json::array({Json{{"weight", 1}}}))},
        {"precise", Json::parse("0.12345678901234567")},
    };
    return all;
}

// The value, or the code and column of what is wrong.
[[nodiscard]] inline std::string computed(const char* text, const Json& effects = Json::array()) {
    const Evaluated answer = evaluate(computing(text), nullptr, effects, sheet());
    if (answer.is_good()) {
        REQUIRE(answer.applied() == answer.json()["value"]);
        return answer.json()["value"].dump();
    }
    if (answer.findings.size() != 1) return answer.code();
    const std::string& message = answer.findings[0].message;
    const auto at = message.find("column ");
    return answer.code() + (at == std::string::npos
                                ? ""
                                : "@" + message.substr(at + 7, message.find(':') - at - 7));
}

[[nodiscard]] inline Json effect(const char* op, const Json& by, const char* name = "Ring") {
    return {{"op", op}, {"value", by}, {"name", name}, {"path", "gear/ring"}};
}

}  // namespace fields::test
