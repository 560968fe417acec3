// SPDX-License-Identifier: AGPL-3.0-or-later
// Laws of Formula: the terms lead to the value, the same question has the same answer, and nothing
// but what was asked for matters.
#include <rapidcheck.h>

#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;

namespace {

std::string number_text() {
    return std::to_string(*rc::gen::inRange(0, 2000)) + (*rc::gen::inRange(0, 3) == 0 ? ".5" : "");
}

// A formula that gives a number, with what the sheet may have as well as not.
std::string any_number(int depth);

std::string any_truth(int depth) {
    const std::string a = any_number(depth - 1), b = any_number(depth - 1);
    switch (*rc::gen::inRange(0, 4)) {
        case 0: return a + " < " + b;
        case 1: return "(" + a + ") = (" + b + ")";
        case 2: return "not (" + a + " >= " + b + ")";
        default: return "flag and " + a + " != " + b;
    }
}

std::string any_number(int depth) {
    if (depth <= 0)
        return *rc::gen::element<std::string>("wit", "gear.rating", "empty", "1000", number_text());
    const std::string a = any_number(depth - 1), b = any_number(depth - 1);
    switch (*rc::gen::inRange(0, 11)) {
        case 0: return a + " + " + b;
        case 1: return a + " - " + b;
        case 2: return a + " - (" + b + ")";
        case 3: return "(" + a + ") * (" + b + ")";
        case 4: return "(" + a + ") / (" + b + ")";
        case 5: return "-(" + a + ")";
        case 6: return "max(" + a + ", " + b + ", sum(list))";
        case 7: return "round(" + a + ", 1)";
        case 8: return "if(" + any_truth(depth) + ", " + a + ", " + b + ")";
        case 9: return "mod(" + a + ", " + b + ")";
        default: return "avg(list, " + a + ") + " + b;
    }
}

Json decimal() {
    return Json::parse(std::to_string(*rc::gen::inRange(-5000, 5000)) + "e-" +
                       std::to_string(*rc::gen::inRange(0, 4)));
}

Sheet any_sheet() {
    Json values = Json::array();
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i)
        values.push_back({{"value", decimal()}, {"path", "p"}, {"name", "n"}, {"of", ""}});
    return {{"wit", decimal()},
            {"gear.rating", decimal()},
            {"empty", nullptr},
            {"flag", *rc::gen::arbitrary<bool>()},
            {"list", {{"values", values}, {"many", true}}}};
}

Json any_effects() {
    Json effects = Json::array();
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        effects.push_back(
            {{"op", *rc::gen::element<std::string>("multiply", "add", "atMost", "atLeast", "set")},
             {"value", decimal()},
             {"name", "Ring"},
             {"path", "p"}});
    return effects;
}

Json any_formula() {
    Json definition{{"type", "Formula"}, {"formula", any_number(*rc::gen::inRange(0, 4))}};
    if (*rc::gen::arbitrary<bool>()) definition["decimals"] = *rc::gen::inRange(0, 5);
    return definition;
}

}  // namespace

TEST_CASE("the terms of a formula, applied one after the other, lead to its value") {
    int computed = 0;
    CHECK(rc::check("terms from 0", [&] {
        const Json definition = any_formula();
        const Evaluated answer = evaluate(definition, nullptr, any_effects(), any_sheet());
        if (!answer.is_good()) {
            RC_ASSERT(answer.findings.size() == 1U);
            return;
        }
        ++computed;
        RC_ASSERT(answer.applied() == answer.json()["value"]);
    }));
    CHECK(computed > 50);
}

TEST_CASE("a formula is computed from what it asks for and from nothing else") {
    CHECK(rc::check("the same, twice and on another sheet", [] {
        const Json definition = any_formula(), effects = any_effects();
        Sheet sheet = any_sheet();
        const Evaluated first = evaluate(definition, nullptr, effects, sheet);
        const Evaluated again = evaluate(definition, nullptr, effects, sheet);
        RC_ASSERT(first.text == again.text);
        RC_ASSERT(first.asked == again.asked);
        Sheet other = any_sheet();
        for (const std::string& path : first.asked) other[path] = sheet[path];
        RC_ASSERT(evaluate(definition, nullptr, effects, other).text == first.text);
    }));
}

TEST_CASE("a formula asks for nothing that it does not refer to") {
    CHECK(rc::check("asked, therefore referred to", [] {
        const Json definition = any_formula();
        const Json known = references(definition, nullptr);
        for (const std::string& path :
             evaluate(definition, nullptr, Json::array(), any_sheet()).asked) {
            const bool is_known = std::any_of(known.begin(), known.end(), [&](const Json& one) {
                std::string text;
                for (const Json& step : one["path"])
                    text += (text.empty() ? "" : ".") + step.get<std::string>();
                return text == path;
            });
            RC_ASSERT(is_known);
        }
    }));
}

TEST_CASE("terms of sums come in the order in which they are added") {
    CHECK(rc::check("a sum of numbers", [] {
        const auto numbers = *rc::gen::nonEmpty(
            rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1'000'000)));
        std::string text;
        long long total = 0;
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const bool is_taken = i % 3 == 1;
            text += (i == 0 ? "" : is_taken ? " - " : " + ") + std::to_string(numbers[i]);
            total += is_taken ? -numbers[i] : numbers[i];
        }
        const Evaluated answer =
            evaluate({{"type", "Formula"}, {"formula", text}}, nullptr, Json::array());
        RC_ASSERT(answer.json()["value"] == total);
        RC_ASSERT(answer.json()["terms"].size() == numbers.size());
    }));
}
