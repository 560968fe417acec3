// SPDX-License-Identifier: AGPL-3.0-or-later
// What of an entry can be found: its name, its description, its tags, and whatever each field's
// type gives for its value.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>

#include "kernel/base/json.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::library {

// The definition of a dataset entry's field: everything that stands beside its value.
[[nodiscard]] Json definition_of(const Json& field);

// The same of a translated entry: its name first, then all that it says.
[[nodiscard]] std::string translated_text(const Json& entry);

class EntryText {
  public:
    explicit EntryText(const FieldTypes& fields) : fields_(fields) {}

    // Lines: the name first, then the rest, up to limits::entry_text_bytes_max: what stands further
    // back is not found by search.
    [[nodiscard]] std::string of(const Json& entry);

  private:
    [[nodiscard]] bool is_full() const noexcept;
    void add(std::string_view text);
    void add_fields(const Json& fields);
    void add_field(const Json& field);

    const FieldTypes& fields_;
    // What was asked before, by field_key.hpp: "Common", 3, true come again and again.
    std::unordered_map<std::string, std::string> texts_;
    std::string text_;
};

}  // namespace sz::library
