// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/language_tags.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "kernel/base/text.hpp"

namespace sz {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "de" of "de-AT", which becomes "AT".
std::string_view take_part(std::string_view& tag) {
    const auto end = std::min(tag.find('-'), tag.size());
    const auto part = tag.substr(0, end);
    tag.remove_prefix(std::min(end + 1, tag.size()));
    return part;
}

}  // namespace

bool is_language_tag(std::string_view text) {
    constexpr std::size_t part_bytes_max = 8;
    if (text.size() > language_tag_bytes_max || text.ends_with('-')) return false;
    const auto language = take_part(text);
    if (language.size() < 2 || language.size() > part_bytes_max ||
        !std::all_of(language.begin(), language.end(), is_letter))
        return false;
    while (!text.empty()) {
        const auto part = take_part(text);
        if (part.empty() || part.size() > part_bytes_max ||
            !std::all_of(part.begin(), part.end(),
                         [](char c) { return is_letter(c) || is_digit(c); }))
            return false;
    }
    return true;
}

bool is_same_language(std::string_view a, std::string_view b) {
    return ascii_lower(std::string(a)) == ascii_lower(std::string(b));
}

std::vector<std::string> languages_for(std::string_view tag) {
    std::vector<std::string> languages;
    if (!is_language_tag(tag)) return languages;
    std::string rest(tag);
    while (true) {
        languages.push_back(rest);
        auto dash = rest.rfind('-');
        if (dash == std::string::npos) return languages;
        // A single letter only introduces what follows it.
        if (dash >= 2 && rest[dash - 2] == '-') dash -= 2;
        rest.resize(dash);
    }
}

std::string language_of_locale(std::string_view locale) {
    std::string tag(locale.substr(0, locale.find_first_of(".@:")));
    std::replace(tag.begin(), tag.end(), '_', '-');
    if (tag == "POSIX" || !is_language_tag(tag)) return {};
    return tag;
}

std::string language_of_environment(const ReadVariable& read) {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = read(name);
        if (value != nullptr && *value != '\0') return language_of_locale(value);
    }
    return {};
}

const Json* in_language(const Json& by_language, std::string_view tag) {
    if (!by_language.is_object()) return nullptr;
    for (const auto& [key, value] : by_language.items()) {
        if (is_same_language(key, tag)) return &value;
    }
    return nullptr;
}

}  // namespace sz
