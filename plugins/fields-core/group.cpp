// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include "items.hpp"
#include "members.hpp"

namespace fields {

Json Group::describe() const {
    const Json text{{"type", "string"}};
    return {
        {"title", "Group"},
        {"summary", "Several fields that belong together."},
        {"default", Json::object()},
        {"editor", "group"},
        {"references", "inside"},
        {"options",
         {{"type", "object"},
          {"properties",
           {{"fields",
             {{"type", "array"}, {"items", {{"type", "object"}}}, {"title", "The fields"}}}}}}},
        {"operations",
         Json::array(
             {describe_operation("set", "Sets one field.",
                                 {{"field", "Field", text}, {"value", "Value", Json::object()}}),
              describe_operation("apply", "Changes one field by an operation of its own type.",
                                 {{"field", "Field", text},
                                  {"op", "Operation", text},
                                  {"args", "Arguments", {{"type", "array"}}}}),
              describe_operation("assign", "Replaces all fields.",
                                 {{"value", "Fields", {{"type", "object"}}}}),
              describe_operation("reset", "Goes back to the default.", {})})}};
}

Result<Json> Group::normalize(const JsonField& field, const Json& value) const {
    const Result<Members> members = members_of(field.definition, group_fields);
    if (!members) return members.error();
    const Json& wanted = value.is_null() ? option(field.definition, "defaultValue") : value;
    return normalize_members(field, *members, wanted.is_null() ? Json::object() : wanted, "",
                             group_fields);
}

Result<Change> Group::apply(const JsonField& field, const Json& value,
                            const Operation& operation) const {
    const Result<Members> members = members_of(field.definition, group_fields);
    if (!members) return members.error();
    if (operation.op == "set" || operation.op == "apply") {
        Result<MemberChange> change =
            change_member(field, *members, value, operation, 0, group_fields);
        if (!change) return change.error();
        return Change{{{"set", std::move(change->values)}},
                      std::move(change->inverse),
                      change->is_relative,
                      {change->member}};
    }
    if (operation.op == "assign" || operation.op == "reset") {
        const bool is_reset = operation.op == "reset";
        Result<Json> after = normalize(field, is_reset                     ? Json()
                                              : operation.arg(0).is_null() ? Json::object()
                                                                           : operation.arg(0));
        if (!after) return after.error();
        return assign(value, *std::move(after));
    }
    return JsonFieldType::apply(field, value, operation);  // says that it is not known
}

Result<std::string> Group::format(const JsonField& field, const Json& value,
                                  std::string_view locale) const {
    const Result<Members> members = members_of(field.definition, group_fields);
    if (!members) return members.error();
    return format_members(field, *members, value, locale);
}

Result<std::string> Group::search_text(const JsonField& field, const Json& value) const {
    const Result<Members> members = members_of(field.definition, group_fields);
    if (!members) return members.error();
    std::string text;
    add_search_text(field, *members, value, text);
    return text;
}

Result<Json> Group::references(const JsonField& field, const Json& value) const {
    const Result<Members> members = members_of(field.definition, group_fields);
    if (!members) return members.error();
    Json out = Json::array();
    add_member_references(field, *members, value, "", out);
    return out;
}

}  // namespace fields
