// SPDX-License-Identifier: AGPL-3.0-or-later
// What people type for numbers, yes and no, and choices.
#include <sz/cpp/locale.hpp>

#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;
using sz::plugin::number_typed;

TEST_CASE("a number is read as its language writes it") {
    CHECK(number_typed("1.234,5", "de") == "1234.5");
    CHECK(number_typed("1,234.5", "en") == "1234.5");
    CHECK(number_typed("1 234,5", "fr") == "1234.5");
    CHECK(number_typed("1\xe2\x80\xaf"
                       "234,5",
                       "fr") == "1234.5");
    CHECK(number_typed("1\u2019234.5", "de-CH") == "1234.5");
    CHECK(number_typed("1'234.5", "de-CH") == "1234.5");
    CHECK(number_typed("-12", "pl") == "-12");
    CHECK(number_typed("\u221212", "sv") == "-12");
    CHECK(number_typed(" +7 ", "") == "7");
}

TEST_CASE("a point that groups nothing is the decimal point, whatever the language") {
    CHECK(number_typed("2.5", "de") == "2.5");
    CHECK(number_typed("2,5", "en") == "2.5");
    CHECK(number_typed("2,5", "") == "2.5");
    CHECK(number_typed("1,234.5", "de") == "1234.5");
    CHECK(number_typed("0.125", "de") == "0.125");  // nothing begins with a group of 0
    CHECK(number_typed("1.500", "de") == "1500");
    CHECK(number_typed("1.500", "en") == "1.500");
    CHECK(number_typed("1,500", "en") == "1500");
}

TEST_CASE("what is no number is none") {
    for (const char* text : {"1.2.3", "1,2,3", "1,23.4.5", "12x", "--1", "1-", "1e3", "lots"}) {
        CAPTURE(text);
        CHECK_FALSE(number_typed(text, "en"));
        CHECK_FALSE(number_typed(text, "de"));
    }
    const Json number{{"type", "Number"}};
    CHECK(parse_text(number, "lots", "de").code() == "SZ-FIELD-110");
    CHECK(parse_text(number, ".", "en").code() == "SZ-FIELD-110");
    CHECK(parse_text(number, "1234567890123456", "").code() == "SZ-FIELD-111");
    CHECK(parse_text(number, "  ", "").text == "null");
    CHECK(parse_text({{"type", "Number"}, {"unit", "lb"}}, "1,5 lb", "fr").text == "1.5");
    CHECK(parse_text({{"type", "Number"}, {"unit", "lb"}}, "1,5", "fr").text == "1.5");
}

TEST_CASE("yes and no are read in the person's language and in English") {
    const Json mark{{"type", "Boolean"}};
    CHECK(parse_text(mark, "Ja", "de").text == "true");
    CHECK(parse_text(mark, "nein", "de").text == "false");
    CHECK(parse_text(mark, " YES ", "fr").text == "true");
    CHECK(parse_text(mark, "false", "").text == "false");
    CHECK(parse_text(mark, "perhaps", "").code() == "SZ-FIELD-130");
}

TEST_CASE("a choice is typed by its name or its id") {
    const Json one{
        {"type", "Select"},
        {"options", {{{"id", "g"}, {"name", "Lawful Good"}}, {{"id", "n"}, {"name", "Neutral"}}}}};
    Json several = one;
    several["multiple"] = true;
    CHECK(parse_text(one, "lawful good", "").text == R"("g")");
    CHECK(parse_text(one, "n", "").text == R"("n")");
    CHECK(parse_text(one, "", "").text == "null");
    CHECK(parse_text(several, "neutral ,Lawful Good,", "").text == R"(["n","g"])");
    const Json evil = parse_text(one, "Evil", "").json();
    CHECK(normalize(one, evil).code() == "SZ-FIELD-160");
}
