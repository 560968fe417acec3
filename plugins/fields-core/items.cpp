// SPDX-License-Identifier: AGPL-3.0-or-later
#include "items.hpp"

#include <algorithm>
#include <set>

namespace fields {

namespace {

// Does it have the canonical form of an item, rather than being a plain value?
bool is_item(const Json& value, const ItemKind& kind) {
    return value.is_object() && value.size() == 2 && value.contains("id") &&
           value.contains(kind.payload);
}

Result<std::size_t> place_of(const Json& argument, std::size_t end) {
    if (argument.is_null()) return end;
    if (!argument.is_number_unsigned()) {
        return invalid(
            "SZ-FIELD-147",
            "A position is a whole number from 0, not " + in_quotes(argument.dump()) + ".",
            "Leave the position out to mean the end.");
    }
    // Past the end means the end: the list may have become shorter since it was looked at.
    return static_cast<std::size_t>(std::min<std::uint64_t>(argument.get<std::uint64_t>(), end));
}

}  // namespace

Result<std::vector<Item>> read_items(const JsonField& field, const Json& value,
                                     const ItemKind& kind) {
    if (!value.is_array()) return not_items(value, kind);
    const std::string noun = kind.noun;
    if (value.size() > items_max) {
        return invalid("SZ-FIELD-144", "The list has more than 10000 " + noun + "s.",
                       "Split it over several fields.");
    }
    std::vector<Item> items;
    std::set<std::string> taken;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string here = step(std::to_string(i));
        if (!is_item(value[i], kind)) {
            items.push_back({"", &value[i], here});
            continue;
        }
        const std::string id = member_or(value[i], "id", std::string());
        if (!is_id(id)) {
            field.findings
                .error("SZ-FIELD-141", "The id " + in_quotes(value[i]["id"].dump()) + " of " +
                                           kind.article + " is malformed.")
                .at(here + "/id")
                .hint("An id is text of letters, digits, \"-\", \"_\" and \".\".");
        } else if (!taken.insert(id).second) {
            field.findings
                .error("SZ-FIELD-142", "Two " + noun + "s have the id " + in_quotes(id) + ".")
                .at(here + "/id")
                .hint("Give each its own id, or leave the ids out.");
        }
        items.push_back({id, &value[i][kind.payload], here + step(kind.payload)});
    }
    std::size_t number = 0;
    for (Item& item : items) {
        if (!item.id.empty()) continue;
        do {
            item.id = std::to_string(++number);
        } while (!taken.insert(item.id).second);
    }
    return items;
}

Fault not_items(const Json& value, const ItemKind& kind) {
    return invalid("SZ-FIELD-140", "A list belongs here, not " + std::string(kind_of(value)) + ".",
                   "Write the " + std::string(kind.noun) + "s between [ and ].");
}

Json make_item(const ItemKind& kind, const std::string& id, Json payload) {
    return Json{{"id", id}, {kind.payload, std::move(payload)}};
}

std::optional<std::size_t> find_item(const Json& items, std::string_view id) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Json& found = option(items[i], "id");
        if (found.is_string() && found.get_ref<const std::string&>() == id) return i;
    }
    return std::nullopt;
}

Result<std::size_t> item_of(const Json& items, const Operation& operation, const ItemKind& kind) {
    const Json& id = operation.arg(0);
    const std::string noun = kind.noun;
    if (!id.is_string()) {
        return invalid("SZ-FIELD-103",
                       "The operation " + in_quotes(operation.op) + " wants the id of " +
                           kind.article + " first.",
                       "Look the id up in the value of the field.");
    }
    const auto found = find_item(items, id.get_ref<const std::string&>());
    if (found) return *found;
    Fault wrong = invalid(
        "SZ-FIELD-146",
        "There is no " + noun + " with the id " + in_quotes(id.get_ref<const std::string&>()) + ".",
        "It may have been removed since; look at the list again.");
    wrong.status = SZ_ERR_NOT_FOUND;
    return wrong;
}

Result<Change> insert_item(const Json& items, Json payload, const Operation& operation,
                           const ItemKind& kind) {
    const Result<std::size_t> at = place_of(operation.arg(1), items.size());
    if (!at) return at.error();
    const Json& given = operation.arg(2);
    const std::string id = given.is_string() ? given.get<std::string>() : operation.key;
    if ((!given.is_null() && !given.is_string()) || !is_id(id)) {
        return invalid("SZ-FIELD-141", "The new " + std::string(kind.noun) + " has no usable id.",
                       "Give one as the third argument: letters, digits, \"-\", \"_\" and \".\".");
    }
    if (find_item(items, id)) {
        Fault wrong = invalid(
            "SZ-FIELD-142",
            "There is " + std::string(kind.article) + " with the id " + in_quotes(id) + " already.",
            "Give another id as the third argument, or none.");
        wrong.status = SZ_ERR_CONFLICT;
        return wrong;
    }
    return Change{{{"insert", {{"at", *at}, {"item", make_item(kind, id, std::move(payload))}}}},
                  {{"op", "remove"}, {"args", Json::array({id})}},
                  false,
                  {id}};
}

Result<Change> remove_item(const Json& items, const Operation& operation, const ItemKind& kind) {
    const Result<std::size_t> index = item_of(items, operation, kind);
    if (!index) return index.error();
    const std::string id = operation.arg(0).get<std::string>();
    return Change{{{"remove", {{"id", id}}}},
                  {{"op", "insert"},
                   {"args", Json::array({option(items[*index], kind.payload), *index, id})}},
                  false,
                  {id}};
}

Result<Change> move_item(const Json& items, const Operation& operation, const ItemKind& kind) {
    const Result<std::size_t> index = item_of(items, operation, kind);
    if (!index) return index.error();
    const Result<std::size_t> to = place_of(operation.arg(1), items.size() - 1);
    if (!to) return to.error();
    const std::string id = operation.arg(0).get<std::string>();
    return Change{{{"move", {{"id", id}, {"to", *to}}}},
                  {{"op", "move"}, {"args", Json::array({id, *index})}},
                  false,
                  {id}};
}

Change replace_item(const Json& items, std::size_t index, Json payload, Json inverse,
                    const ItemKind& kind) {
    const std::string id = member_or(items[index], "id", std::string());
    return {{{"replace", {{"id", id}, {"item", make_item(kind, id, std::move(payload))}}}},
            std::move(inverse),
            false,
            {id}};
}

Change assign(const Json& before, Json after) {
    return {{{"set", std::move(after)}},
            {{"op", "assign"}, {"args", Json::array({before})}},
            false,
            {}};
}

void add_item_operations(Json& operations, const ItemKind& kind, const Json& payload_schema) {
    const bool is_list = kind.payload == list_item.payload;
    const Json id{{"type", "string"}};
    const Json place{{"type", Json::array({"integer", "null"})}, {"minimum", 0}};
    operations.push_back(
        describe_operation("insert",
                           is_list ? "Puts in an item, at the end if no position is given."
                                   : "Puts in a row, at the end if no position is given.",
                           {{kind.payload, is_list ? "Item" : "Cells", payload_schema},
                            {"position", "Position, from 0", place},
                            {"id", "Id, made if left out", id}}));
    operations.push_back(describe_operation(
        "remove", is_list ? "Takes an item out." : "Takes a row out.", {{"id", "Id", id}}));
    operations.push_back(describe_operation(
        "move", is_list ? "Moves an item to another position." : "Moves a row to another position.",
        {{"id", "Id", id}, {"to", "Position, from 0, without it", place}}));
    operations.push_back(describe_operation(
        "assign", is_list ? "Replaces the whole list." : "Replaces the whole table.",
        {{"value", is_list ? "Items" : "Rows", {{"type", "array"}}}}));
    operations.push_back(describe_operation("reset", "Goes back to the default.", {}));
}

}  // namespace fields
