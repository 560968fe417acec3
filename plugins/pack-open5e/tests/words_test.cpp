// SPDX-License-Identifier: AGPL-3.0-or-later
#include "plugins/pack-open5e/words.hpp"

#include "plugins/pack-open5e/faults.hpp"
#include "tests/support/catch.hpp"

using namespace open5e;

TEST_CASE("a decimal is written in its shortest spelling, or is none") {
    CHECK(decimal_text("0.250") == "0.25");
    CHECK(decimal_text("10.00") == "10");
    CHECK(decimal_text("007") == "7");
    CHECK(decimal_text("-0.0") == "0");
    CHECK(decimal_text("-1.50") == "-1.5");
    CHECK(decimal_text("999999999999999") == "999999999999999");
    CHECK_FALSE(decimal_text("9999999999999999").has_value());
    for (const char* none : {"", "-", ".", ".5", "5.", "1e3", "1,5", "0x1", " 1", "1/4"})
        CHECK_FALSE(decimal_text(none).has_value());
}

TEST_CASE("names change their spelling without the locale's help") {
    CHECK(slug("Alchemist's Fire (50 GP)") == "alchemists-fire-50-gp");
    CHECK(slug("...") == "unnamed");
    CHECK(camel_case("ability_score_strength") == "abilityScoreStrength");
    CHECK(camel_case("initialHeaderLevel") == "initialHeaderLevel");
    CHECK(sentence_case("armorClass") == "Armor class");
    CHECK(title_case("sleight-of-hand") == "Sleight of Hand");
    CHECK(shortened("a\u00e9z", 2) == "a");
    CHECK(shortened("a\u00e9z", 3) == "a\u00e9");
}

TEST_CASE("an id that was taken gets the next number") {
    UniqueIds ids;
    CHECK(ids.take("bite") == "bite");
    CHECK(ids.take("bite-2") == "bite-2");
    CHECK(ids.take("bite") == "bite-3");
    CHECK(ids.take("bite") == "bite-4");
}

TEST_CASE("a pointer leads to its line and column") {
    const std::string text = "[\n  {\"a/b\": [1, \"]\\\"}\",\n   {\"c\": true}]}\n]";
    const auto at = [&](const char* pointer) {
        const Place place = place_of_pointer(text, pointer);
        return std::pair(place.line, place.column);
    };
    CHECK(at("") == std::pair(1U, 1U));
    CHECK(at("/0") == std::pair(2U, 3U));
    CHECK(at("/0/a~1b") == std::pair(2U, 11U));
    CHECK(at("/0/a~1b/1") == std::pair(2U, 15U));
    CHECK(at("/0/a~1b/2/c") == std::pair(3U, 10U));
    CHECK(at("/0/nothing") == std::pair(2U, 3U));
    CHECK(at("/9") == std::pair(1U, 1U));
}
