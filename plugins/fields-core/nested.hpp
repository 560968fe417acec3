// SPDX-License-Identifier: AGPL-3.0-or-later
// Values inside values: each belongs to a field type of its own, which is asked through the host.
#pragma once

#include "common.hpp"

namespace fields {

// The canonical form of a value inside this one; `pointer` is its place in this one. null stands
// for the emptiest value of its type, and not for the default: what was emptied on purpose stays
// empty. SZ-FIELD-105: no plugin offers the type, or too deep.
[[nodiscard]] Result<Json> normalize_inner(const JsonField& field, const Json& definition,
                                           const Json& value, const std::string& pointer);
// Reports the fault of a value inside this one, unless its own type has done so.
void report_inner(const JsonField& field, const Fault& wrong);

// The default of a value inside this one.
[[nodiscard]] Result<Json> default_inner(const JsonField& field, const Json& definition,
                                         const std::string& pointer);

// An operation on a value inside this one: its new value, and how to take it back.
struct InnerChange {
    Json value;
    Json inverse;  // {"op","args"}
    bool is_relative = false;
};
// Arguments of `operation` from `first` on are the name of the inner operation and its arguments.
[[nodiscard]] Result<InnerChange> apply_inner(const JsonField& field, const Json& definition,
                                              const Json& value, const Operation& operation,
                                              std::size_t first);

// As in sz_field_type. JSON text where the type is not there.
[[nodiscard]] std::string format_inner(const JsonField& field, const Json& definition,
                                       const Json& value, std::string_view locale);
[[nodiscard]] std::string search_inner(const JsonField& field, const Json& definition,
                                       const Json& value);
// Adds the references of a value inside this one, with `pointer` before theirs.
void add_references(const JsonField& field, const Json& definition, const Json& value,
                    const std::string& pointer, Json& out);

// What an effect (ext/field_type.h) makes of a value.
[[nodiscard]] Result<Json> with_effect(Json value, const Json& effect);

}  // namespace fields
