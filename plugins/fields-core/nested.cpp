// SPDX-License-Identifier: AGPL-3.0-or-later
#include "nested.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "items.hpp"

namespace fields {

namespace {

using sz::plugin::Findings;
using sz::plugin::json_text;

// The fault of a call to the host. The other type's findings went to the person already; if there
// were none, it never ran.
Fault inner_fault(const Fault& given, bool was_reported, const Json& definition,
                  const std::string& pointer) {
    if (was_reported || !given.message.empty()) return given;
    if (given.status == SZ_ERR_LIMIT) return given;  // the host says that once, not at each field
    Fault wrong = given;
    wrong.code = "SZ-FIELD-105";
    wrong.pointer = pointer;
    const std::string type = in_quotes(member_or(definition, "type", std::string()));
    if (given.status == SZ_ERR_NOT_FOUND) {
        wrong.message = "No plugin offers the field type " + type + ".";
        wrong.hint = "Enable or install the plugin that offers it.";
    } else {
        wrong.message = "The field type " + type + " refused the value and did not say why.";
        wrong.hint = "Report it to the author of the plugin that offers the type.";
    }
    return wrong;
}

Json without_default(const Json& definition) {
    Json bare = definition;
    if (bare.is_object()) bare.erase("defaultValue");
    return bare;
}

// Of our own types these hold no link and no picture: nobody needs to be asked.
bool holds_no_reference(const Json& definition) {
    static constexpr std::array<std::string_view, 5> types{"Number", "Text", "MultiText", "Boolean",
                                                           "Select"};
    const std::string type = member_or(definition, "type", std::string());
    return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

Result<Json> default_inner(const JsonField& field, const Json& definition,
                           const std::string& pointer) {
    Findings findings(field.findings.table());
    Result<Json> made = normalize_nested(JsonField{field.definition, field.types, findings},
                                         definition, Json(), pointer);
    if (!made) return inner_fault(made.error(), findings.has_error(), definition, pointer);
    return made;
}

Result<Json> normalize_inner(const JsonField& field, const Json& definition, const Json& value,
                             const std::string& pointer) {
    if (value.is_null()) return default_inner(field, without_default(definition), pointer);
    Findings findings(field.findings.table());
    Result<Json> made = normalize_nested(JsonField{field.definition, field.types, findings},
                                         definition, value, pointer);
    if (!made) return inner_fault(made.error(), findings.has_error(), definition, pointer);
    return made;
}

void report_inner(const JsonField& field, const Fault& wrong) {
    if (!wrong.message.empty()) field.findings.add(wrong);
}

Result<InnerChange> apply_inner(const JsonField& field, const Json& definition, const Json& value,
                                const Operation& operation, std::size_t first) {
    const Json& op = operation.arg(first);
    const Json& args = operation.arg(first + 1);
    if (!op.is_string() || !(args.is_array() || args.is_null())) {
        return invalid(
            "SZ-FIELD-103",
            "The operation \"apply\" wants the name of an operation and a list of its arguments.",
            "Write for example \"add\", [1].");
    }
    const Json inner{
        {"op", op}, {"args", args.is_null() ? Json::array() : args}, {"key", operation.key}};
    Findings findings(field.findings.table());
    const sz::plugin::NestedFindings nested(findings, "");
    const Result<std::string> text = field.types.apply(json_text(definition), json_text(value),
                                                       json_text(inner), nested.table());
    if (!text) return inner_fault(text.error(), findings.has_error(), definition, "");
    const Result<Json> change = sz::plugin::parse_json(*text);
    if (!change) return change.error();
    Result<Json> after = with_effect(value, option(*change, "effect"));
    if (!after) return after.error();
    return InnerChange{*std::move(after), option(*change, "inverse"),
                       member_or(*change, "relative", false)};
}

std::string format_inner(const JsonField& field, const Json& definition, const Json& value,
                         std::string_view locale) {
    const Result<std::string> text =
        field.types.format(json_text(definition), json_text(value), locale);
    return text ? *text : json_text(value);
}

std::string search_inner(const JsonField& field, const Json& definition, const Json& value) {
    const Result<std::string> text =
        field.types.search_text(json_text(definition), json_text(value));
    return text ? *text : std::string();
}

void add_references(const JsonField& field, const Json& definition, const Json& value,
                    const std::string& pointer, Json& out) {
    if (holds_no_reference(definition)) return;
    const Result<std::string> text =
        field.types.references(json_text(definition), json_text(value));
    if (!text) return;
    Result<Json> found = sz::plugin::parse_json(*text);
    if (!found || !found->is_array()) return;
    for (Json& reference : *found) {
        if (!reference.is_object()) continue;
        reference["pointer"] = pointer + member_or(reference, "pointer", std::string());
        out.push_back(std::move(reference));
    }
}

Result<Json> with_effect(Json value, const Json& effect) {
    const Fault unknown =
        invalid("SZ-FIELD-105", "A field type gave an effect that does not fit its value.",
                "Report it to the author of the plugin that offers the type.");
    if (const Json& set = option(effect, "set"); effect.is_object() && effect.contains("set"))
        return set;
    if (!value.is_array() || !effect.is_object() || effect.size() != 1) return unknown;
    const std::string kind = effect.begin().key();
    const Json& body = effect.begin().value();
    if (kind == "insert") {
        const auto at = std::min<std::size_t>(member_or(body, "at", value.size()), value.size());
        value.insert(value.begin() + static_cast<std::ptrdiff_t>(at), option(body, "item"));
        return value;
    }
    const auto found = find_item(value, member_or(body, "id", std::string()));
    if (!found) return unknown;
    if (kind == "replace") {
        value[*found] = option(body, "item");
    } else if (kind == "remove" || kind == "move") {
        Json item = std::move(value[*found]);
        value.erase(*found);
        if (kind == "move") {
            const auto to =
                std::min<std::size_t>(member_or(body, "to", value.size()), value.size());
            value.insert(value.begin() + static_cast<std::ptrdiff_t>(to), std::move(item));
        }
    } else {
        return unknown;
    }
    return value;
}

}  // namespace fields
