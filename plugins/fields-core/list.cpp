// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include <set>

#include "items.hpp"
#include "nested.hpp"

namespace fields {

namespace {

// What the definition says about items.
struct Rules {
    Json item;  // the definition of one item
    std::optional<std::uint64_t> min, max;
    bool is_unique = false;
};

Result<Rules> rules_of(const Json& definition) {
    Rules rules;
    const Json& type = option(definition, "itemType");
    const Json& link = option(definition, "datasetLink");
    if (type.is_string())
        rules.item = Json{{"type", type}};
    else if (type.is_object())
        rules.item = type;
    else if (!type.is_null())
        return wrong_option(definition, "itemType",
                            "the definition of an item, such as {\"type\": \"Text\"}");
    else
        rules.item = Json{{"type", link.is_null() ? "Text" : "DatasetLink"}};
    if (!member_or(rules.item, "type", std::string()).empty()) {
        if (!link.is_null() && !rules.item.contains("datasetLink"))
            rules.item["datasetLink"] = link;
    } else {
        return wrong_option(definition, "itemType",
                            "the definition of an item, such as {\"type\": \"Text\"}");
    }
    for (const auto& [name, bound] : {std::pair("min", &rules.min), std::pair("max", &rules.max)}) {
        const Json& count = option(definition, name);
        if (count.is_null()) continue;
        if (!count.is_number_unsigned())
            return wrong_option(definition, name, "a whole number from 0");
        *bound = count.get<std::uint64_t>();
    }
    if (rules.min && rules.max && *rules.max < *rules.min)
        return wrong_option(definition, "max", "at least \"min\"");
    rules.is_unique = member_or(definition, "unique", false);
    return rules;
}

// Where `value` stands in the list already, passing over the item `except`.
std::optional<std::size_t> find_value(const Json& items, const Json& value, std::size_t except) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != except && option(items[i], "value") == value) return i;
    }
    return std::nullopt;
}

std::optional<Fault> repeated(const Rules& rules, const Json& items, const Json& value,
                              std::size_t except) {
    if (!rules.is_unique || !find_value(items, value, except)) return std::nullopt;
    return invalid("SZ-FIELD-143", "The list has this item already, and each may stand there once.",
                   "Choose another item.");
}

void check_items(const JsonField& field, const Rules& rules, const Json& items,
                 const std::vector<Item>& given) {
    if (rules.max && items.size() > *rules.max) {
        field.findings
            .error("SZ-FIELD-144", "The list has " + std::to_string(items.size()) +
                                       " items; the field takes " + std::to_string(*rules.max) +
                                       ".")
            .hint("Take some out.");
    }
    if (rules.min && items.size() < *rules.min) {  // not an error: a new character's list is empty
        field.findings
            .warning("SZ-FIELD-145", "The list has " + std::to_string(items.size()) +
                                         " items; the field wants " + std::to_string(*rules.min) +
                                         ".")
            .hint("Put more in.");
    }
    if (!rules.is_unique) return;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (seen.insert(items[i]["value"].dump()).second) continue;
        field.findings
            .error("SZ-FIELD-143",
                   "The item stands in the list twice, and each may stand there once.")
            .at(given[i].pointer)
            .hint("Take one of them out.");
    }
}

}  // namespace

Json List::describe() const {
    Json operations = Json::array();
    add_item_operations(operations, list_item, Json::object());
    const Json id{{"type", "string"}};
    operations.push_back(describe_operation("set", "Replaces an item.",
                                            {{"id", "Id", id}, {"value", "Item", Json::object()}}));
    operations.push_back(describe_operation("apply",
                                            "Changes an item by an operation of its own type.",
                                            {{"id", "Id", id},
                                             {"op", "Operation", {{"type", "string"}}},
                                             {"args", "Arguments", {{"type", "array"}}}}));
    const Json count{{"type", "integer"}, {"minimum", 0}};
    return {{"title", "List"},
            {"summary", "Items of one type in an order."},
            {"default", Json::array()},
            {"editor", "list"},
            {"references", "inside"},
            {"options",
             {{"type", "object"},
              {"properties",
               {{"itemType",
                 {{"type", Json::array({"object", "string"})},
                  {"title", "What an item is; text if left out"}}},
                {"datasetLink",
                 {{"type", "object"}, {"title", "The dataset whose entries are the items"}}},
                {"unique", {{"type", "boolean"}, {"title", "Each item may stand there once"}}},
                {"min", count},
                {"max", count}}}}},
            {"operations", operations}};
}

Result<Json> List::normalize(const JsonField& field, const Json& value) const {
    const Result<Rules> rules = rules_of(field.definition);
    if (!rules) return rules.error();
    const Json& wanted = value.is_null() ? option(field.definition, "defaultValue") : value;
    if (wanted.is_null()) return Json::array();
    const Result<std::vector<Item>> given = read_items(field, wanted, list_item);
    if (!given) return given.error();
    Json items = Json::array();
    for (const Item& one : *given) {
        Result<Json> inner = normalize_inner(field, rules->item, *one.payload, one.pointer);
        if (inner)
            items.push_back(make_item(list_item, one.id, *std::move(inner)));
        else if (inner.error().status == SZ_ERR_LIMIT)
            return inner.error();  // the items behind it would be refused as well
        else
            report_inner(field, inner.error());
    }
    if (items.size() != given->size()) return sz::plugin::fault(SZ_ERR_INVALID);
    check_items(field, *rules, items, *given);
    return items;
}

Result<Change> List::apply(const JsonField& field, const Json& value,
                           const Operation& operation) const {
    const Result<Rules> rules = rules_of(field.definition);
    if (!rules) return rules.error();
    if (!value.is_array()) return not_items(value, list_item);
    const std::string& op = operation.op;
    if (op == "insert") {
        if (value.size() >= rules->max.value_or(items_max)) {
            return invalid("SZ-FIELD-144",
                           "The list is full: it takes " +
                               std::to_string(rules->max.value_or(items_max)) + " items.",
                           "Take one out first.");
        }
        Result<Json> item = normalize_inner(field, rules->item, operation.arg(0), "");
        if (!item) return item.error();
        if (const auto wrong = repeated(*rules, value, *item, value.size())) return *wrong;
        return insert_item(value, *std::move(item), operation, list_item);
    }
    if (op == "remove") {
        if (rules->min && value.size() <= *rules->min) {
            return invalid("SZ-FIELD-145",
                           "The list wants at least " + std::to_string(*rules->min) + " items.",
                           "Put another in first, or replace this one.");
        }
        return remove_item(value, operation, list_item);
    }
    if (op == "move") return move_item(value, operation, list_item);
    if (op == "set" || op == "apply") return change_item(field, value, operation);
    if (op == "assign" || op == "reset") {
        Result<Json> after =
            op == "reset"
                ? normalize(field, Json())
                : normalize(field, operation.arg(0).is_null() ? Json::array() : operation.arg(0));
        if (!after) return after.error();
        return assign(value, *std::move(after));
    }
    return JsonFieldType::apply(field, value, operation);  // says that it is not known
}

Result<Change> List::change_item(const JsonField& field, const Json& value,
                                 const Operation& operation) {
    const Result<Rules> rules = rules_of(field.definition);
    if (!rules) return rules.error();
    const Result<std::size_t> index = item_of(value, operation, list_item);
    if (!index) return index.error();
    const Json& before = option(value[*index], "value");
    const Json& id = operation.arg(0);
    Json after;
    Json inverse;
    bool is_relative = false;
    if (operation.op == "set") {
        Result<Json> item = normalize_inner(field, rules->item, operation.arg(1), "");
        if (!item) return item.error();
        after = *std::move(item);
        inverse = Json{{"op", "set"}, {"args", Json::array({id, before})}};
    } else {
        Result<InnerChange> inner = apply_inner(field, rules->item, before, operation, 1);
        if (!inner) return inner.error();
        after = std::move(inner->value);
        inverse =
            Json{{"op", "apply"},
                 {"args",
                  Json::array({id, option(inner->inverse, "op"), option(inner->inverse, "args")})}};
        is_relative = inner->is_relative;
    }
    if (const auto wrong = repeated(*rules, value, after, *index)) return *wrong;
    Change change = replace_item(value, *index, std::move(after), std::move(inverse), list_item);
    change.relative = is_relative;
    return change;
}

Result<std::string> List::format(const JsonField& field, const Json& value,
                                 std::string_view locale) const {
    const Result<Rules> rules = rules_of(field.definition);
    if (!rules) return rules.error();
    std::string text;
    for (const Json& item : value) {
        text += (text.empty() ? "" : ", ") +
                format_inner(field, rules->item, option(item, "value"), locale);
    }
    return text;
}

Result<std::string> List::search_text(const JsonField& field, const Json& value) const {
    const Result<Rules> rules = rules_of(field.definition);
    if (!rules) return rules.error();
    std::string text;
    for (const Json& item : value) {
        const std::string more = search_inner(field, rules->item, option(item, "value"));
        if (!more.empty()) text += (text.empty() ? "" : "\n") + more;
    }
    return text;
}

Result<Json> List::references(const JsonField& field, const Json& value) const {
    const Result<Rules> rules = rules_of(field.definition);
    if (!rules) return rules.error();
    Json out = Json::array();
    for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        add_references(field, rules->item, option(value[i], "value"),
                       step(std::to_string(i)) + "/value", out);
    }
    return out;
}

}  // namespace fields
