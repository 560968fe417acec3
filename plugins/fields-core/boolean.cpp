// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include <sz/cpp/locale.hpp>

namespace fields {

using sz::plugin::yes_or_no;
using sz::plugin::yes_typed;

Json Boolean::describe() const {
    return {{"title", "Yes or no"},
            {"summary", "A mark that is set or not."},
            {"default", false},
            {"editor", "check"},
            {"typed", true},
            {"references", false},
            {"options", {{"type", "object"}}},
            {"operations",
             Json::array({describe_operation("set", "Sets or clears the mark.",
                                             {{"value", "Set", {{"type", "boolean"}}}}),
                          describe_operation("toggle", "Turns it over.", {}, true),
                          describe_operation("reset", "Goes back to the default.", {})})}};
}

bool Boolean::is_canonical(std::string_view, std::string_view value) const {
    return value == "true" || value == "false";
}

Result<Json> Boolean::normalize(const JsonField& field, const Json& value) const {
    const Json& wanted = value.is_null() ? option(field.definition, "defaultValue") : value;
    if (wanted.is_null()) return Json(false);
    if (wanted.is_boolean()) return wanted;
    return invalid("SZ-FIELD-130",
                   "true or false belongs here, not " + std::string(kind_of(wanted)) + ".",
                   "Write true or false without quotation marks.");
}

Result<Change> Boolean::apply(const JsonField& field, const Json& value,
                              const Operation& operation) const {
    if (operation.op != "toggle") return JsonFieldType::apply(field, value, operation);
    const Result<Json> now = normalize(field, value);
    if (!now) return now.error();
    return Change{
        {{"set", !now->get<bool>()}}, {{"op", "toggle"}, {"args", Json::array()}}, true, {}};
}

Result<std::string> Boolean::format(const JsonField&, const Json& value,
                                    std::string_view locale) const {
    return std::string(yes_or_no(value.is_boolean() && value.get<bool>(), locale));
}

Result<Json> Boolean::parse(const JsonField&, std::string_view text,
                            std::string_view locale) const {
    if (trimmed(text).empty()) return Json();
    if (const auto value = yes_typed(text, locale)) return Json(*value);
    return invalid("SZ-FIELD-130", in_quotes(text) + " is neither yes nor no.",
                   "Type “" + std::string(yes_or_no(true, locale)) + "” or “" +
                       std::string(yes_or_no(false, locale)) + "”.");
}

}  // namespace fields
