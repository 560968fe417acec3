// SPDX-License-Identifier: AGPL-3.0-or-later
// JSON text to a value, with the checks that the JSON library does not make itself.
#pragma once

#include <optional>
#include <string>

#include "source.hpp"

namespace datasworn {

struct Parsed {
    std::optional<Json> value;
    bool is_cancelled = false;
    // Why there is none: "is not valid JSON", and where.
    std::string_view code;
    std::string problem;
    std::string pointer;
    std::optional<std::size_t> offset;
};

[[nodiscard]] Parsed parse_json(std::string_view text, const std::function<bool()>& go_on);

}  // namespace datasworn
