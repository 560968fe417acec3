// SPDX-License-Identifier: AGPL-3.0-or-later
#include "words.hpp"

#include <algorithm>
#include <array>

namespace open5e {
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
        } else if (c != '\'' && !out.empty() && out.back() != '-') {
            out += '-';
        }
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out.empty() ? "unnamed" : out;
}

std::string camel_case(std::string_view text) {
    std::string out;
    bool raise = false;
    for (const char c : text) {
        if (!is_lower(c) && !is_upper(c) && !is_digit(c)) {
            raise = !out.empty();
            continue;
        }
        out += out.empty() ? lower(c) : raise ? upper(c) : c;
        raise = false;
    }
    return out.empty() ? "field" : out;
}

std::string sentence_case(std::string_view camel) {
    std::string out;
    for (const char c : camel) {
        if (is_upper(c) && !out.empty()) out += ' ';
        out += out.empty() ? upper(c) : lower(c);
    }
    return out;
}

std::string title_case(std::string_view slug) {
    static constexpr std::array<std::string_view, 8> small{"of", "the", "and", "with",
                                                           "to", "in",  "or",  "from"};
    std::string out;
    while (!slug.empty()) {
        const std::size_t end = std::min(slug.find_first_of("-_ "), slug.size());
        const std::string_view word = slug.substr(0, end);
        slug.remove_prefix(std::min(end + 1, slug.size()));
        if (word.empty()) continue;
        const bool keep =
            !out.empty() && std::find(small.begin(), small.end(), word) != small.end();
        if (!out.empty()) out += ' ';
        out += keep ? word.front() : upper(word.front());
        out += word.substr(1);
    }
    return out;
}

std::string_view shortened(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end);
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

std::optional<std::string> decimal_text(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    std::string_view whole = text.substr(0, text.find('.'));
    std::string_view fraction =
        whole.size() == text.size() ? std::string_view{} : text.substr(whole.size() + 1);
    const bool digits = std::all_of(whole.begin(), whole.end(), is_digit) &&
                        std::all_of(fraction.begin(), fraction.end(), is_digit);
    if (whole.empty() || !digits || (fraction.empty() && whole.size() != text.size()))
        return std::nullopt;
    while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);

    std::string significant(whole == "0" ? std::string_view{} : whole);
    significant += fraction;
    significant.erase(0, significant.find_first_not_of('0'));
    if (significant.size() > 15) return std::nullopt;
    std::string out = negative && !significant.empty() ? "-" : "";
    out += whole;
    if (!fraction.empty()) out.append(1, '.').append(fraction);
    return out;
}

}  // namespace open5e
