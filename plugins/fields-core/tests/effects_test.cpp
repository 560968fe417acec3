// SPDX-License-Identifier: AGPL-3.0-or-later
// A number that things change where it is read.
#include <rapidcheck.h>

#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;

namespace {

const Json speed{{"id", "speed"}, {"name", "Speed"}, {"type", "Number"}, {"max", 30}};

Json effect(const char* op, const Json& by) {
    return {{"op", op}, {"value", by}, {"name", "Boots"}, {"path", "gear/boots"}};
}
Json read_with(const Json& value, const Json& effects) {
    const Evaluated answer = evaluate(speed, value, effects);
    REQUIRE(answer.is_good());
    CHECK(answer.asked.empty());
    CHECK(answer.applied() == answer.json()["value"]);
    return answer.json()["value"];
}

}  // namespace

TEST_CASE("a number says that things change it, and begins with what is stored") {
    CHECK(describe("Number")["computed"] == "modified");
    const Json answer = evaluate(speed, 30, Json::array()).json();
    CHECK(answer == Json{{"value", 30},
                         {"terms", Json::array({{{"op", "add"},
                                                 {"text", "Speed"},
                                                 {"value", 30},
                                                 {"inputs", Json::array()}}})}});
}

TEST_CASE("the effects of things apply one after the other") {
    CHECK(read_with(20, Json::array({effect("multiply", 1.5), effect("add", -5)})) == 25);
    CHECK(read_with(20, Json::array({effect("add", -5), effect("multiply", 1.5)})) == 22.5);
    CHECK(read_with(20, Json::array({effect("atMost", 10)})) == 10);
    CHECK(read_with(20, Json::array({effect("atMost", 25)})) == 20);
    CHECK(read_with(20, Json::array({effect("atLeast", 25)})) == 25);
    CHECK(read_with(20, Json::array({effect("atLeast", 10)})) == 20);
    CHECK(read_with(20, Json::array({effect("set", 0)})) == 0);
    CHECK(read_with(0.1, Json::array({effect("add", 0.2)})) == 0.3);
    CHECK(read_with(20, Json::array({effect("add", nullptr)})) == 20);
    CHECK(read_with(nullptr, Json::array({effect("add", 2)})) == 2);
    const Json terms = evaluate(speed, 20, Json::array({effect("add", 5)})).json()["terms"];
    REQUIRE(terms.size() == 2);
    CHECK(terms[1]["text"] == "Boots");
    CHECK(terms[1]["inputs"][0]["path"] == "gear/boots");
}

TEST_CASE("a thing may lift a number above the limits of what is stored") {
    CHECK(read_with(30, Json::array({effect("add", 10)})) == 40);
}

TEST_CASE("an effect that leaves no number is refused by the name of its thing") {
    const auto code = [](const Json& one) {
        return evaluate(speed, 20, Json::array({one})).code();
    };
    CHECK(code(effect("set", "fast")) == "SZ-FIELD-114");
    CHECK(code(effect("add", true)) == "SZ-FIELD-114");
    CHECK(code(effect("double", 2)) == "SZ-FIELD-114");
    CHECK(code(Json(3)) == "SZ-FIELD-114");
    CHECK(code(effect("multiply", 999'999'999'999'999)) == "SZ-FIELD-114");
    const Finding finding =
        evaluate(speed, 20, Json::array({effect("set", "fast")})).findings.at(0);
    CHECK(finding.message ==
          "The effect of \"Boots\" cannot be applied: it brings text, and a number belongs here.");
    CHECK_FALSE(finding.hint.empty());
    CHECK(evaluate(speed, 0, Json(1000, effect("add", 1))).json()["value"] == 1000);
    CHECK(evaluate(speed, 0, Json(1001, effect("add", 1))).code() == "SZ-FIELD-114");
}

TEST_CASE("the terms of a number lead to its value, whatever things do") {
    CHECK(rc::check("terms from 0", [] {
        const auto decimal = [] {
            return Json::parse(std::to_string(*rc::gen::inRange(-5000, 5000)) + "e-" +
                               std::to_string(*rc::gen::inRange(0, 4)));
        };
        Json effects = Json::array();
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
            const auto* op = *rc::gen::element("multiply", "add", "atMost", "atLeast", "set");
            effects.push_back(effect(op, decimal()));
        }
        const Evaluated answer = evaluate({{"type", "Number"}}, decimal(), effects);
        RC_ASSERT(answer.is_good());
        RC_ASSERT(answer.applied() == answer.json()["value"]);
        RC_ASSERT(answer.json()["terms"].size() == 1 + effects.size());
    }));
}
