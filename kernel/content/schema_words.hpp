// SPDX-License-Identifier: AGPL-3.0-or-later
// What is wrong with a value, in a person's words.
#pragma once

#include <string>
#include <vector>

#include "kernel/content/schema_plan.hpp"

namespace sz {

// At most this much of a value is quoted in a message.
inline constexpr std::size_t quoted_bytes_max = 60;

// “text”, cut at a character when it is long; control characters become spaces.
[[nodiscard]] std::string quote(std::string_view text);

}  // namespace sz
