// SPDX-License-Identifier: AGPL-3.0-or-later
#include "common.hpp"

#include <algorithm>

namespace fields {

namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// The bytes of the character that begins at `at` (RFC 3629), or 0 when it is none.
std::size_t character_bytes(std::string_view text, std::size_t at) {
    const auto byte = [&text, at](std::size_t i) {
        return static_cast<unsigned char>(text[at + i]);
    };
    const unsigned char first = byte(0);
    const std::size_t bytes = first < 0x80                    ? 1
                              : first >= 0xc2 && first < 0xe0 ? 2
                              : (first & 0xf0) == 0xe0        ? 3
                              : first >= 0xf0 && first < 0xf5 ? 4
                                                              : 0;
    if (bytes == 0 || at + bytes > text.size()) return 0;
    for (std::size_t i = 1; i < bytes; ++i) {
        if (!is_continuation(text[at + i])) return 0;
    }
    const bool is_wrong = (first == 0xe0 && byte(1) < 0xa0) ||
                          (first == 0xed && byte(1) >= 0xa0) ||  // overlong, surrogates
                          (first == 0xf0 && byte(1) < 0x90) ||
                          (first == 0xf4 && byte(1) >= 0x90);  // overlong, past U+10FFFF
    return is_wrong ? 0 : bytes;
}

}  // namespace

bool is_canonical_string(std::string_view json, std::string_view escapes) {
    if (json.size() < 2 || json.front() != '"' || json.back() != '"') return false;
    const std::string_view inside = json.substr(1, json.size() - 2);
    for (std::size_t at = 0; at < inside.size();) {
        const char c = inside[at];
        if (c == '\\') {
            if (at + 1 == inside.size() || escapes.find(inside[at + 1]) == escapes.npos)
                return false;
            at += 2;
        } else if (c == '"' || c == 0x7f || (static_cast<unsigned char>(c) < 0x20)) {
            return false;
        } else {
            const std::size_t bytes = character_bytes(inside, at);
            if (bytes == 0) return false;
            at += bytes;
        }
    }
    return true;
}

bool surely_lacks(std::string_view definition, std::initializer_list<std::string_view> options) {
    if (definition.find('\\') != definition.npos)
        return false;  // a name may be written with \u escapes
    return std::all_of(options.begin(), options.end(), [definition](std::string_view option) {
        return definition.find(option) == definition.npos;
    });
}

}  // namespace fields
