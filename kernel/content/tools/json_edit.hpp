// SPDX-License-Identifier: AGPL-3.0-or-later
// Changes of a JSON text that leave everything else as its author wrote it: order, indentation,
// unknown keys.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sz::tools {

struct JsonEdit {
    enum class Kind : std::uint8_t {
        rename,  // the member at `pointer` is called `key` from now on
        set,     // the value at `pointer` is `value`
        add,     // the object at `pointer` gains `key` with `value`
    } kind;
    std::string pointer;
    std::string key;
    nlohmann::json value;
    std::string behind;  // add: behind this member if it is there, else as the first
};

// All edits at once; each pointer means the text as it is before. Nothing when a pointer leads
// nowhere. `text` must be JSON that parse_json takes.
[[nodiscard]] std::optional<std::string> apply_edits(std::string_view text,
                                                     const std::vector<JsonEdit>& edits);

}  // namespace sz::tools
