// SPDX-License-Identifier: AGPL-3.0-or-later
#include "../calendar.hpp"

#include <rapidcheck.h>

#include "tests/support/catch.hpp"

using namespace play;

namespace {

Calendar gregorian() { return *calendar_of(Json::object()); }

// Two months, festival days between them, and a rule in three steps.
Json short_year() {
    return {{"calendar",
             {{"months",
               {{{"id", "thaw"}, {"name", "Thaw"}, {"days", 10}},
                {{"id", "feast"}, {"name", "Feast"}, {"days", 1}},
                {{"id", "frost"}, {"name", "Frost"}, {"days", 12}}}},
              {"weekdays", {"Ash", "Elm", "Oak"}},
              {"firstWeekday", 1},
              {"era", "after the flood"},
              {"leap",
               {{"month", "feast"}, {"days", 2}, {"every", 3}, {"except", 6}, {"unless", 12}}}}}};
}

std::string weekday(const Calendar& calendar, const CalendarDate& date) {
    return *calendar.weekday_of(date);
}

}  // namespace

TEST_CASE("the Gregorian calendar counts as everybody does") {
    const Calendar calendar = gregorian();
    CHECK(calendar.number_of({1, 0, 1}) == 0);
    CHECK(calendar.number_of({1970, 0, 1}) == 719'162);
    CHECK(weekday(calendar, {1970, 0, 1}) == "Thursday");
    CHECK(weekday(calendar, {2000, 1, 29}) == "Tuesday");
    CHECK(weekday(calendar, {2026, 10, 22}) == "Sunday");
    CHECK(calendar.days_of(1900, 1) == 28);
    CHECK(calendar.days_of(2000, 1) == 29);
    CHECK(calendar.days_of(2024, 1) == 29);
    CHECK(calendar.date_of(-1) == CalendarDate{0, 11, 31});
}

TEST_CASE("a world's own calendar has its months, weeks and leap days") {
    const Calendar calendar = *calendar_of(short_year());
    CHECK(calendar.days_of(1, 1) == 1);
    CHECK(calendar.days_of(3, 1) == 3);
    CHECK(calendar.days_of(6, 1) == 1);
    CHECK(calendar.days_of(12, 1) == 3);
    CHECK(calendar.days_of(0, 1) == 3);
    CHECK(calendar.days_of(-3, 1) == 3);
    CHECK(calendar.number_of({2, 0, 1}) == 23);
    CHECK(calendar.number_of({4, 0, 1}) == 71);  // three years, one of them longer by two days
    CHECK(weekday(calendar, {1, 0, 1}) == "Elm");
    CHECK(weekday(calendar, {1, 0, 3}) == "Ash");
    CHECK(weekday(calendar, {0, 2, 12}) == "Ash");
    CHECK(calendar.find_month("feast") == 1U);
    CHECK(calendar.find_month("Frost") == 2U);
    CHECK(calendar.find_month(3) == 2U);
    CHECK(!calendar.find_month(4));
}

TEST_CASE("every day has one date, and the next day is the next number") {
    for (const Calendar& calendar : {gregorian(), *calendar_of(short_year())}) {
        CHECK(rc::check("number, then date, then number", [&calendar] {
            const std::int64_t number = *rc::gen::inRange<std::int64_t>(-400'000'000, 400'000'000);
            const CalendarDate date = calendar.date_of(number);
            RC_ASSERT(calendar.number_of(date) == number);
            RC_ASSERT(date.day >= 1);
            RC_ASSERT(date.day <= calendar.days_of(date.year, date.month));
        }));
    }
}

TEST_CASE("a calendar whose leap days are most of its days is counted as quickly") {
    for (const int every : {1, 7, 10'000}) {
        const Json definition{{"calendar",
                               {{"months", {{{"name", "A"}, {"days", 1}}}},
                                {"leap", {{"month", "A"}, {"every", every}, {"days", 1000}}}}}};
        const Calendar calendar = *calendar_of(definition);
        for (const std::int64_t number : {-1'000'000'000, -1001, 0, 1001, 1'000'000'000})
            CHECK(calendar.number_of(calendar.date_of(number)) == number);
    }
}

TEST_CASE("a calendar that cannot be is refused") {
    for (const char* wrong :
         {R"({})", R"({"months": []})", R"({"months": [{"name": "A"}]})",
          R"({"months": [{"name": "A", "days": 0}]})",
          R"({"months": [{"name": "A", "days": 3}, {"name": "A", "days": 3}]})",
          R"({"months": [{"name": "A", "days": 3}], "weekdays": ["x"], "firstWeekday": 1})",
          R"({"months": [{"name": "A", "days": 3}], "leap": {"month": "B", "every": 4}})",
          R"({"months": [{"name": "A", "days": 3}], "leap": {"month": "A", "every": 0}})",
          R"({"months": [{"name": "A", "days": 3}],
              "leap": {"month": "A", "every": 4, "except": 10}})"}) {
        CAPTURE(wrong);
        const auto read = calendar_of(Json{{"calendar", Json::parse(wrong)}});
        REQUIRE(!read);
        CHECK(read.error().code == "SZ-FIELD-104");
    }
}
