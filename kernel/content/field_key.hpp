// SPDX-License-Identifier: AGPL-3.0-or-later
// A field of an entry as a key: what a type said of a definition and a value it says of them again,
// since types are pure, and a pack has the same few thousand of both ten times over.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "kernel/base/json.hpp"

namespace sz {

inline constexpr std::size_t field_key_bytes_max = 512;  // longer fields are hardly the same twice
inline constexpr std::size_t field_keys_max = 20'000;    // of one pack

// Appends `value` so that different values never give the same bytes. False when `key` would be
// longer than field_key_bytes_max; what it has then is no key.
[[nodiscard]] inline bool add_to_key(const Json& value, std::string& key) {
    const auto add_text = [&key](std::string_view text) {
        if (text.size() > field_key_bytes_max) return false;
        key += std::to_string(text.size());
        key += ':';
        key += text;
        return key.size() <= field_key_bytes_max;
    };
    if (key.size() > field_key_bytes_max) return false;
    // The kind comes first: 1 and 1.0 are equal, yet not the same to a type.
    key += static_cast<char>('a' + static_cast<int>(value.type()));
    if (value.is_string()) return add_text(value.get_ref<const std::string&>());
    if (value.is_primitive()) return add_text(value.dump());
    key += std::to_string(value.size());
    for (auto member = value.begin(); member != value.end(); ++member) {
        if (value.is_object() && !add_text(member.key())) return false;
        if (!add_to_key(*member, key)) return false;
    }
    return key.size() <= field_key_bytes_max;
}

}  // namespace sz
