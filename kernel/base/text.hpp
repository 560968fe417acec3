// SPDX-License-Identifier: AGPL-3.0-or-later
// Small things about text.
#pragma once

#include <algorithm>
#include <string>

namespace sz {

// A to Z become a to z; everything else, and every other script, stays.
[[nodiscard]] inline std::string ascii_lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

}  // namespace sz
