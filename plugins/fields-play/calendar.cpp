// SPDX-License-Identifier: AGPL-3.0-or-later
#include "calendar.hpp"

namespace play {

namespace {

constexpr std::size_t months_max = 100, weekdays_max = 100, name_bytes_max = 100;
constexpr std::int64_t month_days_max = 1000, leap_years_max = 10'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

Calendar gregorian() {
    Calendar made;
    constexpr const char* names[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
    constexpr std::int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (std::size_t i = 0; i < std::size(names); ++i)
        made.months.push_back({std::to_string(i + 1), names[i], days[i]});
    made.weekdays = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    made.leap = {1, 1, 4, 100, 400};
    return made;
}

// A name that a person reads: "" when it is none.
std::string name_of(const Json& value) {
    if (!value.is_string()) return {};
    const auto& text = value.get_ref<const std::string&>();
    return text.size() <= name_bytes_max ? text : std::string();
}

bool read_months(const Json& written, Calendar& calendar) {
    if (!written.is_array() || written.empty() || written.size() > months_max) return false;
    for (const Json& one : written) {
        const auto days = whole_in(option(one, "days"), 1, month_days_max);
        const std::string name = name_of(option(one, "name"));
        const std::string id = member_or(one, "id", name);
        if (!days || name.empty() || id.empty() || id.size() > name_bytes_max) return false;
        if (calendar.find_month(id)) return false;
        calendar.months.push_back({id, name, *days});
    }
    return true;
}

bool read_weekdays(const Json& written, Calendar& calendar) {
    if (written.is_null()) return true;
    if (!written.is_array() || written.size() > weekdays_max) return false;
    for (const Json& one : written) {
        calendar.weekdays.push_back(name_of(one));
        if (calendar.weekdays.back().empty()) return false;
    }
    return true;
}

bool read_leap(const Json& written, Calendar& calendar) {
    if (written.is_null()) return true;
    const auto month = calendar.find_month(option(written, "month"));
    const auto number = [&written](const char* name, std::int64_t least, std::int64_t otherwise) {
        const Json& value = option(written, name);
        return value.is_null() ? std::optional(otherwise) : whole_in(value, least, leap_years_max);
    };
    const auto days = number("days", 1, 1), every = number("every", 1, 0);
    const auto except = number("except", 1, 0), unless = number("unless", 1, 0);
    if (!month || !days || *days > month_days_max || !every || *every == 0 || !except || !unless)
        return false;
    // Each rule is about years of the one before.
    if ((*except != 0 && *except % *every != 0) ||
        (*unless != 0 && (*except == 0 || *unless % *except != 0)))
        return false;
    calendar.leap = {*month, *days, *every, *except, *unless};
    return true;
}

}  // namespace

bool LeapRule::is_leap(std::int64_t year) const {
    if (every == 0 || year % every != 0) return false;
    return except == 0 || year % except != 0 || (unless != 0 && year % unless == 0);
}

std::int64_t LeapRule::leaps_before(std::int64_t year) const {
    const auto multiples = [year](std::int64_t of) {
        return of == 0 ? 0 : floor_div(year - 1, of);
    };
    return multiples(every) - multiples(except) + multiples(unless);
}

std::int64_t Calendar::days_of(std::int64_t year, std::size_t month) const {
    const bool is_longer = month == leap.month && leap.is_leap(year);
    return months[month].days + (is_longer ? leap.days : 0);
}

std::optional<std::size_t> Calendar::find_month(const Json& wanted) const {
    if (const auto number = whole_in(wanted, 1, static_cast<std::int64_t>(months.size())))
        return static_cast<std::size_t>(*number - 1);
    if (!wanted.is_string()) return std::nullopt;
    const auto& text = wanted.get_ref<const std::string&>();
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (months[i].id == text) return i;
    }
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (months[i].name == text) return i;
    }
    return std::nullopt;
}

std::int64_t Calendar::plain_year() const {
    std::int64_t days = 0;
    for (const Month& month : months) days += month.days;
    return days;
}

std::int64_t Calendar::days_before_year(std::int64_t year) const {
    return (year - 1) * plain_year() + leap.leaps_before(year) * leap.days;
}

std::int64_t Calendar::number_of(const CalendarDate& date) const {
    std::int64_t days = days_before_year(date.year) + date.day - 1;
    for (std::size_t i = 0; i < date.month; ++i) days += days_of(date.year, i);
    return days;
}

CalendarDate Calendar::date_of(std::int64_t number) const {
    // No year is longer than this, so no jump goes past the right one: each takes off a share of
    // what is left, whatever the calendar's leap rule is.
    const std::int64_t longest = plain_year() + leap.days;
    CalendarDate date;
    date.year = floor_div(number, plain_year()) + 1;
    for (std::int64_t over = 0; (over = days_before_year(date.year) - number) > 0;)
        date.year -= std::max<std::int64_t>(over / longest, 1);
    for (std::int64_t left = 0; (left = number - days_before_year(date.year + 1)) >= 0;)
        date.year += left / longest + 1;
    std::int64_t rest = number - days_before_year(date.year);
    while (rest >= days_of(date.year, date.month)) rest -= days_of(date.year, date.month++);
    date.day = rest + 1;
    return date;
}

const std::string* Calendar::weekday_of(const CalendarDate& date) const {
    if (weekdays.empty()) return nullptr;
    const auto count = static_cast<std::int64_t>(weekdays.size());
    const std::int64_t place = (number_of(date) + first_weekday) % count;
    return &weekdays[static_cast<std::size_t>(place < 0 ? place + count : place)];
}

Result<Calendar> calendar_of(const Json& definition) {
    const Json& written = option(definition, "calendar");
    if (written.is_null()) return gregorian();
    Calendar calendar;
    if (!read_months(option(written, "months"), calendar))
        return wrong_option(
            definition, "calendar",
            "an object whose \"months\" are 1 to 100 of {\"id\", \"name\", \"days\"}, "
            "each with an id of its own");
    if (!read_weekdays(option(written, "weekdays"), calendar))
        return wrong_option(definition, "calendar",
                            "an object whose \"weekdays\" are at most 100 names");
    const Json& first = option(written, "firstWeekday");
    const auto last_weekday = static_cast<std::int64_t>(calendar.weekdays.size()) - 1;
    const auto index =
        first.is_null() ? std::optional<std::int64_t>(0) : whole_in(first, 0, last_weekday);
    if (!index)
        return wrong_option(definition, "calendar",
                            "an object whose \"firstWeekday\" is the place of a weekday, from 0");
    calendar.first_weekday = *index;
    if (!read_leap(option(written, "leap"), calendar))
        return wrong_option(definition, "calendar",
                            "an object whose \"leap\" is {\"month\", \"every\"} and may have "
                            "\"days\", \"except\" (a multiple of \"every\") and \"unless\" (of "
                            "\"except\")");
    calendar.era = name_of(option(written, "era"));
    return calendar;
}

Json calendar_schema() {
    const Json text{{"type", "string"}, {"minLength", 1}, {"maxLength", name_bytes_max}};
    const Json year{{"type", "integer"}, {"minimum", 1}, {"maximum", leap_years_max}};
    return {
        {"type", "object"},
        {"required", Json::array({"months"})},
        {"title", "Calendar; the Gregorian one if left out"},
        {"properties",
         {{"months",
           {{"type", "array"},
            {"minItems", 1},
            {"maxItems", months_max},
            {"items",
             {{"type", "object"},
              {"required", Json::array({"name", "days"})},
              {"properties",
               {{"id", text},
                {"name", text},
                {"days", {{"type", "integer"}, {"minimum", 1}, {"maximum", month_days_max}}}}}}}}},
          {"weekdays", {{"type", "array"}, {"maxItems", weekdays_max}, {"items", text}}},
          {"firstWeekday", {{"type", "integer"}, {"minimum", 0}}},
          {"era", text},
          {"leap",
           {{"type", "object"},
            {"required", Json::array({"month", "every"})},
            {"properties",
             {{"month", text},
              {"days", {{"type", "integer"}, {"minimum", 1}, {"maximum", month_days_max}}},
              {"every", year},
              {"except", year},
              {"unless", year}}}}}}}};
}

}  // namespace play
