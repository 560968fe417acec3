// SPDX-License-Identifier: AGPL-3.0-or-later
// Words that the tools put into their sentences.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/json.hpp"

namespace sz::tools {

// "A", "A and B", "A, B and C"; past `shown_max`: "A, B and 7 more".
[[nodiscard]] std::string listed(const std::vector<std::string>& words, std::size_t shown_max = 8);

// "1 entry", "3 entries".
[[nodiscard]] std::string counted(std::size_t count, const char* one, const char* many);

// At most `characters_max` characters on one line; "…" for what was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t characters_max = 60);

// A value in short: text in quotes, anything else as JSON.
[[nodiscard]] std::string in_short(const Json& value, std::size_t characters_max = 60);

// Characters, not bytes.
[[nodiscard]] std::size_t characters_of(std::string_view text);

}  // namespace sz::tools
