// SPDX-License-Identifier: AGPL-3.0-or-later
// Lists of things with an id: the items of a List, the rows of a Table. Their edits name ids and
// not places, so that two people who edit different items do not disturb each other.
#pragma once

#include <optional>
#include <vector>

#include "common.hpp"

namespace fields {

// A thing is {"id": text, payload: anything}.
struct ItemKind {
    const char* payload;  // "value", "cells"
    const char* noun;     // "item", "row"
    const char* article;  // "an item", "a row"
};
inline constexpr ItemKind list_item{"value", "item", "an item"};
inline constexpr ItemKind table_row{"cells", "row", "a row"};

struct Item {
    std::string id;
    const Json* payload;  // as it was given
    std::string pointer;  // of the payload
};

// Items as they are given: with ids, or plain values, which are numbered. SZ-FIELD-140 not a list,
// 144 too many. Ids that are malformed (141) or stand there twice (142) are reported, all of them.
[[nodiscard]] Result<std::vector<Item>> read_items(const JsonField& field, const Json& value,
                                                   const ItemKind& kind);

// SZ-FIELD-140.
[[nodiscard]] Fault not_items(const Json& value, const ItemKind& kind);

[[nodiscard]] Json make_item(const ItemKind& kind, const std::string& id, Json payload);

[[nodiscard]] std::optional<std::size_t> find_item(const Json& items, std::string_view id);

// The item that the operation's first argument names. SZ-FIELD-146.
[[nodiscard]] Result<std::size_t> item_of(const Json& items, const Operation& operation,
                                          const ItemKind& kind);

// The edits. `payload` is canonical. Arguments: insert [payload, position?, id?], move [id, to],
// remove [id].
[[nodiscard]] Result<Change> insert_item(const Json& items, Json payload,
                                         const Operation& operation, const ItemKind& kind);
[[nodiscard]] Result<Change> remove_item(const Json& items, const Operation& operation,
                                         const ItemKind& kind);
[[nodiscard]] Result<Change> move_item(const Json& items, const Operation& operation,
                                       const ItemKind& kind);
[[nodiscard]] Change replace_item(const Json& items, std::size_t index, Json payload, Json inverse,
                                  const ItemKind& kind);

// The whole value at once; taken back by the operation "assign", which every type with items or
// members has.
[[nodiscard]] Change assign(const Json& before, Json after);

// describe() of insert, remove, move, assign and reset.
void add_item_operations(Json& operations, const ItemKind& kind, const Json& payload_schema);

}  // namespace fields
