// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

namespace play {

Json EntityLink::describe() const {
    return {{"title", "Link to a character or thing"},
            {"summary", "Another instance of the same campaign."},
            {"default", nullptr},
            {"editor", "instance"},
            {"options", {{"type", "object"}}},
            {"operations",
             Json::array({describe_operation(
                              "set", "Links an instance by its id; null links none.",
                              {{"instance", "Id", {{"type", Json::array({"string", "null"})}}}}),
                          describe_operation("clear", "Takes the link away.", {}),
                          describe_operation("reset", "Goes back to the default.", {})})}};
}

Result<Json> EntityLink::normalize(const JsonField& field, const Json& value) const {
    const Json& wanted = given_or_default(field.definition, value);
    if (wanted.is_null()) return Json();
    if (!wanted.is_string())
        return invalid(
            "SZ-FIELD-220",
            "The id of an instance belongs here, not " + std::string(kind_of(wanted)) + ".",
            "Write the id as text, or null for no link.");
    if (!is_id(wanted.get_ref<const std::string&>()))
        return invalid(
            "SZ-FIELD-221",
            in_quotes(wanted.get_ref<const std::string&>()) + " cannot be the id of an instance.",
            "Ids are letters, digits, \"-\", \"_\" and \".\".");
    return wanted;
}

Result<Change> EntityLink::apply(const JsonField& field, const Json& value,
                                 const Operation& operation) const {
    return change_nullable(*this, field, value, operation, true);
}

Result<Json> EntityLink::references(const JsonField&, const Json& value) const {
    if (!value.is_string()) return Json::array();
    return Json::array({{{"kind", "instance"}, {"instance", value}, {"pointer", ""}}});
}

}  // namespace play
