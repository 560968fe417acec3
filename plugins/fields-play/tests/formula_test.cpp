// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;

namespace {

Json computing(const char* text) {
    return {{"id", "f"}, {"name", "F"}, {"type", "Formula"}, {"formula", text}};
}

Json many(const Json& values) {
    Json list = Json::array();
    for (std::size_t i = 0; i < values.size(); ++i)
        list.push_back({{"value", values[i]},
                        {"path", "list/" + std::to_string(i)},
                        {"name", "item " + std::to_string(i)},
                        {"of", ""}});
    return {{"values", list}, {"many", true}};
}

const Sheet& sheet() {
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
std::string value(const char* text, const Json& effects = Json::array()) {
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
std::string message(const char* text) {
    return evaluate(computing(text), nullptr, Json::array(), sheet()).findings.at(0).message;
}
std::string advice(const char* text) {
    return evaluate(computing(text), nullptr, Json::array(), sheet()).findings.at(0).hint;
}

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

Json effect(const char* op, const Json& by, const char* name = "Ring") {
    return {{"op", op}, {"value", by}, {"name", name}, {"path", "gear/ring"}};
}

}  // namespace

TEST_CASE("arithmetic is exact, and the same everywhere") {
    CHECK(value("10 + wit") == "13");
    CHECK(value("0.1 + 0.2") == "0.3");
    CHECK(value("2 + 3 * 4") == "14");
    CHECK(value("(2 + 3) * 4") == "20");
    CHECK(value("10 - 4 - 3") == "3");
    CHECK(value("10 - (4 - 3)") == "9");
    CHECK(value("-wit * 2") == "-6");
    CHECK(value("- -wit") == "3");
    CHECK(value("12 / 4 / 3") == "1");
    CHECK(value("7 / 2") == "3.5");
    CHECK(value("1 / 3") == "0.333333333333333");
    CHECK(value("2 / 3") == "0.666666666666667");
    CHECK(value("1 / 3 * 3") == "0.999999999999999");
    // 10.333333333333333 has 17 digits.
    CHECK(value("10 + third") == "10.3333333333333");
    // A half goes to the even neighbour: 0.5 and 1.5 of the last place.
    CHECK(value("0.000000000000001 * 0.5") == "0");
    CHECK(value("0.000000000000003 * 0.5") == "2e-15");
    CHECK(value("big - 1 + 1") == "999999999999999");
}

TEST_CASE("functions give what their names say") {
    CHECK(value("max(0, wit - 5)") == "0");
    CHECK(value("min(wit, 2, 9)") == "2");
    CHECK(value("floor(-2.5)") == "-3");
    CHECK(value("ceil(-2.5)") == "-2");
    CHECK(value("round(2.5)") == "3");
    CHECK(value("round(-2.5)") == "-3");
    CHECK(value("round(2.345, 2)") == "2.35");
    CHECK(value("round(-2.345, 2)") == "-2.35");
    CHECK(value("round(2.3, 5)") == "2.3");
    CHECK(value("round(999999999999999, 0)") == "999999999999999");
    CHECK(value("abs(-4.5)") == "4.5");
    CHECK(value("mod(7, 3)") == "1");
    CHECK(value("mod(-1, 24)") == "23");
    CHECK(value("mod(1, -24)") == "-23");
    CHECK(value("mod(-7, -3)") == "-1");
    CHECK(value("mod(5.5, 0.3)") == "0.1");
    // (10^15 - 1) * 10^15 modulo 7 is 5 * 6 modulo 7.
    CHECK(value("mod(big, 0.000000000000007)") == "2e-15");
    CHECK(value("if(wit > 2, 5, 6)") == "5");
    CHECK(value("sum(1, 2, wit)") == "6");
    CHECK(value("avg(1, 2)") == "1.5");
    CHECK(value("count(1, empty, calm, wounded, nothing, name)") == "3");
}

TEST_CASE("comparisons, and words between them") {
    CHECK(value("wit = 3") == "true");
    CHECK(value("wit != 3") == "false");
    CHECK(value("wit < 3") == "false");
    CHECK(value("wit <= 3") == "true");
    CHECK(value("wit > 2.999") == "true");
    CHECK(value("wit >= 3.001") == "false");
    CHECK(value("name = \"Ada\"") == "true");
    CHECK(value("name != \"ada\"") == "true");
    CHECK(value("wounded = calm") == "false");
    CHECK(value("not wounded or calm") == "false");
    CHECK(value("wounded and not calm") == "true");
    CHECK(value("if(wounded, \"hurt\", \"well\")") == "\"hurt\"");
}

TEST_CASE("what decides already keeps the rest from being read") {
    const auto asked = [](const char* text) {
        return evaluate(computing(text), nullptr, Json::array(), sheet()).asked;
    };
    CHECK(asked("if(wounded, wit, missing)") == std::vector<std::string>{"wounded", "wit"});
    CHECK(asked("wounded or missing = 1") == std::vector<std::string>{"wounded"});
    CHECK(asked("calm and missing = 1") == std::vector<std::string>{"calm"});
    CHECK(asked("wit + wit * wit") == std::vector<std::string>{"wit"});
    CHECK(value("if(calm, 1 / 0, 2)") == "2");
}

TEST_CASE("an empty field counts as nothing, and not at all among many") {
    CHECK(value("10 + empty") == "10");
    CHECK(value("empty") == "null");
    CHECK(value("empty = 0") == "true");
    CHECK(value("empty = \"\"") == "true");
    CHECK(value("empty = false") == "true");
    CHECK(value("empty = empty") == "true");
    CHECK(value("if(empty, 1, 2)") == "2");
    CHECK(value("not empty") == "true");
    CHECK(value("-empty") == "0");
    CHECK(value("min(list)") == "1");
    CHECK(value("avg(4, empty)") == "4");
    CHECK(value("min(empty, 4)") == "4");
    CHECK(value("sum(empty)") == "0");
}

TEST_CASE("a list is summed, counted and measured") {
    CHECK(value("sum(list)") == "7");
    CHECK(value("sum(list, wit)") == "10");
    CHECK(value("sum((list))") == "7");
    CHECK(value("count(list)") == "3");
    CHECK(value("count(list.worn)") == "2");
    CHECK(value("count(list.name)") == "1");
    CHECK(value("count(list.thing)") == "1");
    CHECK(value("count(hp)") == "1");
    CHECK(value("count(tags)") == "2");
    CHECK(value("sum(bag)") == "2");
    CHECK(value("count(bag)") == "1");
    CHECK(value("max(list)") == "4");
    CHECK(value("avg(list)") == "2.33333333333333");
    CHECK(value("sum(none)") == "0");
    CHECK(value("count(none)") == "0");
    CHECK(value("max(0, none)") == "0");
}

TEST_CASE("what cannot be computed is refused at its column") {
    CHECK(value("wit + name") == "SZ-FIELD-288@7");
    CHECK(value("-wounded") == "SZ-FIELD-288@2");
    CHECK(value("wit and wounded") == "SZ-FIELD-288@1");
    CHECK(value("if(name, 1, 2)") == "SZ-FIELD-288@4");
    CHECK(value("1 + (name < 2)") == "SZ-FIELD-288@5");
    CHECK(value("name < \"B\"") == "SZ-FIELD-288@1");
    CHECK(value("wit = \"3\"") == "SZ-FIELD-288@1");
    CHECK(value("hp + 1") == "SZ-FIELD-288@1");
    CHECK(value("hp.current + 1") == "8");
    CHECK(value("`hit-points`.current") == "7");
    CHECK(value("sum(list.worn)") == "SZ-FIELD-288@5");
    CHECK(value("sum(list.thing)") == "SZ-FIELD-288@5");
    CHECK(value("round(wit, 16)") == "SZ-FIELD-288@12");
    CHECK(value("round(wit, 15)") == "3");
    CHECK(value("round(wit, 0 - 1)") == "SZ-FIELD-288@12");
    CHECK(value("round(wit, 0.5)") == "SZ-FIELD-288@12");
    CHECK(value("1 + list") == "SZ-FIELD-289@5");
    CHECK(value("list") == "SZ-FIELD-289@1");
    CHECK(value("tags = \"fire\"") == "SZ-FIELD-289@1");
    CHECK(value("min(none)") == "SZ-FIELD-290@1");
    CHECK(value("1 + avg(empty)") == "SZ-FIELD-290@5");
    CHECK(value("1 / (wit - 3)") == "SZ-FIELD-291@5");
    CHECK(value("mod(1, 0)") == "SZ-FIELD-291@8");
    CHECK(value("big + 1") == "SZ-FIELD-292@1");
    CHECK(value("2 * (big * 10)") == "SZ-FIELD-292@5");
    CHECK(value("sum(big, big)") == "SZ-FIELD-292@1");
    CHECK(value("precise") == "SZ-FIELD-292@1");
    CHECK(value("1 +\n  name") == "SZ-FIELD-288@3");
    // What the sheet says about it stays as it is.
    CHECK(value("1 + missing") == "TEST-404");
}

TEST_CASE("a fault says what is there and what to write") {
    CHECK(message("wit + name") ==
          "The formula cannot be computed at column 7: \"name\" is text, and a number is wanted.");
    CHECK(message("1 +\n  name") ==
          "The formula cannot be computed at line 2, column 3: \"name\" is text, and a number is "
          "wanted.");
    CHECK(advice("1 + wounded") == "Write if(wounded, 1, 0).");
    CHECK(advice("if(wit, 1, 2)") == "Compare it: wit > 0.");
    CHECK(advice("1 + hp") == "Name one of its members: hp.current.");
    CHECK(advice("sum(list.thing)") == "Name one of its members: list.thing.weight.");
    CHECK(advice("1 + list") == "Write sum(list), or count, min, max or avg.");
    CHECK(message("min(none)") ==
          "The formula cannot be computed at column 1: there is no min of "
          "nothing.");
    CHECK(advice("min(none)") == "Give it one more argument, such as min(0, …).");
    CHECK(advice("1 / (wit - 3)") == "Write if((wit - 3) = 0, 0, …) around it.");
}

TEST_CASE("evaluation has a limit of steps") {
    // One for the function and one for the path.
    Sheet paper{{"few", many(Json(99'998, 1))}, {"more", many(Json(99'999, 1))}};
    CHECK(evaluate(computing("sum(few)"), nullptr, Json::array(), paper).json()["value"] == 99'998);
    CHECK(evaluate(computing("sum(more)"), nullptr, Json::array(), paper).code() == "SZ-FIELD-293");
    CHECK(evaluate(computing("count(more)"), nullptr, Json::array(), paper).code() ==
          "SZ-FIELD-293");
}

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
    const Sheet paper{{"list", many(Json(1001, 1))},
                      {"few", many(Json(1000, 1))},
                      {"long", std::string(500, 'x')},
                      {"limit", std::string(200, 'x')},
                      {"items", Json(300, 1)}};
    const auto inputs = [&](const char* text) {
        return evaluate(computing(text), nullptr, Json::array(), paper)
            .json()["terms"][0]["inputs"];
    };
    CHECK(inputs("sum(few)").size() == 1000);
    CHECK(inputs("sum(list)").size() == 1000);
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
    CHECK(value("10 + wit", all) == "20");
    CHECK(value("wit", Json::array({effect("atLeast", 5)})) == "5");
    CHECK(value("wit", Json::array({effect("set", 9), effect("add", 1)})) == "10");
    CHECK(value("wit", Json::array({effect("set", "high")})) == "\"high\"");
    CHECK(value("name", Json::array({effect("set", 4), effect("multiply", 0.5)})) == "2");
    CHECK(value("empty", Json::array({effect("add", 2)})) == "2");
    CHECK(value("wit", Json::array({effect("add", nullptr)})) == "3");
    const Json input = evaluate(computing("wit"), nullptr, Json::array({effect("add", 1)}), sheet())
                           .json()["terms"][1]["inputs"];
    CHECK(input ==
          Json::array({{{"value", 1}, {"path", "gear/ring"}, {"name", "Ring"}, {"of", ""}}}));
}

TEST_CASE("an effect that does not fit is refused by the name of its thing") {
    CHECK(value("name", Json::array({effect("add", 1)})) == "SZ-FIELD-114");
    CHECK(value("wit", Json::array({effect("add", "x")})) == "SZ-FIELD-114");
    CHECK(value("wit", Json::array({effect("double", 1)})) == "SZ-FIELD-114");
    CHECK(value("wit", Json::array({effect("set", Json::object())})) == "SZ-FIELD-114");
    CHECK(value("big", Json::array({effect("multiply", 10)})) == "SZ-FIELD-114");
    CHECK(evaluate(computing("name"), nullptr, Json::array({effect("add", 1)}), sheet())
              .findings[0]
              .message ==
          "The effect of \"Ring\" cannot be applied: there is text and no number to change.");
    CHECK(value("wit", Json(1000, effect("add", 1))) == "1003");
    CHECK(value("wit", Json(1001, effect("add", 1))) == "SZ-FIELD-114");
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
    CHECK(value("10 + * wit") == "SZ-FIELD-282@6");
    CHECK(describe("Formula")["options"]["required"] == Json::array({"formula"}));
    CHECK(describe("Formula")["computed"] == "always");
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
                     nullptr) == Json::parse(R"([{"kind":"field","path":["wit"],"pointer":""},
                          {"kind":"field","path":["hit-points","current"],"pointer":""},
                          {"kind":"field","path":["gear","rating"],"pointer":""}])"));
    CHECK(references(computing("10 +"), nullptr) == Json::array());
    CHECK(references({{"type", "Formula"}}, 3) == Json::array());
}
