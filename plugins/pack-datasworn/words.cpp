// SPDX-License-Identifier: AGPL-3.0-or-later
#include "words.hpp"

#include <algorithm>

namespace datasworn {
namespace {

// ASCII only: the locale must not change what comes out.
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

std::string slug(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const char small = lower(c);
        if (is_lower(small) || is_digit(small) || small == '_') {
            out += small;
        } else if (c != '\'' && !out.empty() && out.back() != '_') {
            out += '_';
        }
    }
    return out.empty() ? "unnamed" : out;
}

std::string camel_case(std::string_view key) {
    std::string out;
    bool raise = false;
    for (const char c : key) {
        if (!is_lower(c) && !is_upper(c) && !is_digit(c)) {
            raise = !out.empty();
            continue;
        }
        out += out.empty() ? lower(c) : raise ? upper(c) : c;
        raise = false;
    }
    return out.empty() ? "field" : out;
}

std::string spaced(std::string_view key) {
    std::string out(key);
    std::replace(out.begin(), out.end(), '_', ' ');
    return one_line(out);
}

std::string sentence_case(std::string_view key) {
    std::string out = spaced(key);
    if (out.empty()) return "Unnamed";
    out[0] = upper(out[0]);
    return out;
}

std::string_view shortened(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end);
}

std::string clean(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
        } else if (static_cast<unsigned char>(c) >= 0x20 ? c != 0x7f : c == '\n' || c == '\t') {
            out += c;
        }
    }
    return out;
}

std::string one_line(std::string_view text) {
    std::string out = clean(text);
    std::replace(out.begin(), out.end(), '\n', ' ');
    std::replace(out.begin(), out.end(), '\t', ' ');
    const std::size_t begin = std::min(out.find_first_not_of(' '), out.size());
    return out.substr(begin, out.find_last_not_of(' ') + 1 - begin);
}

void append(std::string& out, std::string_view part, std::string_view between) {
    if (!out.empty() && !part.empty()) out += between;
    out += part;
}

std::string UniqueIds::take(std::string wanted) {
    const auto [at, is_new] = next_.emplace(wanted, 2);
    if (is_new) return wanted;
    std::uint64_t& number = at->second;  // unlike the iterator, it survives what is added
    std::string other;
    do {
        other = wanted + '-' + std::to_string(number++);
    } while (!next_.emplace(other, 2).second);
    return other;
}

}  // namespace datasworn
