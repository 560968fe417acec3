// SPDX-License-Identifier: AGPL-3.0-or-later
// The one grammar of the names on the bus: methods and topics, the kernel's and the plugins'.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace sz {

inline constexpr std::size_t bus_name_bytes_max = 200;

// "campaign.act", "org.example.dice-tray.roll": words of letters, digits, '-' and '_' with one '.'
// between them, the first character a letter. ASCII only, so that a name reads the same in a log, a
// terminal and a file's name.
[[nodiscard]] constexpr bool is_bus_name(std::string_view name) noexcept {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto is_word = [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    if (name.empty() || name.size() > bus_name_bytes_max || !is_letter(name.front())) return false;
    return name.back() != '.' && name.find("..") == std::string_view::npos &&
           std::all_of(name.begin(), name.end(), [&](char c) { return c == '.' || is_word(c); });
}

// What a subscription may ask for: a name, a name and ".*", or "*" for all.
[[nodiscard]] constexpr bool is_topic_pattern(std::string_view pattern) noexcept {
    if (pattern.size() > 2 && pattern.substr(pattern.size() - 2) == ".*") pattern.remove_suffix(2);
    return pattern == "*" || is_bus_name(pattern);
}

}  // namespace sz
