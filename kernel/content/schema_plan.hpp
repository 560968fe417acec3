// SPDX-License-Identifier: AGPL-3.0-or-later
// A JSON Schema (draft-07), compiled once for two things that a validator library does not do:
// saying yes fast, and saying in a person's words what is wrong. It knows the keywords that our
// schemas use; `is_complete` tells whether that is all of a schema.
//
// Where it knows all keywords it must agree with valijson on every value: tests/schemas compares
// them.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/content/pointer.hpp"
#include "kernel/content/schema_pattern.hpp"

namespace sz {

// One disagreement between a value and its schema.
struct SchemaFault {
    std::string pointer;
    std::string message;
    std::string hint;
};

// One place of a schema.
struct SchemaNode {
    struct Property {
        std::string name;
        const SchemaNode* node;  // null: any value
        bool is_required;
    };
    struct Range {
        double low = -std::numeric_limits<double>::infinity(),
               high = std::numeric_limits<double>::infinity();
        bool excludes_low = false, excludes_high = false;
    };
    struct Size {
        std::size_t min = 0, max = std::numeric_limits<std::size_t>::max();
    };

    bool never = false;                 // the schema `false`
    std::optional<std::uint8_t> types;  // bits of TypeBit
    std::vector<Property> properties;   // by name, in byte order
    bool has_properties = false;        // of its own, not only required ones
    bool is_closed = false;             // "additionalProperties": false
    bool is_open = false;  // "additionalProperties" says true or how: no key is unknown
    const SchemaNode* additional = nullptr;
    const SchemaNode* property_names = nullptr;
    const SchemaNode* items = nullptr;
    std::vector<const SchemaNode*> all_of, any_of, one_of;
    std::vector<Json> allowed;  // "enum" or "const"
    bool has_allowed = false;
    std::optional<Range> range;
    std::optional<Size> text_size, item_count, member_count;
    std::optional<SchemaPattern> pattern;
    std::string title, description;
};

enum TypeBit : std::uint8_t {
    type_null = 1,
    type_boolean = 2,
    type_integer = 4,
    type_number = 8,
    type_string = 16,
    type_array = 32,
    type_object = 64
};

class SchemaPlan {
  public:
    // Another schema document that a "$ref" names ("definitions.json"), or null. Only asked while
    // compiling.
    using Documents = std::function<const Json*(std::string_view name)>;

    // SZ-SCHEMA-002: `schema` is no schema. Unknown keywords are no error: see is_complete.
    [[nodiscard]] static Result<SchemaPlan> compile(const Json& schema,
                                                    const Documents& documents = {});

    [[nodiscard]] bool is_complete() const noexcept { return is_complete_; }

    // Does `value` fit? Sets `has_unknown` when an object has keys that its schema does not name.
    // [any-thread]
    [[nodiscard]] bool accepts(const Json& value, bool& has_unknown) const;

    // What is wrong, most important first at each place; pointers begin at `base`. Empty if the
    // value fits. [any-thread]
    [[nodiscard]] std::vector<SchemaFault> explain(const Json& value, std::string base = {}) const;

    // The keys that the schema does not name, each as a fault. [any-thread]
    [[nodiscard]] std::vector<SchemaFault> unknown_keys(const Json& value,
                                                        std::string base = {}) const;

    // The same as `accepts` for one place of a schema.
    [[nodiscard]] static bool fits(const SchemaNode& node, const Json& value);

  private:
    friend class SchemaCompiler;
    SchemaPlan() = default;

    std::vector<std::unique_ptr<SchemaNode>> nodes_;
    const SchemaNode* root_ = nullptr;
    bool is_complete_ = true;
};

// "text", "a number", … for a person.
[[nodiscard]] std::string value_kind(const Json& value);

// The word of `known` that `word` was probably meant to be, or nothing.
[[nodiscard]] std::optional<std::string> nearest_word(std::string_view word,
                                                      const std::vector<std::string>& known);

}  // namespace sz
