// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string_view>

namespace sz {

// Does a subscription to `pattern` get `topic`? A full name, a prefix that ends in ".*", or "*" for
// all.
[[nodiscard]] inline bool topic_matches(std::string_view pattern, std::string_view topic) {
    if (pattern == "*" || pattern == topic) return true;
    const bool is_prefix = pattern.size() > 2 && pattern.substr(pattern.size() - 2) == ".*";
    return is_prefix && topic.size() >= pattern.size() &&
           topic.substr(0, pattern.size() - 1) == pattern.substr(0, pattern.size() - 1);
}

}  // namespace sz
