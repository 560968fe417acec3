// SPDX-License-Identifier: AGPL-3.0-or-later
// Versions as in semver 2.0, and the ranges that dependencies and links may ask for.
#include <algorithm>
#include <array>
#include <charconv>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "kernel/content/pack_check.hpp"

namespace sz {

namespace {

constexpr std::size_t version_bytes_max = 64;
constexpr std::size_t range_bytes_max = 128;

struct Version {
    std::array<std::uint64_t, 3> numbers{};
    std::string_view prerelease;  // "beta.2", empty for a release

    [[nodiscard]] bool same_numbers(const Version& other) const { return numbers == other.numbers; }
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// Takes a number without leading zeros off the front.
std::optional<std::uint64_t> take_number(std::string_view& text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (error != std::errc{} || !is_digit(text.front()) || (length > 1 && text.front() == '0'))
        return std::nullopt;
    text.remove_prefix(length);
    return number;
}

std::string_view take_identifier(std::string_view& text) {
    const auto dot = text.find('.');
    const auto identifier = text.substr(0, dot);
    text.remove_prefix(dot == std::string_view::npos ? text.size() : dot + 1);
    return identifier;
}

// "beta.2": identifiers of letters, digits and '-', between dots; numbers without leading zeros
// where `strict_numbers`.
bool are_identifiers(std::string_view text, bool strict_numbers) {
    if (text.empty() || text.back() == '.') return false;
    while (!text.empty()) {
        const auto identifier = take_identifier(text);
        const bool is_plain =
            !identifier.empty() && std::all_of(identifier.begin(), identifier.end(), [](char c) {
                return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
            });
        if (!is_plain) return false;
        if (strict_numbers && identifier.size() > 1 && identifier[0] == '0' &&
            is_all_digits(identifier))
            return false;
    }
    return true;
}

std::optional<Version> parse_version(std::string_view text) {
    if (text.empty() || text.size() > version_bytes_max) return std::nullopt;
    Version version;
    for (std::size_t i = 0; i < 3; ++i) {
        if (i > 0) {
            if (text.empty() || text.front() != '.') return std::nullopt;
            text.remove_prefix(1);
        }
        if (text.empty()) return std::nullopt;
        const auto number = take_number(text);
        if (!number) return std::nullopt;
        version.numbers[i] = *number;
    }
    if (const auto plus = text.find('+'); plus != std::string_view::npos) {
        if (!are_identifiers(text.substr(plus + 1), false)) return std::nullopt;
        text = text.substr(0, plus);
    }
    if (text.empty()) return version;
    if (text.front() != '-' || !are_identifiers(text.substr(1), true)) return std::nullopt;
    version.prerelease = text.substr(1);
    return version;
}

std::strong_ordering compare_identifiers(std::string_view a, std::string_view b) {
    const bool a_is_number = is_all_digits(a);
    const bool b_is_number = is_all_digits(b);
    if (a_is_number != b_is_number)
        return a_is_number ? std::strong_ordering::less : std::strong_ordering::greater;
    if (a_is_number && a.size() != b.size()) return a.size() <=> b.size();
    return a.compare(b) <=> 0;
}

std::strong_ordering compare(const Version& a, const Version& b) {
    if (const auto order = a.numbers <=> b.numbers; order != 0) return order;
    if (a.prerelease.empty() || b.prerelease.empty())
        return a.prerelease.empty() <=> b.prerelease.empty();
    auto left = a.prerelease;
    auto right = b.prerelease;
    while (!left.empty() && !right.empty()) {
        const auto order = compare_identifiers(take_identifier(left), take_identifier(right));
        if (order != 0) return order;
    }
    return right.empty() <=> left.empty();
}

// One comparison of a range, such as ">=1.0.0". Lives no longer than the range's text.
struct Comparator {
    enum class Sign : std::uint8_t { equal, less, less_equal, greater, greater_equal } sign;
    Version bound;

    [[nodiscard]] bool admits(const Version& version) const {
        const auto order = compare(version, bound);
        switch (sign) {
            case Sign::equal: return order == 0;
            case Sign::less: return order < 0;
            case Sign::less_equal: return order <= 0;
            case Sign::greater: return order > 0;
            case Sign::greater_equal: return order >= 0;
        }
        return false;
    }
};

using Sign = Comparator::Sign;

// "^1.2.3" and "~1.2.3" as two comparisons.
void add_compatible(std::vector<Comparator>& range, const Version& lowest, bool is_caret) {
    Version end;
    end.numbers = lowest.numbers;
    end.prerelease =
        "0";  // before every prerelease of the first version that is not compatible any more
    const auto& n = lowest.numbers;
    const std::size_t step = !is_caret ? 1 : n[0] > 0 ? 0 : n[1] > 0 ? 1 : 2;
    ++end.numbers[step];
    for (std::size_t i = step + 1; i < 3; ++i) end.numbers[i] = 0;
    range.push_back({Sign::greater_equal, lowest});
    range.push_back({Sign::less, end});
}

bool add_comparator(std::vector<Comparator>& range, std::string_view part) {
    if (part == "*") return true;
    const bool is_caret = part.front() == '^';
    if (is_caret || part.front() == '~') {
        const auto lowest = parse_version(part.substr(1));
        if (lowest) add_compatible(range, *lowest, is_caret);
        return lowest.has_value();
    }
    Sign sign = Sign::equal;
    const bool has_equal = part.size() > 1 && part[1] == '=';
    std::size_t sign_size = has_equal ? 2 : 1;
    if (part.front() == '<') {
        sign = has_equal ? Sign::less_equal : Sign::less;
    } else if (part.front() == '>') {
        sign = has_equal ? Sign::greater_equal : Sign::greater;
    } else {
        sign_size = part.front() == '=' ? 1 : 0;
    }
    const auto bound = parse_version(part.substr(sign_size));
    if (bound) range.push_back({sign, *bound});
    return bound.has_value();
}

std::optional<std::vector<Comparator>> parse_range(std::string_view text) {
    if (text.size() > range_bytes_max) return std::nullopt;
    std::vector<Comparator> range;
    bool has_any = false;
    while (!text.empty()) {
        const auto space = text.find(' ');
        const auto part = text.substr(0, space);
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
        if (part.empty()) continue;
        if (!add_comparator(range, part)) return std::nullopt;
        has_any = true;
    }
    if (!has_any) return std::nullopt;
    return range;
}

}  // namespace

bool is_version(std::string_view text) { return parse_version(text).has_value(); }

bool is_version_range(std::string_view text) { return parse_range(text).has_value(); }

bool version_less(std::string_view a, std::string_view b) {
    const auto left = parse_version(a);
    const auto right = parse_version(b);
    if (!left || !right) return left.has_value() < right.has_value();
    return compare(*left, *right) < 0;
}

bool version_satisfies(std::string_view version, std::string_view range) {
    const auto parsed = parse_version(version);
    const auto comparators = parse_range(range);
    if (!parsed || !comparators) return false;
    for (const auto& comparator : *comparators) {
        if (!comparator.admits(*parsed)) return false;
    }
    if (parsed->prerelease.empty()) return true;
    // A range means releases: it admits a prerelease only of a version that it names together with
    // a prerelease.
    return std::any_of(comparators->begin(), comparators->end(), [&](const Comparator& comparator) {
        return !comparator.bound.prerelease.empty() && comparator.bound.same_numbers(*parsed) &&
               comparator.sign != Sign::less;
    });
}

}  // namespace sz
