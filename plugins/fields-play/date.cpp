// SPDX-License-Identifier: AGPL-3.0-or-later
#include <charconv>

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

// "12 Mayhedge 891": a day, a month by its name, id or number, a year.
std::optional<Json> typed_date(const Calendar& calendar, std::string_view text) {
    text = sz::plugin::trimmed(text);
    const std::size_t first = text.find(' '), last = text.rfind(' ');
    if (first == text.npos || first == last) return std::nullopt;
    const auto whole = [](std::string_view word) -> std::optional<std::int64_t> {
        std::int64_t number = 0;
        const char* const end = word.data() + word.size();
        const auto [at, wrong] = std::from_chars(word.data(), end, number);
        return wrong == std::errc() && at == end ? std::optional(number) : std::nullopt;
    };
    std::string_view day_text = text.substr(0, first);
    if (day_text.ends_with('.')) day_text.remove_suffix(1);  // "12. März"
    const auto day = whole(day_text), year = whole(text.substr(last + 1));
    if (!day || !year) return std::nullopt;
    const auto lower = [](std::string_view word) {
        std::string out(word);
        for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        return out;
    };
    const std::string_view name = text.substr(first + 1, last - first - 1);
    const auto by = [&](auto fits) {
        return std::find_if(calendar.months.begin(), calendar.months.end(), fits);
    };
    auto month = by([&](const Month& one) { return one.name == name; });
    if (month == calendar.months.end())
        month = by([&](const Month& one) { return lower(one.name) == lower(name); });
    Json date{{"year", *year}, {"day", *day}};
    if (month != calendar.months.end())
        date["month"] = month->id;
    else if (const auto number = whole(name))
        date["month"] = *number;
    else
        date["month"] = sz::plugin::trimmed(name);
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
        {"typed", true},
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

Result<Json> Date::parse(const JsonField& field, std::string_view text, std::string_view) const {
    const Result<Calendar> calendar = calendar_of(field.definition);
    if (!calendar) return calendar.error();
    text = sz::plugin::trimmed(text);
    if (text.empty()) return Json();
    // The weekday and the era are shown, and need not be typed.
    std::vector<std::string_view> bodies{text};
    for (const std::string& weekday : calendar->weekdays) {
        if (text.starts_with(weekday + ", ")) bodies.push_back(text.substr(weekday.size() + 2));
    }
    const std::string era = " " + calendar->era;
    for (const std::string_view body : bodies) {
        const bool has_era = !calendar->era.empty() && body.ends_with(era);
        const std::string_view rest = body.substr(0, body.size() - (has_era ? era.size() : 0));
        if (auto date = typed_date(*calendar, rest)) return *std::move(date);
        if (auto date = typed_date(*calendar, body)) return *std::move(date);
    }
    return invalid(
        "SZ-FIELD-275", in_quotes(text) + " is not a date.",
        "Type a day, a month and a year, such as “12 " + calendar->months[0].name + " 3”.");
}

}  // namespace play
