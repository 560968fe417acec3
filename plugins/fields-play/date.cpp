// SPDX-License-Identifier: AGPL-3.0-or-later
#include "calendar.hpp"
#include "types.hpp"

namespace play {

namespace {

constexpr std::int64_t days_max = 1'000'000'000;

Json json_of_date(const Calendar& calendar, const CalendarDate& date) {
    return {{"year", date.year}, {"month", calendar.months[date.month].id}, {"day", date.day}};
}

Result<CalendarDate> read_date(const Calendar& calendar, const Json& value) {
    CalendarDate date;
    const auto year = whole_in(option(value, "year"), -year_max, year_max);
    if (!year)
        return invalid("SZ-FIELD-271", "The date has no year.",
                       "Write a whole number from -1000000 to 1000000.", step("year"));
    date.year = *year;
    const auto month = calendar.find_month(option(value, "month"));
    if (!month) {
        std::string ids;
        for (const Month& one : calendar.months) ids += (ids.empty() ? "" : ", ") + one.id;
        return invalid("SZ-FIELD-272", "The calendar has no such month.",
                       "Its months are " + in_quotes(ids) + ".", step("month"));
    }
    date.month = *month;
    const std::int64_t days = calendar.days_of(*year, *month);
    const auto day = whole_in(option(value, "day"), 1, days);
    if (!day)
        return invalid("SZ-FIELD-273",
                       calendar.months[*month].name + " has no such day in the year " +
                           std::to_string(*year) + ".",
                       "Its days are 1 to " + std::to_string(days) + ".", step("day"));
    date.day = *day;
    return date;
}

}  // namespace

Json Date::describe() const {
    const Json value{{"type", Json::array({"object", "null"})},
                     {"properties",
                      {{"year", {{"type", "integer"}}},
                       {"month", {{"type", Json::array({"string", "integer"})}}},
                       {"day", {{"type", "integer"}}}}}};
    return {
        {"title", "Date"},
        {"summary", "A day of a calendar, of this world or another."},
        {"default", nullptr},
        {"editor", "date"},
        {"references", false},
        {"options", {{"type", "object"}, {"properties", {{"calendar", calendar_schema()}}}}},
        {"operations",
         Json::array({describe_operation("set", "Sets the date; null sets none.",
                                         {{"date", "Date", value}}),
                      describe_operation("addDays", "Lets days pass; a negative number goes back.",
                                         {{"days", "Days", {{"type", "integer"}}}}, true),
                      describe_operation("clear", "Takes the date away.", {}),
                      describe_operation("reset", "Goes back to the default.", {})})}};
}

Result<Json> Date::normalize(const JsonField& field, const Json& value) const {
    const Result<Calendar> calendar = calendar_of(field.definition);
    if (!calendar) return calendar.error();
    const Json& wanted = given_or_default(field.definition, value);
    if (wanted.is_null()) return Json();
    if (!wanted.is_object())
        return invalid("SZ-FIELD-270",
                       "A date belongs here, not " + std::string(kind_of(wanted)) + ".",
                       "Write {\"year\", \"month\", \"day\"}.");
    const Result<CalendarDate> date = read_date(*calendar, wanted);
    if (!date) return date.error();
    warn_of_others(field, wanted, {"year", "month", "day"}, "A date");
    return json_of_date(*calendar, *date);
}

Result<Change> Date::apply(const JsonField& field, const Json& value,
                           const Operation& operation) const {
    if (operation.op != "addDays") return change_nullable(*this, field, value, operation, true);
    const Result<Calendar> calendar = calendar_of(field.definition);
    if (!calendar) return calendar.error();
    const auto days = whole_in(operation.arg(0), -days_max, days_max);
    if (!days) return wrong_arguments(operation, "a whole number of days");
    if (!value.is_object())
        return invalid("SZ-FIELD-274", "There is no date that days could be added to.",
                       "Set the date first.");
    const Result<CalendarDate> before = read_date(*calendar, value);
    if (!before) return before.error();
    const CalendarDate after = calendar->date_of(calendar->number_of(*before) + *days);
    if (after.year < -year_max || after.year > year_max)
        return invalid("SZ-FIELD-271", "The calendar ends before that day.", "Add fewer days.");
    return Change{{{"set", json_of_date(*calendar, after)}},
                  {{"op", "addDays"}, {"args", Json::array({-*days})}},
                  true,
                  {}};
}

Result<std::string> Date::format(const JsonField& field, const Json& value,
                                 std::string_view) const {
    const Result<Calendar> calendar = calendar_of(field.definition);
    if (!calendar) return calendar.error();
    if (value.is_null()) return std::string();
    const Result<CalendarDate> date = read_date(*calendar, value);
    if (!date) return date.error();
    const std::string* weekday = calendar->weekday_of(*date);
    std::string text = weekday == nullptr ? "" : *weekday + ", ";
    text += std::to_string(date->day) + " " + calendar->months[date->month].name + " " +
            std::to_string(date->year);
    return calendar->era.empty() ? text : text + " " + calendar->era;
}

Result<std::string> Date::search_text(const JsonField& field, const Json& value) const {
    return format(field, value, "");
}

}  // namespace play
