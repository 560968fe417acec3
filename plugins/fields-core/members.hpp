// SPDX-License-Identifier: AGPL-3.0-or-later
// Values by name, each declared by a field definition: the members of a Group, the cells of a row.
#pragma once

#include <optional>
#include <vector>

#include "common.hpp"

namespace fields {

// What declares the members, and what they are called.
struct MemberKind {
    const char* option;  // "fields", "columns"
    const char* noun;    // "field", "column"
};
inline constexpr MemberKind group_fields{"fields", "field"};
inline constexpr MemberKind table_columns{"columns", "column"};

struct Member {
    std::string id, name;
    const Json* definition;
};
using Members = std::vector<Member>;

// The members that the definition declares; none when it is silent. SZ-FIELD-104.
[[nodiscard]] Result<Members> members_of(const Json& definition, const MemberKind& kind);

// A member by its id, or by its name whatever its case.
[[nodiscard]] const Member* find_member(const Members& members, std::string_view key);

// Every declared member, by id: canonical, or its default where it is missing. `pointer` is the
// place of `value`. SZ-FIELD-180 not an object, 181 a member that is not declared. All faults are
// reported.
[[nodiscard]] Result<Json> normalize_members(const JsonField& field, const Members& members,
                                             const Json& value, const std::string& pointer,
                                             const MemberKind& kind);

// A change of one member. `inverse` holds what follows the member's name (and the row's id before
// it).
struct MemberChange {
    Json values;  // all members, with the change
    std::string member;
    Json inverse;  // {"op": "set", "args": [MEMBER, value]} or {"op": "apply", "args": [MEMBER, op,
                   // args]}
    bool is_relative = false;
};
// "set" [MEMBER, value] and "apply" [MEMBER, op, args]; MEMBER is argument number `first`.
[[nodiscard]] Result<MemberChange> change_member(const JsonField& field, const Members& members,
                                                 const Json& values, const Operation& operation,
                                                 std::size_t first, const MemberKind& kind);

// The non-empty members in one line, "Name: value".
[[nodiscard]] std::string format_members(const JsonField& field, const Members& members,
                                         const Json& values, std::string_view locale);
void add_search_text(const JsonField& field, const Members& members, const Json& values,
                     std::string& out);
void add_member_references(const JsonField& field, const Members& members, const Json& values,
                           const std::string& pointer, Json& out);

}  // namespace fields
