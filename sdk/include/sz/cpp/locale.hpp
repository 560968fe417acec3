// SPDX-License-Identifier: AGPL-3.0-or-later
// How people write numbers and say yes, by language (Unicode CLDR's number symbols). A table of our
// own and no ICU or std::locale: the same answer on every machine, whatever is installed there.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sz::plugin {

// "1.234,5" for "de", "1,234.5" for "en"; `number` is Decimal::text(). The empty locale is neutral:
// the number as it is.
[[nodiscard]] std::string format_number(std::string_view number, std::string_view locale);

// "ja" for (true, "de"); English where the language is not known.
[[nodiscard]] std::string_view yes_or_no(bool value, std::string_view locale);

// The number that somebody typed, as Decimal::parse takes it, or nothing. What format_number writes
// for the locale is read as it was. Besides, spaces and apostrophes may group digits anywhere, and
// a point that cannot be one that groups (three digits follow each of those) is the decimal point:
// "2.5" and "2,5" are the same number in every language.
[[nodiscard]] std::optional<std::string> number_typed(std::string_view text,
                                                      std::string_view locale);

// Whether somebody typed yes: in that language or in English, or as a program writes it.
[[nodiscard]] std::optional<bool> yes_typed(std::string_view text, std::string_view locale);

namespace locale_detail {

struct Language {
    std::string_view tag;  // a language, or a language and region that differs from its language
    std::string_view point, group;
    std::size_t digits_min = 4;  // digits before the point from which on they are grouped
    std::string_view yes = "yes", no = "no";
};

inline constexpr std::string_view hard_space = "\xc2\xa0";        // U+00A0
inline constexpr std::string_view narrow_space = "\xe2\x80\xaf";  // U+202F
inline constexpr std::string_view swiss_mark = "\xe2\x80\x99";    // U+2019

inline constexpr std::array<Language, 32> languages{{
    {"en", ".", ",", 4, "yes", "no"},
    {"de", ",", ".", 4, "ja", "nein"},
    {"de-at", ",", hard_space, 4, "ja", "nein"},
    {"de-ch", ".", swiss_mark, 4, "ja", "nein"},
    {"de-li", ".", swiss_mark, 4, "ja", "nein"},
    {"fr", ",", narrow_space, 4, "oui", "non"},
    {"es", ",", ".", 5, "sí", "no"},
    {"es-mx", ".", ",", 4, "sí", "no"},
    {"es-us", ".", ",", 4, "sí", "no"},
    {"it", ",", ".", 4, "sì", "no"},
    {"it-ch", ".", swiss_mark, 4, "sì", "no"},
    {"pt", ",", ".", 4, "sim", "não"},
    {"pt-pt", ",", hard_space, 5, "sim", "não"},
    {"nl", ",", ".", 4, "ja", "nee"},
    {"da", ",", ".", 4, "ja", "nej"},
    {"sv", ",", hard_space, 4, "ja", "nej"},
    {"nb", ",", hard_space, 4, "ja", "nei"},
    {"no", ",", hard_space, 4, "ja", "nei"},
    {"fi", ",", hard_space, 4, "kyllä", "ei"},
    {"pl", ",", hard_space, 5, "tak", "nie"},
    {"cs", ",", hard_space, 4, "ano", "ne"},
    {"sk", ",", hard_space, 4, "áno", "nie"},
    {"hu", ",", hard_space, 5, "igen", "nem"},
    {"ru", ",", hard_space, 4, "да", "нет"},
    {"uk", ",", hard_space, 4, "так", "ні"},
    {"bg", ",", hard_space, 5, "да", "не"},
    {"tr", ",", ".", 4, "evet", "hayır"},
    {"el", ",", ".", 4, "ναι", "όχι"},
    {"ro", ",", ".", 4, "da", "nu"},
    {"ja", ".", ",", 4, "はい", "いいえ"},
    {"zh", ".", ",", 4, "是", "否"},
    {"ko", ".", ",", 4, "예", "아니요"},
}};

inline const Language* find(std::string_view tag) {
    const auto* found = std::find_if(languages.begin(), languages.end(),
                                     [tag](const Language& l) { return l.tag == tag; });
    return found == languages.end() ? nullptr : found;
}

// "de_CH.UTF-8" and "de-Latn-CH" both mean what "de-ch" says; what is not known falls back to the
// language, then to English.
inline const Language& language_of(std::string_view locale) {
    std::string tag(locale.substr(0, locale.find_first_of(".@")));
    for (char& c : tag)
        c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    const std::string language = tag.substr(0, tag.find('-'));
    const std::size_t last = tag.rfind('-');
    if (last != std::string::npos) {
        if (const Language* found = find(language + tag.substr(last))) return *found;
    }
    const Language* found = find(language);
    return found == nullptr ? languages.front() : *found;
}

}  // namespace locale_detail

inline std::string format_number(std::string_view number, std::string_view locale) {
    if (locale.empty()) return std::string(number);
    const locale_detail::Language& language = locale_detail::language_of(locale);
    const std::size_t sign = number.starts_with('-') ? 1 : 0;
    const std::size_t point = std::min(number.find('.'), number.size());
    const std::string_view whole = number.substr(sign, point - sign);
    std::string text(number.substr(0, sign));
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const std::size_t left = whole.size() - i;
        if (i > 0 && left % 3 == 0 && whole.size() >= language.digits_min) text += language.group;
        text += whole[i];
    }
    if (point < number.size()) {
        text += language.point;
        text += number.substr(point + 1);
    }
    return text;
}

namespace locale_detail {

// Digits, '.' and ',' as they are; what else groups digits is left out, and so is what stands
// around the number. Nothing where something else stands.
inline std::optional<std::string> digits_and_points(std::string_view text) {
    constexpr std::array<std::string_view, 8> passed_over{
        " ", "\t", "\r", "\n", "'", hard_space, narrow_space, swiss_mark};
    constexpr std::string_view minus = "\xe2\x88\x92";  // U+2212
    std::string out;
    while (!text.empty()) {
        const char c = text.front();
        const bool is_sign = c == '-' || c == '+' || text.starts_with(minus);
        if (const auto* mark =
                std::find_if(passed_over.begin(), passed_over.end(),
                             [&](std::string_view one) { return text.starts_with(one); });
            mark != passed_over.end()) {
            text.remove_prefix(mark->size());
        } else if (is_sign && out.empty()) {
            out = c == '+' ? "+" : "-";
            text.remove_prefix(c == '-' || c == '+' ? 1 : minus.size());
        } else if ((c >= '0' && c <= '9') || c == '.' || c == ',') {
            out += c;
            text.remove_prefix(1);
        } else {
            return std::nullopt;
        }
    }
    return out;
}

// "1.234.567": one to three digits, of which the first is no zero, then threes.
inline bool is_grouped(std::string_view digits, char group) {
    std::size_t at = digits.find(group);
    if (at == 0 || at > 3 || digits.front() == '0') return false;
    while (at != std::string_view::npos) {
        const std::size_t next = std::min(digits.find(group, at + 1), digits.size());
        if (next - at != 4) return false;
        at = next == digits.size() ? std::string_view::npos : next;
    }
    return true;
}

// Where the decimal point of `digits` stands; its size if there is none; npos if it is no number.
inline std::size_t decimal_point(std::string_view digits, char point, bool groups) {
    const char other = point == '.' ? ',' : '.';
    const auto count = [&](char c) { return std::count(digits.begin(), digits.end(), c); };
    const std::size_t last_other = digits.rfind(other);
    if (count(point) == 1) {
        const std::size_t at = digits.find(point);
        if (last_other == std::string_view::npos) return at;
        if (last_other < at && is_grouped(digits.substr(0, at), other)) return at;
    }
    if (count(point) == 0) {
        if (count(other) == 0) return digits.size();
        if (groups && is_grouped(digits, other)) return digits.size();
    }
    // The other way round, as another language has it.
    const bool is_otherwise =
        count(other) == 1 &&
        (count(point) == 0 ||
         (digits.rfind(point) < last_other && is_grouped(digits.substr(0, last_other), point)));
    return is_otherwise ? last_other : std::string_view::npos;
}

}  // namespace locale_detail

inline std::optional<std::string> number_typed(std::string_view text, std::string_view locale) {
    const auto found = locale_detail::digits_and_points(text);
    if (!found) return std::nullopt;
    const bool has_sign = found->starts_with('-') || found->starts_with('+');
    const std::string_view digits = std::string_view(*found).substr(has_sign ? 1 : 0);
    const locale_detail::Language& language = locale_detail::language_of(locale);
    const char point = locale.empty() ? '.' : language.point.front();
    const bool groups = !locale.empty() && (language.group == "." || language.group == ",");
    const std::size_t at = locale_detail::decimal_point(digits, point, groups);
    if (at == std::string_view::npos || digits.empty()) return std::nullopt;
    std::string number = found->starts_with('-') ? "-" : "";
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i == at)
            number += '.';
        else if (digits[i] != '.' && digits[i] != ',')
            number += digits[i];
    }
    return number;
}

inline std::string_view yes_or_no(bool value, std::string_view locale) {
    const locale_detail::Language& language = locale_detail::language_of(locale);
    return value ? language.yes : language.no;
}

inline std::optional<bool> yes_typed(std::string_view text, std::string_view locale) {
    std::string word;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    for (const bool value : {true, false}) {
        if (word == yes_or_no(value, locale)) return value;
    }
    if (word == "yes" || word == "true" || word == "1" || word == "x") return true;
    if (word == "no" || word == "false" || word == "0") return false;
    return std::nullopt;
}

}  // namespace sz::plugin
