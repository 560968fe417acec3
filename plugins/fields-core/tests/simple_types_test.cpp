// SPDX-License-Identifier: AGPL-3.0-or-later
// Number, Text, MultiText, Boolean, Select.
#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;

namespace {

const Json number{{"type", "Number"}};
const Json strength{
    {"id", "strength"}, {"type", "Number"}, {"min", 1}, {"max", 20}, {"defaultValue", 10}};
const Json text{{"type", "Text"}};
const Json notes{{"type", "MultiText"}};
const Json mark{{"type", "Boolean"}};
const Json rarity{{"type", "Select"},
                  {"options", Json::array({{{"id", "common"}, {"name", "Common"}},
                                           {{"id", "rare"}, {"name", "Rare"}},
                                           "unique"})}};

}  // namespace

TEST_CASE("a number becomes one text, whatever way it was written") {
    CHECK(normalize_text(number.dump(), "10").text == "10");
    CHECK(normalize_text(number.dump(), "10.0").text == "10");
    CHECK(normalize_text(number.dump(), "1.5e1").text == "15");
    CHECK(normalize_text(number.dump(), "-0").text == "0");
    CHECK(normalize_text(number.dump(), "0.10").json() == 0.1);
    CHECK(normalize_text(number.dump(), "null").text == "0");
    CHECK(normalize_text(strength.dump(), "null").text == "10");
}

TEST_CASE("a value that is no number is refused with a way out") {
    const Answer answer = normalize(number, "10");
    CHECK(answer.status == SZ_ERR_INVALID);
    CHECK(answer.code() == "SZ-FIELD-110");
    CHECK(answer.findings[0].message == "A number belongs here, not text.");
    CHECK(answer.findings[0].hint == "Write the number without quotation marks.");
    CHECK(normalize(number, true).code() == "SZ-FIELD-110");
    CHECK(normalize(number, Json::array()).code() == "SZ-FIELD-110");
    CHECK(normalize_text(number.dump(), "0.30000000000000004").code() == "SZ-FIELD-111");
    CHECK(normalize_text(number.dump(), "1000000000000000").code() == "SZ-FIELD-111");
}

TEST_CASE("a number keeps to its range and its steps") {
    CHECK(normalize(strength, 20).is_good());
    CHECK(normalize(strength, 21).code() == "SZ-FIELD-112");
    CHECK(normalize(strength, 21).findings[0].hint == "Give a number from 1 to 20.");
    CHECK(normalize(strength, 0).code() == "SZ-FIELD-112");
    const Json weight{{"type", "Number"}, {"min", 0}, {"step", 0.5}};
    CHECK(normalize(weight, 2.5).is_good());
    CHECK(normalize(weight, 2.25).code() == "SZ-FIELD-113");
    CHECK(normalize({{"type", "Number"}, {"min", 5}}, nullptr).text == "5");
    CHECK(normalize({{"type", "Number"}, {"max", -1}}, nullptr).text == "-1");
    CHECK(normalize({{"type", "Number"}, {"min", 5}, {"max", 1}}, 3).code() == "SZ-FIELD-104");
    CHECK(normalize({{"type", "Number"}, {"step", 0}}, 3).code() == "SZ-FIELD-104");
    CHECK(normalize({{"type", "Number"}, {"min", "low"}}, 3).code() == "SZ-FIELD-104");
}

TEST_CASE("adding is exact, can be taken back, and stays in the range") {
    const Answer change = apply(number, 0.1, "add", {0.2});
    REQUIRE(change.is_good());
    CHECK(change.json()["effect"] == Json{{"set", 0.3}});
    CHECK(change.json()["inverse"].dump() == R"({"args":[-0.2],"op":"add"})");
    CHECK(change.json()["relative"] == true);
    const Answer refused = apply(strength, 18, "add", {5});
    CHECK(refused.status == SZ_ERR_INVALID);
    CHECK(refused.code() == "SZ-FIELD-112");
    CHECK(refused.findings[0].message ==
          "Adding 5 to 18 is not possible: 23 is out of range: the field takes from 1 to 20.");
    CHECK(apply(number, 1, "add", {"much"}).code() == "SZ-FIELD-103");
    CHECK(apply(number, 1, "add").code() == "SZ-FIELD-103");
    CHECK(apply(number, 999999999999999, "add", {1}).code() == "SZ-FIELD-111");
}

TEST_CASE("every type can be set and reset, and an unknown operation is named") {
    CHECK(apply(strength, 12, "reset").json()["effect"] == Json{{"set", 10}});
    CHECK(apply(strength, 12, "set", {13}).json()["inverse"] ==
          Json{{"op", "set"}, {"args", {12}}});
    const Answer answer = apply(strength, 12, "multiply", {2});
    CHECK(answer.code() == "SZ-FIELD-102");
    CHECK_THAT(answer.findings[0].message, ContainsSubstring("multiply"));
    CHECK_THAT(answer.findings[0].hint, ContainsSubstring("It knows set, "));
}

TEST_CASE("numbers are shown as the reader writes them") {
    CHECK(formatted(number, 1234567.5) == "1234567.5");
    CHECK(formatted(number, 1234567.5, "en") == "1,234,567.5");
    CHECK(formatted(number, 1234567.5, "de") == "1.234.567,5");
    CHECK(formatted(number, 1234567.5, "de-CH") == "1’234’567.5");
    CHECK(formatted(number, -1234.5, "de_DE.UTF-8") == "-1.234,5");
    CHECK(formatted(number, 1234, "es") == "1234");
    CHECK(formatted(number, 12345, "es") == "12.345");
    CHECK(formatted(number, 1234, "fr") == "1\u202f234");
    CHECK(formatted(number, 0.25, "sv") == "0,25");
    CHECK(formatted(number, 999, "de") == "999");
    CHECK(formatted(number, 1234.5, "xx") == "1,234.5");
    CHECK(formatted({{"type", "Number"}, {"unit", "ft"}}, 30, "en") == "30 ft");
    CHECK(search_text(number, 15).empty());
}

TEST_CASE("text keeps its letters and loses what is not text") {
    CHECK(normalize(text, "Longsword").text == "\"Longsword\"");
    CHECK(normalize(text, "Zürich – 龍").json() == "Zürich – 龍");
    CHECK(normalize(text, nullptr).text == "\"\"");
    CHECK(normalize({{"type", "Text"}, {"defaultValue", "Thalindra"}}, nullptr).json() ==
          "Thalindra");
    CHECK(normalize(text, 5).code() == "SZ-FIELD-120");
    CHECK(normalize(text, std::string("a\x01", 2)).code() == "SZ-FIELD-122");
    CHECK(normalize(notes, "one\r\ntwo\rthree").json() == "one\ntwo\nthree");
    const Answer lines = normalize(text, "one\ntwo");
    CHECK(lines.is_good());
    CHECK(lines.code() == "SZ-FIELD-123");
    CHECK(lines.findings[0].severity == SZ_SEVERITY_WARNING);
    CHECK(formatted(text, "one\ntwo") == "one two");
}

TEST_CASE("a text's length is counted in characters, to the last one") {
    const Json name{{"type", "Text"}, {"maxLength", 3}};
    CHECK(normalize(name, "äöü").is_good());
    const Answer longer = normalize(name, "äöüß");
    CHECK(longer.code() == "SZ-FIELD-121");
    CHECK(longer.findings[0].message == "The text has 4 characters; the field takes 3.");
    CHECK(normalize({{"type", "Text"}, {"maxLength", -1}}, "x").code() == "SZ-FIELD-104");
    CHECK(normalize(notes, std::string(1 << 20, 'x')).is_good());
    CHECK(normalize(notes, std::string((1 << 20) + 1, 'x')).code() == "SZ-FIELD-121");
    CHECK(apply(name, "abc", "set", {"abcd"}).code() == "SZ-FIELD-121");
}

TEST_CASE("Markdown is found by its words") {
    CHECK(search_text(notes,
                      "# The **Red** Keep\n\n- see [the map](maps/keep.png) and `notes`\n> "
                      "snake_case stays") ==
          "The Red Keep\n\nsee the map and notes\nsnake_case stays");
    CHECK(search_text(notes, "| Die | Result |\n|---|---|\n| 1 | A \\*star\\* |") ==
          "  Die   Result  \n\n  1   A *star*  ");
    CHECK(search_text(notes, "![a dragon](d.png)") == "a dragon");
    CHECK(formatted(notes, "**bold**") == "**bold**");
}

TEST_CASE("a mark is set, turned over and shown in the reader's language") {
    CHECK(normalize(mark, true).text == "true");
    CHECK(normalize(mark, nullptr).text == "false");
    CHECK(normalize(mark, 1).code() == "SZ-FIELD-130");
    CHECK(normalize(mark, "true").code() == "SZ-FIELD-130");
    CHECK(apply(mark, true, "toggle").json()["effect"] == Json{{"set", false}});
    CHECK(apply(mark, true, "toggle").json()["relative"] == true);
    CHECK(formatted(mark, true, "de") == "ja");
    CHECK(formatted(mark, false) == "no");
}

TEST_CASE("a choice is one of the options, by id or by name") {
    CHECK(normalize(rarity, "rare").json() == "rare");
    CHECK(normalize(rarity, "Rare").json() == "rare");
    CHECK(normalize(rarity, "unique").json() == "unique");
    CHECK(normalize(rarity, nullptr).text == "null");
    const Answer answer = normalize(rarity, "mythic");
    CHECK(answer.code() == "SZ-FIELD-160");
    CHECK(answer.findings[0].hint == "Choose one of \"common\", \"rare\", \"unique\".");
    CHECK(normalize(rarity, 2).code() == "SZ-FIELD-160");
    CHECK(formatted(rarity, "rare") == "Rare");
    CHECK(search_text(rarity, "rare") == "Rare");
    CHECK(normalize({{"type", "Select"}}, "anything").json() == "anything");
    CHECK(normalize({{"type", "Select"}, {"options", 3}}, "x").code() == "SZ-FIELD-104");
}

TEST_CASE("several choices are a set in the order of the options") {
    Json several = rarity;
    several["multiple"] = true;
    CHECK(normalize(several, {"unique", "Common", "unique"}).json() == Json{"common", "unique"});
    CHECK(normalize(several, nullptr).json() == Json::array());
    CHECK(normalize(several, "rare").code() == "SZ-FIELD-161");
    const Answer answer = normalize(several, {"rare", "mythic"});
    CHECK(answer.code() == "SZ-FIELD-160");
    CHECK(answer.pointer() == "/1");
    CHECK(formatted(several, {"common", "unique"}) == "Common, unique");
}

TEST_CASE("a choice that was emptied stays empty although there is a default") {
    Json chosen = rarity;
    chosen["defaultValue"] = "common";
    CHECK(normalize(chosen, nullptr).json() == "common");
    CHECK(apply(chosen, "rare", "set", {nullptr}).json()["effect"] == Json{{"set", nullptr}});
    CHECK(apply(chosen, nullptr, "reset").json()["effect"] == Json{{"set", "common"}});
    CHECK(apply(chosen, nullptr, "reset").json()["inverse"] ==
          Json{{"op", "set"}, {"args", {nullptr}}});
}
