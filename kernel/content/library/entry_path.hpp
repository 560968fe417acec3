// SPDX-License-Identifier: AGPL-3.0-or-later
// An entry's field by its path: EntryName.FieldName or EntryName.GroupName.FieldName, by ids or
// names, shorter where that is unambiguous, without regard to case where that is unambiguous. Names
// may contain dots.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/content/library/catalogue.hpp"

namespace sz::library {

// A field inside an entry's JSON.
struct FieldPlace {
    std::string group, field;    // ids; group is empty for a top-level field
    const Json* json = nullptr;  // {"type","value",…}, inside the entry
};

// All fields of an entry that `path` ("field", "group.field") may mean, of the best kind of match:
// ids, names, either without regard to case; a top-level field before one of a group.
[[nodiscard]] std::vector<FieldPlace> fields_at(const Json& entry, std::string_view path,
                                                const Words& words);

// The field of these ids (group empty: a top-level field), or null.
[[nodiscard]] const Json* field_in(const Json& entry, const std::string& group,
                                   const std::string& field);

struct FoundField {
    EntryRow entry;
    std::string group, field;
    Json json;
};

// SZ-LIB-004 no such entry, 005 no such field (lists those there are), 002 several (lists them).
[[nodiscard]] Result<FoundField> field_at(const Catalogue& catalogue, const PackRow& pack,
                                          const ObjectRow& dataset, std::string_view path,
                                          const Words& words);

}  // namespace sz::library
