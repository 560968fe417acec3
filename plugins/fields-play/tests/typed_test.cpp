// SPDX-License-Identifier: AGPL-3.0-or-later
// What people type for the types of play.
#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;

TEST_CASE("a resource is typed as far as it changes") {
    const Json pool{{"type", "Resource"}};
    CHECK(parse_text(pool, "7", "").text == "7");
    CHECK(parse_text(pool, "7/10", "").json() == Json{{"current", 7}, {"maximum", 10}});
    CHECK(parse_text(pool, "7,5 / 10 (+4)", "de").json() ==
          Json{{"current", 7.5}, {"maximum", 10}, {"temporary", 4}});
    for (const char* text : {"7/", "/10", "7/10 (", "(4)", "7/10 (x)", "7/10/2"}) {
        CAPTURE(text);
        CHECK(parse_text(pool, text, "").code() == "SZ-FIELD-110");
    }
}

TEST_CASE("a track is typed in ticks or in full boxes") {
    const Json track{{"type", "Track"}, {"boxes", 10}, {"ticks", 4}};
    CHECK(parse_text(track, "7", "").text == "7");
    CHECK(parse_text(track, "3/10", "").text == "12");
    CHECK(parse_text(track, "3/10 (+1/4)", "").text == "13");
    for (const char* text :
         {"3/9", "3/10 (+1/5)", "11/10", "3 of 10", "-1", "7 8", "99999999999999999999"}) {
        CAPTURE(text);
        CHECK(parse_text(track, text, "").code() == "SZ-FIELD-230");
    }
}

TEST_CASE("tags stand between commas, and in quotation marks if they have some") {
    const Json tags{{"type", "Tags"}};
    CHECK(parse_text(tags, "quiet, muddy ,late,,", "").json() == Json({"quiet", "muddy", "late"}));
    const Json odd = normalize(tags, {"a, b", "say \"hi\"", "plain"}).json();
    CHECK(formatted(tags, odd) == R"("a, b", plain, "say ""hi""")");
    CHECK(parse_text(tags, R"("a, b", 6" long)", "").json() == Json({"a, b", "6\" long"}));
    CHECK(parse_text(tags, "", "").text == "[]");
}

TEST_CASE("a date is typed as day, month and year") {
    const Json date{{"type", "Date"}};
    const Json third{{"year", 2024}, {"month", "5"}, {"day", 3}};
    for (const char* text : {"3 May 2024", "Friday, 3 May 2024", " 3. may 2024", "3 5 2024"}) {
        CAPTURE(text);
        CHECK(normalize(date, parse_text(date, text, "").json()).json() == third);
    }
    CHECK(parse_text(date, "yesterday", "").code() == "SZ-FIELD-275");
    CHECK(parse_text(date, "3 May", "").code() == "SZ-FIELD-275");
    CHECK(parse_text(date, " ", "").text == "null");
    CHECK(normalize(date, parse_text(date, "3 Maybe 2024", "").json()).code() == "SZ-FIELD-272");
}

TEST_CASE("dice and colours are typed as they are written") {
    CHECK(parse_text({{"type", "Dice"}}, " D8 + 1 ", "").text == R"("D8 + 1")");
    CHECK(parse_text({{"type", "Color"}}, "#F00", "").text == R"("#F00")");
    CHECK(parse_text({{"type", "Color"}}, "", "").text == "null");
}
