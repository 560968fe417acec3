// SPDX-License-Identifier: AGPL-3.0-or-later
// What several field types need: limits, the default of a definition, the description of
// operations.
#pragma once

#include <sz/cpp/json.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

namespace fields {

using sz::plugin::Change;
using sz::plugin::Fault;
using sz::plugin::invalid;
using sz::plugin::Json;
using sz::plugin::JsonField;
using sz::plugin::JsonFieldType;
using sz::plugin::member_or;
using sz::plugin::Operation;
using sz::plugin::Result;

inline constexpr std::size_t text_bytes_max = std::size_t{1} << 20;
inline constexpr std::size_t id_bytes_max = 128;
inline constexpr std::size_t items_max = 10'000;

// The definition's member, or null.
[[nodiscard]] const Json& option(const Json& definition, const char* name);

// An option that must be text, a boolean or an object, and is not. SZ-FIELD-104.
[[nodiscard]] Fault wrong_option(const Json& definition, std::string_view option,
                                 std::string_view wanted);

// What was given, for a message: "text", "a number", …
[[nodiscard]] std::string_view kind_of(const Json& value);

// An id inside a pack or a list: letters, digits, '-', '_', '.', at most id_bytes_max bytes; not
// "." or "..".
[[nodiscard]] bool is_id(std::string_view text);

// A JSON pointer's step for `key`: "/a~1b".
[[nodiscard]] std::string step(std::string_view key);

// "x", quoted and cut to a length that a sentence can carry.
[[nodiscard]] std::string in_quotes(std::string_view text);

// One argument of an operation, for describe().
struct Argument {
    const char* name;
    const char* title;
    Json schema;
};
// One operation, for describe(). `relative` operations commute.
[[nodiscard]] Json describe_operation(const char* name, const char* summary,
                                      std::initializer_list<Argument> args,
                                      bool is_relative = false);

// For values that may be empty (null): set, clear and reset. "set" to null empties the field
// whatever its default is.
[[nodiscard]] Result<Change> change_nullable(const JsonFieldType& type, const JsonField& field,
                                             const Json& value, const Operation& operation,
                                             bool has_clear);

// A JSON text of a string that stands as nlohmann would write it, with no escapes but those for the
// characters of `escapes` (a list of letters behind the backslash), no control character, valid
// UTF-8.
[[nodiscard]] bool is_canonical_string(std::string_view json, std::string_view escapes);

// Does the definition's text surely have none of these options? A look at the letters, no parsing:
// "no" may be wrong, "yes" not.
[[nodiscard]] bool surely_lacks(std::string_view definition,
                                std::initializer_list<std::string_view> options);

}  // namespace fields
