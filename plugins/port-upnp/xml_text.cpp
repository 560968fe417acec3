// SPDX-License-Identifier: AGPL-3.0-or-later
#include "xml_text.hpp"

#include <array>
#include <utility>

namespace upnp {

namespace {

constexpr std::array<std::pair<std::string_view, char>, 5> entities{
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}}};

// Where the text after the opening tag begins.
std::size_t after_tag(std::string_view xml, std::string_view name) {
    for (std::size_t at = xml.find(name); at != std::string_view::npos;
         at = xml.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if (at == 0 || end >= xml.size()) continue;
        const std::size_t open = xml.find_last_of("<>", at - 1);
        if (open == std::string_view::npos || xml[open] != '<') continue;
        const std::string_view before = xml.substr(open + 1, at - open - 1);  // "" or "prefix:"
        const bool is_name =
            before.empty() || before.find_first_of("/: \t\r\n=\"'!?") == before.size() - 1;
        if (!is_name || (!before.empty() && before.back() != ':')) continue;
        if (std::string_view("> \t\r\n/").find(xml[end]) == std::string_view::npos) continue;
        const std::size_t close = xml.find('>', end);
        if (close != std::string_view::npos) return close + 1;
    }
    return std::string_view::npos;
}

std::string resolved(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        std::size_t taken = 1;
        char c = text.front();
        for (const auto& [entity, meant] : entities) {
            if (!text.starts_with(entity)) continue;
            taken = entity.size();
            c = meant;
        }
        plain += c;
        text.remove_prefix(taken);
    }
    return plain;
}

// How many bytes a character of UTF-8 at the beginning of `text` has; 0: it is none.
std::size_t utf8_length(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    std::size_t length = 0;
    if (lead < 0x80) length = 1;
    if (lead >= 0xC2 && lead < 0xE0) length = 2;
    if (lead >= 0xE0 && lead < 0xF0) length = 3;
    if (lead >= 0xF0 && lead < 0xF5) length = 4;
    if (text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 0;
    if (length < 2) return length;
    const auto second = static_cast<unsigned char>(text[1]);
    const bool is_overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool is_beyond = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
    return is_overlong || is_beyond ? 0 : length;
}

}  // namespace

bool has_element(std::string_view xml, std::string_view name) {
    return after_tag(xml, name) != std::string_view::npos;
}

std::optional<std::string> element_text(std::string_view xml, std::string_view name) {
    const std::size_t begin = after_tag(xml, name);
    if (begin == std::string_view::npos) return std::nullopt;
    if (xml[begin - 2] == '/') return std::string();  // <Name/>
    const std::size_t end = xml.find('<', begin);
    if (end == std::string_view::npos || end + 1 >= xml.size() || xml[end + 1] != '/')
        return std::nullopt;
    std::string_view text = xml.substr(begin, end - begin);
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return resolved(text);
}

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        std::string_view written(&c, 1);
        for (const auto& [entity, meant] : entities)
            if (c == meant) written = entity;
        safe += written;
    }
    return safe;
}

std::string shown(std::string_view text, std::size_t bytes_max) {
    std::string clean;
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const std::string_view one = text.substr(0, length == 0 ? 1 : length);
        const auto first = static_cast<unsigned char>(one.front());
        const bool is_c1 =
            length == 2 && first == 0xC2 && static_cast<unsigned char>(one[1]) < 0xA0;
        std::string_view put = one;
        if (length == 0) put = "?";
        if (first < ' ' || first == 0x7f || is_c1) put = " ";
        if (clean.size() + put.size() > bytes_max) break;
        clean += put;
        text.remove_prefix(one.size());
    }
    return clean;
}

}  // namespace upnp
