// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/words.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sz::tools {

namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

std::string listed(const std::vector<std::string>& words, std::size_t shown_max) {
    std::string text;
    const bool is_cut = words.size() > shown_max;
    const auto shown = is_cut ? shown_max : words.size();
    for (std::size_t i = 0; i < shown; ++i) {
        const bool is_last = !is_cut && i + 1 == shown;
        text += (i == 0 ? "" : is_last ? " and " : ", ") + words[i];
    }
    return is_cut ? text + " and " + std::to_string(words.size() - shown) + " more" : text;
}

std::string counted(std::size_t count, const char* one, const char* many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string shortened(std::string_view text, std::size_t characters_max) {
    std::string line;
    std::size_t characters = 0;
    for (const char c : text) {
        if (begins_character(c) && characters++ == characters_max) return line + "…";
        line += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    }
    return line;
}

std::string in_short(const Json& value, std::size_t characters_max) {
    if (value.is_string())
        return "“" + shortened(value.get_ref<const std::string&>(), characters_max) + "”";
    return shortened(value.dump(-1, ' ', false, Json::error_handler_t::replace), characters_max);
}

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

}  // namespace sz::tools
