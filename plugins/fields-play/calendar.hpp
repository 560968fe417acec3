// SPDX-License-Identifier: AGPL-3.0-or-later
// A world's calendar, as a field's definition declares it, and the days that it counts.
#pragma once

#include <vector>

#include "common.hpp"

namespace play {

inline constexpr std::int64_t year_max = 1'000'000;  // from minus that

struct Month {
    std::string id, name;
    std::int64_t days = 0;
};

// A day is added to a month in years that `every` divides, but not `except`, but `unless`. 0: no
// such rule.
struct LeapRule {
    std::size_t month = 0;
    std::int64_t days = 0, every = 0, except = 0, unless = 0;
    [[nodiscard]] bool is_leap(std::int64_t year) const;
    // Years with it from year 1 to before `year`, negative for years before 1.
    [[nodiscard]] std::int64_t leaps_before(std::int64_t year) const;
};

struct CalendarDate {
    std::int64_t year = 1;
    std::size_t month = 0;
    std::int64_t day = 1;
    friend bool operator==(const CalendarDate&, const CalendarDate&) = default;
};

struct Calendar {
    std::vector<Month> months;
    std::vector<std::string> weekdays;
    std::int64_t first_weekday = 0;  // of the first day of year 1
    std::string era;
    LeapRule leap;

    [[nodiscard]] std::int64_t days_of(std::int64_t year, std::size_t month) const;
    [[nodiscard]] std::optional<std::size_t> find_month(const Json& id_name_or_number) const;
    // Days since the first of year 1, and back.
    [[nodiscard]] std::int64_t number_of(const CalendarDate& date) const;
    [[nodiscard]] CalendarDate date_of(std::int64_t number) const;
    [[nodiscard]] const std::string* weekday_of(const CalendarDate& date) const;

  private:
    [[nodiscard]] std::int64_t days_before_year(std::int64_t year) const;
    [[nodiscard]] std::int64_t plain_year() const;
};

// The definition's "calendar", or the Gregorian one. SZ-FIELD-104.
[[nodiscard]] Result<Calendar> calendar_of(const Json& definition);

// JSON Schema of a definition's "calendar".
[[nodiscard]] Json calendar_schema();

}  // namespace play
