// SPDX-License-Identifier: AGPL-3.0-or-later
#include "formula_sheet.hpp"

using namespace fields::test;

namespace {

std::string message(const char* text) {
    return evaluate(computing(text), nullptr, Json::array(), sheet()).findings.at(0).message;
}
std::string advice(const char* text) {
    return evaluate(computing(text), nullptr, Json::array(), sheet()).findings.at(0).hint;
}

}  // namespace

TEST_CASE("arithmetic is exact, and the same everywhere") {
    CHECK(computed("10 + wit") == "13");
    CHECK(computed("0.1 + 0.2") == "0.3");
    CHECK(computed("2 + 3 * 4") == "14");
    CHECK(computed("(2 + 3) * 4") == "20");
    CHECK(computed("10 - 4 - 3") == "3");
    CHECK(computed("10 - (4 - 3)") == "9");
    CHECK(computed("-wit * 2") == "-6");
    CHECK(computed("- -wit") == "3");
    CHECK(computed("12 / 4 / 3") == "1");
    CHECK(computed("7 / 2") == "3.5");
    CHECK(computed("1 / 3") == "0.333333333333333");
    CHECK(computed("2 / 3") == "0.666666666666667");
    CHECK(computed("1 / 3 * 3") == "0.999999999999999");
    // 10.333333333333333 has 17 digits.
    CHECK(computed("10 + third") == "10.3333333333333");
    // A half goes to the even neighbour: 0.5 and 1.5 of the last place.
    CHECK(computed("0.000000000000001 * 0.5") == "0");
    CHECK(computed("0.000000000000003 * 0.5") == "2e-15");
    CHECK(computed("big - 1 + 1") == "999999999999999");
}

TEST_CASE("functions give what their names say") {
    CHECK(computed("max(0, wit - 5)") == "0");
    CHECK(computed("min(wit, 2, 9)") == "2");
    CHECK(computed("floor(-2.5)") == "-3");
    CHECK(computed("ceil(-2.5)") == "-2");
    CHECK(computed("round(2.5)") == "3");
    CHECK(computed("round(-2.5)") == "-3");
    CHECK(computed("round(2.345, 2)") == "2.35");
    CHECK(computed("round(-2.345, 2)") == "-2.35");
    CHECK(computed("round(2.3, 5)") == "2.3");
    CHECK(computed("round(999999999999999, 0)") == "999999999999999");
    CHECK(computed("abs(-4.5)") == "4.5");
    CHECK(computed("mod(7, 3)") == "1");
    CHECK(computed("mod(-1, 24)") == "23");
    CHECK(computed("mod(1, -24)") == "-23");
    CHECK(computed("mod(-7, -3)") == "-1");
    CHECK(computed("mod(5.5, 0.3)") == "0.1");
    // (10^15 - 1) * 10^15 modulo 7 is 5 * 6 modulo 7.
    CHECK(computed("mod(big, 0.000000000000007)") == "2e-15");
    CHECK(computed("if(wit > 2, 5, 6)") == "5");
    CHECK(computed("sum(1, 2, wit)") == "6");
    CHECK(computed("avg(1, 2)") == "1.5");
    CHECK(computed("count(1, empty, calm, wounded, nothing, name)") == "3");
}

TEST_CASE("comparisons, and words between them") {
    CHECK(computed("wit = 3") == "true");
    CHECK(computed("wit != 3") == "false");
    CHECK(computed("wit < 3") == "false");
    CHECK(computed("wit <= 3") == "true");
    CHECK(computed("wit > 2.999") == "true");
    CHECK(computed("wit >= 3.001") == "false");
    CHECK(computed("name = \"Ada\"") == "true");
    CHECK(computed("name != \"ada\"") == "true");
    CHECK(computed("wounded = calm") == "false");
    CHECK(computed("not wounded or calm") == "false");
    CHECK(computed("wounded and not calm") == "true");
    CHECK(computed("if(wounded, \"hurt\", \"well\")") == "\"hurt\"");
}

TEST_CASE("what decides already keeps the rest from being read") {
    const auto asked = [](const char* text) {
        return evaluate(computing(text), nullptr, Json::array(), sheet()).asked;
    };
    CHECK(asked("if(wounded, wit, missing)") == std::vector<std::string>{"wounded", "wit"});
    CHECK(asked("wounded or missing = 1") == std::vector<std::string>{"wounded"});
    CHECK(asked("calm and missing = 1") == std::vector<std::string>{"calm"});
    CHECK(asked("wit + wit * wit") == std::vector<std::string>{"wit"});
    CHECK(computed("if(calm, 1 / 0, 2)") == "2");
}

TEST_CASE("an empty field counts as nothing, and not at all among many") {
    CHECK(computed("10 + empty") == "10");
    CHECK(computed("empty") == "null");
    CHECK(computed("empty = 0") == "true");
    CHECK(computed("empty = \"\"") == "true");
    CHECK(computed("empty = false") == "true");
    CHECK(computed("empty = empty") == "true");
    CHECK(computed("if(empty, 1, 2)") == "2");
    CHECK(computed("not empty") == "true");
    CHECK(computed("-empty") == "0");
    CHECK(computed("min(list)") == "1");
    CHECK(computed("avg(4, empty)") == "4");
    CHECK(computed("min(empty, 4)") == "4");
    CHECK(computed("sum(empty)") == "0");
}

TEST_CASE("a list is summed, counted and measured") {
    CHECK(computed("sum(list)") == "7");
    CHECK(computed("sum(list, wit)") == "10");
    CHECK(computed("sum((list))") == "7");
    CHECK(computed("count(list)") == "3");
    CHECK(computed("count(list.worn)") == "2");
    CHECK(computed("count(list.name)") == "1");
    CHECK(computed("count(list.thing)") == "1");
    CHECK(computed("count(hp)") == "1");
    CHECK(computed("count(tags)") == "2");
    CHECK(computed("sum(bag)") == "2");
    CHECK(computed("count(bag)") == "1");
    CHECK(computed("max(list)") == "4");
    CHECK(computed("avg(list)") == "2.33333333333333");
    CHECK(computed("sum(none)") == "0");
    CHECK(computed("count(none)") == "0");
    CHECK(computed("max(0, none)") == "0");
}

TEST_CASE("what cannot be computed is refused at its column") {
    CHECK(computed("wit + name") == "SZ-FIELD-288@7");
    CHECK(computed("-wounded") == "SZ-FIELD-288@2");
    CHECK(computed("wit and wounded") == "SZ-FIELD-288@1");
    CHECK(computed("if(name, 1, 2)") == "SZ-FIELD-288@4");
    CHECK(computed("1 + (name < 2)") == "SZ-FIELD-288@5");
    CHECK(computed("name < \"B\"") == "SZ-FIELD-288@1");
    CHECK(computed("wit = \"3\"") == "SZ-FIELD-288@1");
    CHECK(computed("hp + 1") == "SZ-FIELD-288@1");
    CHECK(computed("hp.current + 1") == "8");
    CHECK(computed("`hit-points`.current") == "7");
    CHECK(computed("sum(list.worn)") == "SZ-FIELD-288@5");
    CHECK(computed("sum(list.thing)") == "SZ-FIELD-288@5");
    CHECK(computed("round(wit, 16)") == "SZ-FIELD-288@12");
    CHECK(computed("round(wit, 15)") == "3");
    CHECK(computed("round(wit, 0 - 1)") == "SZ-FIELD-288@12");
    CHECK(computed("round(wit, 0.5)") == "SZ-FIELD-288@12");
    CHECK(computed("1 + list") == "SZ-FIELD-289@5");
    CHECK(computed("list") == "SZ-FIELD-289@1");
    CHECK(computed("tags = \"fire\"") == "SZ-FIELD-289@1");
    CHECK(computed("min(none)") == "SZ-FIELD-290@1");
    CHECK(computed("1 + avg(empty)") == "SZ-FIELD-290@5");
    CHECK(computed("1 / (wit - 3)") == "SZ-FIELD-291@5");
    CHECK(computed("mod(1, 0)") == "SZ-FIELD-291@8");
    CHECK(computed("big + 1") == "SZ-FIELD-292@1");
    CHECK(computed("2 * (big * 10)") == "SZ-FIELD-292@5");
    CHECK(computed("sum(big, big)") == "SZ-FIELD-292@1");
    CHECK(computed("precise") == "SZ-FIELD-292@1");
    CHECK(computed("1 +\n  name") == "SZ-FIELD-288@3");
    // What the sheet says about it stays as it is.
    CHECK(computed("1 + missing") == "TEST-404");
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
    // One for the function; for each argument one, and one for each of 368 values.
    const Sheet paper{{"l", many(Json(368, 1))}};
    std::string text = "sum(l";
    for (int i = 1; i < 271; ++i) text += ",l";
    text += ")";
    CHECK(evaluate(computing(text.c_str()), nullptr, Json::array(), paper).json()["value"] ==
          99'728);
    CHECK(evaluate(computing(("-" + text).c_str()), nullptr, Json::array(), paper).code() ==
          "SZ-FIELD-293");
}
