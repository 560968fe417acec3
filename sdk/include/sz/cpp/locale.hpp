// SPDX-License-Identifier: AGPL-3.0-or-later
// How people write numbers and say yes, by language (Unicode CLDR's number symbols). A table of our
// own and no ICU or std::locale: the same answer on every machine, whatever is installed there.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace sz::plugin {

// "1.234,5" for "de", "1,234.5" for "en"; `number` is Decimal::text(). The empty locale is neutral:
// the number as it is.
[[nodiscard]] std::string format_number(std::string_view number, std::string_view locale);

// "ja" for (true, "de"); English where the language is not known.
[[nodiscard]] std::string_view yes_or_no(bool value, std::string_view locale);

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

inline std::string_view yes_or_no(bool value, std::string_view locale) {
    const locale_detail::Language& language = locale_detail::language_of(locale);
    return value ? language.yes : language.no;
}

}  // namespace sz::plugin
