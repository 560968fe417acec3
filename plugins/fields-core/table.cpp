// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include "items.hpp"
#include "members.hpp"
#include "nested.hpp"

namespace fields {

Json Table::describe() const {
    const Json text{{"type", "string"}};
    Json operations = Json::array();
    add_item_operations(operations, table_row, {{"type", "object"}});
    operations.push_back(describe_operation(
        "set", "Sets one cell.",
        {{"id", "Row", text}, {"column", "Column", text}, {"value", "Value", Json::object()}}));
    operations.push_back(describe_operation("apply",
                                            "Changes one cell by an operation of its own type.",
                                            {{"id", "Row", text},
                                             {"column", "Column", text},
                                             {"op", "Operation", text},
                                             {"args", "Arguments", {{"type", "array"}}}}));
    return {
        {"title", "Table"},
        {"summary", "Rows of the same columns."},
        {"default", Json::array()},
        {"editor", "table"},
        {"references", "inside"},
        {"options",
         {{"type", "object"},
          {"properties",
           {{"columns",
             {{"type", "array"}, {"items", {{"type", "object"}}}, {"title", "The columns"}}}}}}},
        {"operations", operations}};
}

Result<Json> Table::normalize(const JsonField& field, const Json& value) const {
    const Result<Members> columns = members_of(field.definition, table_columns);
    if (!columns) return columns.error();
    const Json& wanted = value.is_null() ? option(field.definition, "defaultValue") : value;
    if (wanted.is_null()) return Json::array();
    const Result<std::vector<Item>> given = read_items(field, wanted, table_row);
    if (!given) return given.error();
    Json rows = Json::array();
    for (const Item& row : *given) {
        Result<Json> cells =
            normalize_members(field, *columns, *row.payload, row.pointer, table_columns);
        if (cells)
            rows.push_back(make_item(table_row, row.id, *std::move(cells)));
        else if (cells.error().status == SZ_ERR_LIMIT && cells.error().message.empty())
            return cells.error();  // the rows behind it would meet the host's limit too
        else
            report_inner(field, cells.error());
    }
    if (rows.size() != given->size()) return sz::plugin::fault(SZ_ERR_INVALID);
    return rows;
}

Result<Change> Table::apply(const JsonField& field, const Json& value,
                            const Operation& operation) const {
    const Result<Members> columns = members_of(field.definition, table_columns);
    if (!columns) return columns.error();
    if (!value.is_array()) return not_items(value, table_row);
    const std::string& op = operation.op;
    if (op == "insert") {
        if (value.size() >= items_max) {
            return invalid("SZ-FIELD-144",
                           "The table is full: it takes " + std::to_string(items_max) + " rows.",
                           "Take one out first.");
        }
        const Json none = Json::object();
        Result<Json> cells =
            normalize_members(field, *columns, operation.arg(0).is_null() ? none : operation.arg(0),
                              "", table_columns);
        if (!cells) return cells.error();
        return insert_item(value, *std::move(cells), operation, table_row);
    }
    if (op == "remove") return remove_item(value, operation, table_row);
    if (op == "move") return move_item(value, operation, table_row);
    if (op == "set" || op == "apply") {
        const Result<std::size_t> index = item_of(value, operation, table_row);
        if (!index) return index.error();
        Result<MemberChange> cell = change_member(field, *columns, option(value[*index], "cells"),
                                                  operation, 1, table_columns);
        if (!cell) return cell.error();
        Json inverse = std::move(cell->inverse);
        inverse["args"].insert(inverse["args"].begin(), operation.arg(0));
        Change change =
            replace_item(value, *index, std::move(cell->values), std::move(inverse), table_row);
        change.relative = cell->is_relative;
        return change;
    }
    if (op == "assign" || op == "reset") {
        Result<Json> after = normalize(field, op == "reset"                ? Json()
                                              : operation.arg(0).is_null() ? Json::array()
                                                                           : operation.arg(0));
        if (!after) return after.error();
        return assign(value, *std::move(after));
    }
    return JsonFieldType::apply(field, value, operation);  // says that it is not known
}

Result<std::string> Table::format(const JsonField& field, const Json& value,
                                  std::string_view locale) const {
    const Result<Members> columns = members_of(field.definition, table_columns);
    if (!columns) return columns.error();
    std::string text;
    for (const Json& row : value) {
        text += (text.empty() ? "" : "; ") +
                format_members(field, *columns, option(row, "cells"), locale);
    }
    return text;
}

Result<std::string> Table::search_text(const JsonField& field, const Json& value) const {
    const Result<Members> columns = members_of(field.definition, table_columns);
    if (!columns) return columns.error();
    std::string text;
    for (const Json& row : value) add_search_text(field, *columns, option(row, "cells"), text);
    return text;
}

Result<Json> Table::references(const JsonField& field, const Json& value) const {
    const Result<Members> columns = members_of(field.definition, table_columns);
    if (!columns) return columns.error();
    Json out = Json::array();
    for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        add_member_references(field, *columns, option(value[i], "cells"),
                              step(std::to_string(i)) + "/cells", out);
    }
    return out;
}

}  // namespace fields
