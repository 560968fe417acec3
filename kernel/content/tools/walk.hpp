// SPDX-License-Identifier: AGPL-3.0-or-later
// Ways through the objects of a pack. A visitor is given what it meets and the JSON pointer to it.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "kernel/content/pack_check.hpp"
#include "kernel/content/pointer.hpp"

namespace sz::tools {

// A member, or null when it is missing or `holder` is no object.
[[nodiscard]] const Json& member(const Json& holder, const char* key);

// "", [], {} and null.
[[nodiscard]] bool is_empty_value(const Json& value);

using VisitEntry =
    std::function<void(const std::string& id, const Json& entry, const std::string& pointer)>;
void for_each_entry(const PackObject& object, const VisitEntry& visit);

// The fields of an entry. `path` is "damage" or "stats.rarity"; `pointer` begins with `from`.
using VisitField =
    std::function<void(const std::string& path, const Json& field, const std::string& pointer)>;
void for_each_field(const Json& entry, const std::string& from, const VisitField& visit);

// The fields of a template, "section.group.field".
void for_each_template_field(const PackObject& object, const VisitField& visit);

// Every definition of a field: of templates, of entries (beside a value), and those inside them
// (`is_inside`), whose path is that of the outermost.
struct Definition {
    const Json& json;
    std::string path, pointer;
    bool is_in_template, is_inside;
};
void for_each_definition(const PackObject& object,
                         const std::function<void(const Definition&)>& visit);

// Every text that people read: "name", "description", "help" and the like wherever they stand, and
// the values of Text and MultiText.
struct ReadText {
    const std::string& text;
    std::string pointer;
    enum class Kind : std::uint8_t { name, line, markdown } kind;
};
void for_each_text(const Json& json, const std::function<void(const ReadText&)>& visit);

}  // namespace sz::tools
