// SPDX-License-Identifier: AGPL-3.0-or-later
// A resource whose maximum things change, or a formula says.
#include "formula_sheet.hpp"

using namespace fields::test;

namespace {

Json held(int current, const Json& maximum, int temporary = 0) {
    return {{"current", current}, {"maximum", maximum}, {"temporary", temporary}};
}

const Json life{{"id", "hits"}, {"name", "Hits"}, {"type", "Resource"}, {"min", 1}};

Json formed(const char* formula) {
    return {{"id", "breath"}, {"name", "Breath"}, {"type", "Resource"}, {"formula", formula}};
}
// The definition as the host gives it to `apply`.
Json with_maximum(Json definition, int maximum) {
    definition["computed"] = held(0, maximum);
    return definition;
}
Json done_to(const Json& definition, const Json& value, const char* op, const Json& args) {
    const Answer change = apply(definition, value, op, args);
    return change.is_good() ? after_effect(value, change.json()["effect"]) : Json(change.code());
}
Json came_to(const Evaluated& answer) {
    return answer.is_good() ? answer.json()["value"] : Json(answer.code());
}

}  // namespace

TEST_CASE("things change how much of a resource there may be, and the terms say how") {
    CHECK(describe("Resource")["computed"] == "modified");
    CHECK(describe("Resource")["appliesTo"] == "computed");
    const Evaluated ringed =
        evaluate(life, held(7, 10, 2), Json::array({effect("add", 2), effect("multiply", 0.5)}));
    CHECK(came_to(ringed) == held(6, 6, 2));  // what is more than the maximum is not there
    CHECK(ringed.applied() == 6);
    CHECK(ringed.json()["terms"][0]["text"] == "Hits");
    CHECK(ringed.json()["terms"][1]["text"] == "Ring");
    CHECK(formatted(life, came_to(evaluate(life, held(7, 10), Json::array({effect("add", 2)})))) ==
          "7/12");
    const Evaluated drained = evaluate(life, held(7, 10), Json::array({effect("add", -30)}));
    CHECK(came_to(drained) == held(1, 1));
    CHECK(drained.applied() == 1);
    CHECK(drained.json()["terms"].back()["text"] == "least value");
    CHECK(came_to(evaluate(life, held(7, 10), Json::array({effect("set", "all")}))) ==
          "SZ-FIELD-114");
    Json open = life;
    open["isOpen"] = true;
    CHECK(came_to(evaluate(open, held(15, 10), Json::array({effect("add", 2)}))) == held(15, 12));
}

TEST_CASE("a formula says the maximum, before what things do") {
    const Evaluated answer =
        evaluate(formed("3 + wit"), held(9, nullptr), Json::array({effect("add", 2)}), sheet());
    CHECK(came_to(answer) == held(8, 8));
    CHECK(answer.applied() == 8);
    CHECK(answer.json()["terms"].size() == 3);
    CHECK(came_to(evaluate(formed("wit - 9"), held(2, nullptr), Json::array(), sheet())) ==
          held(0, 0));
    CHECK(came_to(evaluate(formed("empty"), held(2, nullptr), Json::array(), sheet())) ==
          held(0, 0));
    CHECK(came_to(evaluate(formed("name"), held(2, nullptr), Json::array(), sheet())) ==
          "SZ-FIELD-205");
    CHECK(came_to(evaluate(formed("1 / (wit - 3)"), held(2, nullptr), Json::array(), sheet())) ==
          "SZ-FIELD-291");
    CHECK(references(formed("3 + kin.wit"), nullptr) ==
          Json::array({Json{{"kind", "field"},
                            {"path", {"kin", "wit"}},
                            {"as", Json::array({"number"})},
                            {"pointer", ""}}}));
    CHECK(references(life, held(1, 1)) == Json::array());
}

TEST_CASE("what a formula says is not stored, nor set") {
    const Json breath = formed("3 + wit");
    CHECK(normalize(breath, 4).json() == held(4, nullptr));
    CHECK(normalize(breath, held(4, 9)).json() == held(4, nullptr));
    CHECK(normalize(breath, nullptr).json() == held(0, nullptr));
    CHECK(formatted(breath, held(4, nullptr, 1)) == "4 (+1)");
    CHECK(done_to(breath, held(4, nullptr), "setMaximum", {5}) == "SZ-FIELD-204");
    CHECK(done_to(breath, held(4, nullptr), "set", Json::array({held(2, 5)})) == "SZ-FIELD-204");
    const Json known = with_maximum(breath, 5);
    CHECK(done_to(known, held(4, nullptr), "set", Json::array({held(2, 5)})) == held(2, nullptr));
    CHECK(done_to(known, held(4, nullptr), "set", Json::array({held(2, 6)})) == "SZ-FIELD-204");
    CHECK(normalize(formed("3 +"), 4).code() == "SZ-FIELD-282");
    Json both = breath;
    both["max"] = 5;
    CHECK(normalize(both, 4).code() == "SZ-FIELD-104");
    both = breath;
    both["formula"] = 5;
    CHECK(normalize(both, 4).code() == "SZ-FIELD-104");
}

TEST_CASE("a change ends at the maximum that is computed") {
    const Json lifted = with_maximum(life, 12), cursed = with_maximum(life, 6);
    CHECK(done_to(lifted, held(9, 10), "add", {9}) == held(12, 10));
    CHECK(done_to(lifted, held(9, 10), "set", {12}) == held(12, 10));
    CHECK(done_to(lifted, held(9, 10), "set", {13}) == "SZ-FIELD-200");
    CHECK(done_to(cursed, held(3, 10), "add", {9}) == held(6, 10));
    CHECK(done_to(cursed, held(9, 10), "add", {-1}) == held(5, 10));  // 6 were seen
    CHECK(done_to(life, held(12, 10), "add", {-1}) == held(9, 10));   // the ring is gone
    // A gain lowers nothing, and an undo gives back what was there.
    CHECK(done_to(cursed, held(9, 10), "add", {1}) == held(9, 10));
    CHECK(done_to(cursed, held(9, 10), "setTemporary", {2}) == held(9, 10, 2));
    CHECK(done_to(cursed, held(3, 10), "set", Json::array({held(9, 10)})) == held(9, 10));
    CHECK(formatted(life, held(12, 10)) == "10/10");
    // The maximum itself: what things make of a new one is not known yet.
    CHECK(done_to(lifted, held(12, 10), "setMaximum", {8}) == held(12, 8));
    CHECK(done_to(lifted, held(9, 10), "set", Json::array({held(15, 20)})) == held(15, 20));
    Json rests = with_maximum(formed("3 + wit"), 5);
    rests["rules"] = {{{"id", "night"}, {"to", "maximum"}}, {{"id", "hour"}, {"to", "half"}}};
    CHECK(done_to(rests, held(1, nullptr, 3), "reset", {"night"}) == held(5, nullptr));
    CHECK(done_to(rests, held(1, nullptr), "reset", {"hour"}) == held(2, nullptr));
    CHECK(done_to(rests, held(1, nullptr), "add", {9}) == held(5, nullptr));
    rests.erase("computed");  // nobody can say it now
    CHECK(done_to(rests, held(1, nullptr), "reset", {"night"}) == "SZ-FIELD-203");
    CHECK(done_to(rests, held(1, nullptr), "reset", {"hour"}) == "SZ-FIELD-203");
    CHECK(done_to(rests, held(1, nullptr), "add", {9}) == held(10, nullptr));
    CHECK(done_to(rests, held(1, nullptr), "add", {-9}) == held(0, nullptr));
}

TEST_CASE("a maximum that is a text or a division by 0 is refused with its definition") {
    CHECK(normalize(formed("\"much\""), nullptr).code() == "SZ-FIELD-205");
    CHECK(normalize(formed("wit / 0"), nullptr).code() == "SZ-FIELD-291");
    CHECK(normalize(formed("3 + wit"), nullptr).is_good());
}
