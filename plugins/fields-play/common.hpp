// SPDX-License-Identifier: AGPL-3.0-or-later
// The SDK's words in this plugin's namespace, and what several of its types need.
#pragma once

#include <sz/cpp/fields.hpp>

#include <cstdint>
#include <optional>

namespace play {

using sz::plugin::Change;
using sz::plugin::change_nullable;
using sz::plugin::Decimal;
using sz::plugin::decimal_of;
using sz::plugin::DecimalFault;
using sz::plugin::describe_operation;
using sz::plugin::Fault;
using sz::plugin::id_bytes_max;
using sz::plugin::in_quotes;
using sz::plugin::invalid;
using sz::plugin::is_id;
using sz::plugin::Json;
using sz::plugin::json_of;
using sz::plugin::JsonField;
using sz::plugin::JsonFieldType;
using sz::plugin::kind_of;
using sz::plugin::member_or;
using sz::plugin::Operation;
using sz::plugin::option;
using sz::plugin::Result;
using sz::plugin::set_change;
using sz::plugin::step;
using sz::plugin::text_or_null;
using sz::plugin::typed_number;
using sz::plugin::wrong_number;
using sz::plugin::wrong_option;

// SZ-FIELD-103.
[[nodiscard]] inline Fault wrong_arguments(const Operation& operation, std::string_view wanted,
                                           std::string hint = {}) {
    return invalid("SZ-FIELD-103",
                   "The operation \"" + operation.op + "\" wants " + std::string(wanted) + ".",
                   std::move(hint));
}

// The value to normalise: what was given, or the definition's default.
[[nodiscard]] inline const Json& given_or_default(const Json& definition, const Json& value) {
    return value.is_null() ? option(definition, "defaultValue") : value;
}

// Members that the value of a type does not have: SZ-FIELD-106, warnings.
inline void warn_of_others(const JsonField& field, const Json& value,
                           std::initializer_list<std::string_view> known, const char* of_what,
                           const std::string& pointer = {}) {
    for (const auto& [name, ignored] : value.items()) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        field.findings
            .warning("SZ-FIELD-106",
                     std::string(of_what) + " has no " + in_quotes(name) + "; it is left out.")
            .at(pointer + step(name));
    }
}

// A whole number of JSON in a range, or nothing.
[[nodiscard]] inline std::optional<std::int64_t> whole_in(const Json& value, std::int64_t least,
                                                          std::int64_t most) {
    const auto number = decimal_of(value);
    if (!number || !number->is_whole()) return std::nullopt;
    const std::int64_t whole = number->whole();
    if (whole < least || whole > most) return std::nullopt;
    return whole;
}

}  // namespace play
