// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/versions.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/base/limits.hpp"
#include "kernel/content/pack_check.hpp"

namespace sz {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
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

std::strong_ordering compare_identifiers(std::string_view a, std::string_view b) {
    const bool a_is_number = is_all_digits(a);
    const bool b_is_number = is_all_digits(b);
    if (a_is_number != b_is_number)
        return a_is_number ? std::strong_ordering::less : std::strong_ordering::greater;
    if (a_is_number && a.size() != b.size()) return a.size() <=> b.size();
    return a.compare(b) <=> 0;
}

}  // namespace

std::optional<std::uint64_t> take_number(std::string_view& text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (error != std::errc{} || !is_digit(text.front()) || (length > 1 && text.front() == '0'))
        return std::nullopt;
    text.remove_prefix(length);
    return number;
}

std::optional<Version> parse_version(std::string_view text) {
    if (text.empty() || text.size() > limits::version_bytes_max) return std::nullopt;
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

std::strong_ordering compare_versions(const Version& a, const Version& b) {
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

bool is_version(std::string_view text) { return parse_version(text).has_value(); }

bool version_less(std::string_view a, std::string_view b) {
    const auto left = parse_version(a);
    const auto right = parse_version(b);
    if (!left || !right) return left.has_value() < right.has_value();
    return compare_versions(*left, *right) < 0;
}

}  // namespace sz
