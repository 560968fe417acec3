// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/moment.hpp"

#include <Poco/DateTime.h>
#include <Poco/DateTimeParser.h>

#include <algorithm>
#include <charconv>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/conflict.hpp"
#include "kernel/campaign/snapshots.hpp"

namespace sz::campaign {

namespace {

constexpr std::uint64_t moment_number_max = std::uint64_t{1} << 53U;

std::optional<std::uint64_t> whole_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = !text.empty() && error == std::errc() && end == text.data() + text.size();
    return is_whole && number <= moment_number_max ? std::optional(number) : std::nullopt;
}

std::optional<UnixMs> milliseconds_of(char unit) {
    constexpr UnixMs second = 1000;
    switch (unit) {
        case 's': return second;
        case 'm': return 60 * second;
        case 'h': return 60 * 60 * second;
        case 'd': return 24 * 60 * 60 * second;
        case 'w': return 7 * 24 * 60 * 60 * second;
        default: return std::nullopt;
    }
}

std::optional<UnixMs> time_ago(std::string_view text, UnixMs now) {
    const auto unit = text.empty() ? std::nullopt : milliseconds_of(text.back());
    const auto count = unit ? whole_number(text.substr(0, text.size() - 1)) : std::nullopt;
    if (!count) return std::nullopt;
    const auto most = static_cast<std::uint64_t>(std::max<UnixMs>(now, 0) / *unit);
    return *count > most ? 0 : now - static_cast<UnixMs>(*count) * *unit;
}

// Does `text` have this form? '0' stands for a digit.
bool has_form(std::string_view text, std::string_view form) {
    return std::equal(text.begin(), text.end(), form.begin(), form.end(),
                      [](char c, char f) { return f == '0' ? c >= '0' && c <= '9' : c == f; });
}

// ISO 8601, as much of it as people write.
std::optional<UnixMs> time_of(std::string_view text) {
    if (text.size() < 10 || !has_form(text.substr(0, 10), "0000-00-00")) return std::nullopt;
    std::string clock(text.substr(10));
    std::string zone;
    if (const auto at = clock.find_first_of("Z+-"); at != std::string::npos) {
        zone = clock.substr(at);
        clock.resize(at);
    }
    if (!clock.empty() && clock.front() == ' ') clock.front() = 'T';
    const bool has_clock = has_form(clock, "T00:00") || has_form(clock, "T00:00:00") ||
                           has_form(clock, "T00:00:00.000");
    const bool has_zone = zone == "Z" || has_form(zone, "+00:00") || has_form(zone, "-00:00");
    if ((!has_clock && !clock.empty()) || (!zone.empty() && (!has_zone || clock.empty())))
        return std::nullopt;
    const auto part = [&](std::size_t at, std::size_t digits) {
        return at + digits > clock.size()
                   ? 0
                   : static_cast<int>(whole_number(clock.substr(at, digits)).value_or(0));
    };
    const int year = static_cast<int>(whole_number(text.substr(0, 4)).value_or(0));
    const int month = static_cast<int>(whole_number(text.substr(5, 2)).value_or(0));
    const int day = static_cast<int>(whole_number(text.substr(8, 2)).value_or(0));
    if (year < 1970 ||
        !Poco::DateTime::isValid(year, month, day, part(1, 2), part(4, 2), part(7, 2), part(10, 3)))
        return std::nullopt;
    const Poco::DateTime time(year, month, day, part(1, 2), part(4, 2), part(7, 2), part(10, 3));
    UnixMs away = 0;
    if (zone.size() > 1) {
        const auto hours = static_cast<UnixMs>(whole_number(zone.substr(1, 2)).value_or(0));
        const auto minutes = static_cast<UnixMs>(whole_number(zone.substr(4, 2)).value_or(0));
        if (hours > 23 || minutes > 59) return std::nullopt;
        away = (hours * 60 + minutes) * 60'000 * (zone.front() == '-' ? -1 : 1);
    }
    return time.timestamp().epochMicroseconds() / 1000 - away;
}

}  // namespace

Result<Moment> parse_moment(std::string_view text, UnixMs now) {
    if (text == "now") return Moment{};
    const bool is_short = text.size() <= limits::moment_bytes_max;
    if (const auto event = whole_number(text); is_short && event)
        return Moment{Moment::Kind::event, *event, 0};
    if (is_short && text.starts_with('s')) {
        if (const auto number = whole_number(text.substr(1)))
            return Moment{Moment::Kind::snapshot, *number, 0};
    }
    auto at = is_short ? time_ago(text, now) : std::nullopt;
    if (!at && is_short) at = time_of(text);
    if (at) return Moment{Moment::Kind::time, 0, *at};
    return fail(ErrorKind::input, "SZ-CAMPAIGN-090",
                "“" + shortened(std::string(text), limits::moment_bytes_max) +
                    "” is no moment of a campaign.",
                "Write an event's number, a snapshot (s3), “now”, a time (2026-11-22T18:00, which "
                "is UTC) or how long ago (45s, 30m, 2h, 3d, 1w).");
}

Result<Point> find_moment(Ledger& ledger, const Moment& moment) {
    Point point{0, moment.at};
    if (moment.kind == Moment::Kind::time) {
        SZ_ASSIGN(point.event, ledger.last_at(moment.at));
        return point;
    }
    point.event = moment.number;
    if (moment.kind == Moment::Kind::snapshot) {
        SZ_ASSIGN(const Snapshot snapshot, find_snapshot(ledger, moment.number));
        point.event = snapshot.event;
    } else if (moment.kind == Moment::Kind::now) {
        SZ_ASSIGN(const auto last, ledger.database().integer("SELECT max(idx) FROM events"));
        point.event = static_cast<EventIndex>(last.value_or(0));
    }
    if (point.event == 0) return point;
    SZ_ASSIGN(const Event event, ledger.event(point.event));
    point.at = event.at;
    return point;
}

}  // namespace sz::campaign
