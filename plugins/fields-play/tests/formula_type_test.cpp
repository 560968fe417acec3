// SPDX-License-Identifier: AGPL-3.0-or-later
// Formula as a field type: explanation, effects, and what every type is asked.
#include "formula_sheet.hpp"

using namespace fields::test;

namespace {

// "add 10 (10), subtract wit (3)".
std::string terms(const Json& definition, const Json& effects = Json::array()) {
    const Evaluated answer = evaluate(definition, nullptr, effects, sheet());
    REQUIRE(answer.is_good());
    const Json result = answer.json();
    CHECK(answer.applied() == result["value"]);
    std::string text;
    for (const Json& term : result["terms"])
        text += (text.empty() ? "" : ", ") + term["op"].get<std::string>() + " " +
                term["text"].get<std::string>() + " (" + term["value"].dump() + ")";
    return text;
}
std::string terms(const char* text) { return terms(computing(text)); }

}  // namespace

TEST_CASE("an explanation has a term for each summand") {
    CHECK(terms("10 + wit + max(0, wit - 5)") ==
          "add 10 (10), add wit (3), add max(0, wit - 5) (0)");
    CHECK(terms("10 - wit * 2") == "add 10 (10), subtract wit * 2 (6)");
    CHECK(terms("(10 - wit) + 1") == "add 10 (10), subtract wit (3), add 1 (1)");
    CHECK(terms("10 - (wit - (2 + 1))") == "add 10 (10), subtract wit (3), add 2 (2), add 1 (1)");
    CHECK(terms("-(wit + 1) + 2") == "subtract wit (3), subtract 1 (1), add 2 (2)");
    CHECK(terms("10 - -wit") == "add 10 (10), add wit (3)");
    CHECK(terms("(wit + 1) * 2") == "add (wit + 1) * 2 (8)");
    CHECK(terms("if(wounded, wit + 1, 2)") == "add if(wounded, wit + 1, 2) (4)");
    CHECK(terms("10 + empty") == "add 10 (10), add empty (0)");
    CHECK(terms("name") == "set name (\"Ada\")");
    CHECK(terms("wit > 2") == "set wit > 2 (true)");
    CHECK(terms("empty") == "set empty (null)");
}

TEST_CASE("parentheses stay where taking them away would compute something else") {
    // Together they are past 15 digits, one after the other they would be too.
    CHECK(terms("big + (1 - 1)") == "add big (999999999999999), add (1 - 1) (0)");
    CHECK(terms("0.000000000000001 + (big - big)") ==
          "add 0.000000000000001 (1e-15), add (big - big) (0)");
}

TEST_CASE("a term names what went into it") {
    const Json answer =
        evaluate(computing("10 + wit * wit + sum(list)"), nullptr, Json::array(), sheet()).json();
    CHECK(answer["terms"][0]["inputs"] == Json::array());
    CHECK(answer["terms"][1]["inputs"] ==
          Json::array({{{"value", 3}, {"path", "wit"}, {"name", "the wit"}, {"of", ""}}}));
    REQUIRE(answer["terms"][2]["inputs"].size() == 4);
    CHECK(answer["terms"][2]["inputs"][1] ==
          Json{{"value", 1}, {"path", "list/1"}, {"name", "item 1"}, {"of", ""}});
}

TEST_CASE("an explanation stays short enough to be read") {
    const Sheet paper{{"list", many(Json(1001, 1))},   {"few", many(Json(1000, 1))},
                      {"long", std::string(500, 'x')}, {"limit", std::string(200, 'x')},
                      {"items", Json(300, 1)},         {"big", 999'999'999'999'999}};
    const auto inputs = [&](const char* text) {
        return evaluate(computing(text), nullptr, Json::array(), paper)
            .json()["terms"][0]["inputs"];
    };
    CHECK(inputs("sum(few)").size() == 1000);
    CHECK(inputs("sum(list)").size() == 1000);
    // This one keeps its parentheses, which is found out on a second way through it.
    CHECK(inputs("sum(few) + (big - big)").size() == 1000);
    CHECK(inputs("long = \"\"")[0]["value"] == std::string(200, 'x') + "…");
    CHECK(inputs("limit = \"\"")[0]["value"] == std::string(200, 'x'));
    CHECK(inputs("sum(items)")[0]["value"] == "a list of 300");
}

TEST_CASE("the effects of things are terms behind those of the formula") {
    const Json all{effect("multiply", 2, "Haste"), effect("add", -1, "Curse"),
                   effect("atMost", 20, "Cap"), effect("atLeast", 5, "Floor")};
    CHECK(terms(computing("10 + wit"), all) ==
          "add 10 (10), add wit (3), multiply Haste (2), add Curse (-1), atMost Cap (20), atLeast "
          "Floor (5)");
    CHECK(computed("10 + wit", all) == "20");
    CHECK(computed("wit", Json::array({effect("atLeast", 5)})) == "5");
    CHECK(computed("wit", Json::array({effect("set", 9), effect("add", 1)})) == "10");
    CHECK(computed("wit", Json::array({effect("set", "high")})) == "\"high\"");
    CHECK(computed("name", Json::array({effect("set", 4), effect("multiply", 0.5)})) == "2");
    CHECK(computed("empty", Json::array({effect("add", 2)})) == "2");
    CHECK(terms(computing("empty"), Json::array({effect("add", 2)})) ==
          "add empty (0), add Ring (2)");
    CHECK(computed("empty", Json::array({effect("set", 2)})) == "2");
    CHECK(computed("wit", Json::array({effect("add", nullptr)})) == "3");
    const Json input = evaluate(computing("wit"), nullptr, Json::array({effect("add", 1)}), sheet())
                           .json()["terms"][1]["inputs"];
    CHECK(input ==
          Json::array({{{"value", 1}, {"path", "gear/ring"}, {"name", "Ring"}, {"of", ""}}}));
}

TEST_CASE("an effect that does not fit is refused by the name of its thing") {
    CHECK(computed("name", Json::array({effect("add", 1)})) == "SZ-FIELD-114");
    CHECK(computed("wit", Json::array({effect("add", "x")})) == "SZ-FIELD-114");
    CHECK(computed("wit", Json::array({effect("double", 1)})) == "SZ-FIELD-114");
    CHECK(computed("wit", Json::array({effect("set", Json::object())})) == "SZ-FIELD-114");
    CHECK(computed("big", Json::array({effect("multiply", 10)})) == "SZ-FIELD-114");
    CHECK(evaluate(computing("name"), nullptr, Json::array({effect("add", 1)}), sheet())
              .findings[0]
              .message ==
          "The effect of \"Ring\" cannot be applied: there is text and no number to change.");
    CHECK(computed("wit", Json(1000, effect("add", 1))) == "1003");
    CHECK(computed("wit", Json(1001, effect("add", 1))) == "SZ-FIELD-114");
}

TEST_CASE("decimals round the result last, a half away from zero") {
    Json half = computing("wit / 2");
    half["decimals"] = 0;
    CHECK(terms(half) == "add wit / 2 (1.5), round rounded to a whole number (0)");
    CHECK(evaluate(half, nullptr, Json::array(), sheet()).json()["value"] == 2);
    CHECK(evaluate(half, nullptr, Json::array({effect("multiply", -1)}), sheet()).json()["value"] ==
          -2);
    half["decimals"] = 1;
    CHECK(terms(half) == "add wit / 2 (1.5)");
    half["decimals"] = 15;
    CHECK(evaluate(half, nullptr, Json::array(), sheet()).is_good());
    for (const Json& wrong : {Json(16), Json(-1), Json(0.5), Json("2")}) {
        half["decimals"] = wrong;
        CHECK(evaluate(half, nullptr, Json::array(), sheet()).code() == "SZ-FIELD-104");
        CHECK(normalize(half, nullptr).code() == "SZ-FIELD-104");
    }
}

TEST_CASE("a template with a formula that cannot be read is refused") {
    const Answer answer = normalize(computing("10 + * wit"), nullptr);
    CHECK(answer.code() == "SZ-FIELD-282");
    CHECK(answer.findings[0].message ==
          "The formula cannot be read at column 6: Here a number, a text, a name or “(” is wanted, "
          "not “*”.");
    CHECK(answer.findings[0].hint == "Write 10 + wit, or max(0, gear.rating).");
    CHECK(normalize({{"type", "Formula"}, {"formula", 3}}, nullptr).code() == "SZ-FIELD-104");
    CHECK(computed("10 + * wit") == "SZ-FIELD-282@6");
    CHECK(describe("Formula")["options"]["required"] == Json::array({"formula"}));
    CHECK(describe("Formula")["computed"] == "always");
}

TEST_CASE("a definition that divides by a 0 that is written in it is refused") {
    for (const char* text :
         {"wit / 0", "1 + wit / (-0.0)", "max(1, 2 * (wit / 0))", "mod(wit, 0)"}) {
        const Answer answer = normalize(computing(text), nullptr);
        CHECK(answer.code() == "SZ-FIELD-291");
    }
    for (const char* text : {"0 / wit", "wit / 0.5", "mod(0, wit)", "wit / (1 - 1)", "0"})
        CHECK(normalize(computing(text), nullptr).is_good());
}

TEST_CASE("a computed value is kept where an entry brings it along") {
    const Json kept{{"type", "Formula"}};
    for (const Json& good : {Json(), Json(3), Json(2.5), Json("text"), Json(true)})
        CHECK(normalize(kept, good).json() == good);
    CHECK(normalize(kept, Json::array()).code() == "SZ-FIELD-280");
    CHECK(normalize(kept, std::string((1 << 20) + 1, 'x')).code() == "SZ-FIELD-280");
    CHECK(normalize(kept, std::string(1 << 20, 'x')).is_good());
    CHECK(normalize_text(kept.dump(), "0.1234567890123456").code() == "SZ-FIELD-111");
    const Evaluated answer = evaluate(kept, 3, Json::array({effect("add", 2)}));
    CHECK(answer.json()["value"] == 5);
    CHECK(answer.json()["terms"][0]["text"] == "value");
    CHECK(evaluate(kept, nullptr, Json::array()).json()["value"] == nullptr);
}

TEST_CASE("a formula is changed through what it reads") {
    const Answer answer = apply(computing("10 + wit"), nullptr, "set", Json::array({3}));
    CHECK(answer.code() == "SZ-FIELD-102");
    CHECK(answer.findings[0].hint == "Change what it is computed from.");
}

TEST_CASE("a formula shows as numbers and answers do") {
    Json price = computing("1 / 3");
    CHECK(formatted(price, 1234.5, "de") == "1.234,5");
    price["unit"] = "lb";
    price["decimals"] = 1;
    CHECK(formatted(price, 1234.56, "en") == "1,234.6 lb");
    CHECK(formatted(price, true, "de") == "ja");
    CHECK(formatted(price, "hurt") == "hurt");
    CHECK(formatted(price, nullptr).empty());
    CHECK(search_text(price, "hurt") == "hurt");
    CHECK(search_text(price, 3).empty());
}

TEST_CASE("a formula says which fields it reads, each once") {
    CHECK(references(computing("wit + if(wit > 1, `hit-points`.current, sum(gear.rating))"),
                     nullptr) == Json::parse(R"([
        {"kind":"field","path":["wit"],"as":["number","one"],"pointer":""},
        {"kind":"field","path":["hit-points","current"],"as":["one"],"pointer":""},
        {"kind":"field","path":["gear","rating"],"as":["many"],"pointer":""}])"));
    CHECK(references(computing("-look + min(a) + floor(b) + round(c, d) + max(1, 2 * e)"),
                     nullptr) == Json::parse(R"([
        {"kind":"field","path":["look"],"as":["number"],"pointer":""},
        {"kind":"field","path":["a"],"as":["many"],"pointer":""},
        {"kind":"field","path":["b"],"as":["number"],"pointer":""},
        {"kind":"field","path":["c"],"as":["number"],"pointer":""},
        {"kind":"field","path":["d"],"as":["number"],"pointer":""},
        {"kind":"field","path":["e"],"as":["number"],"pointer":""}])"));
    CHECK(references(computing("10 +"), nullptr) == Json::array());
    CHECK(references({{"type", "Formula"}}, 3) == Json::array());
}
