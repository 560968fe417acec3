// SPDX-License-Identifier: AGPL-3.0-or-later
// Small things about text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace sz {

// A to Z become a to z; everything else, and every other script, stays.
[[nodiscard]] inline std::string ascii_lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

// At most `bytes_max` bytes of it, without half a letter of UTF-8 at the end.
[[nodiscard]] inline std::string_view whole_letters(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    std::size_t size = bytes_max;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    return text.substr(0, size);
}

// A word as a POSIX shell takes it, quoted where that is needed: what is printed can be copied.
[[nodiscard]] inline std::string shell_word(const std::string& word) {
    const auto is_plain = [](char c) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c < 0;
        return is_letter || (c >= '0' && c <= '9') ||
               std::string_view("_./:@%+=,-").find(c) != std::string_view::npos;
    };
    if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return word;
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
    return quoted + "'";
}

}  // namespace sz
