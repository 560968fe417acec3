// SPDX-License-Identifier: AGPL-3.0-or-later
#include "nested.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "items.hpp"
#include "types.hpp"

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

// Our own type of this name, if its values hold no others and grow by nothing but themselves: no
// need to go through the host, which would write and read them as text and count what they cost.
const sz::plugin::JsonFieldType* simple_type(const Json& definition) {
    static const Number number;
    static const Text text;
    static const MultiText multi_text;
    static const Boolean boolean;
    static const std::array<const sz::plugin::JsonFieldType*, 4> all{&number, &text, &multi_text,
                                                                     &boolean};
    const Json& name = option(definition, "type");
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const auto* type) { return name == type->name(); });
    return found == all.end() ? nullptr : *found;
}

Result<Json> normalize_simple(const sz::plugin::JsonFieldType& type, const JsonField& field,
                              const Json& definition, const Json& value,
                              const std::string& pointer) {
    const sz::plugin::NestedFindings nested(field.findings, pointer);
    Findings findings(nested.table());
    Result<Json> made = type.normalize(JsonField{definition, field.types, findings}, value);
    if (made) return made;
    Fault wrong = made.error();
    wrong.pointer = pointer + wrong.pointer;
    return wrong;
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
    if (const auto* type = simple_type(definition))
        return normalize_simple(*type, field, definition, value, pointer);
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
    const auto* type = simple_type(definition);
    const Result<std::string> text =
        type != nullptr
            ? type->search_text(JsonField{definition, field.types, field.findings}, value)
            : field.types.search_text(json_text(definition), json_text(value));
    return text ? *text : std::string();
}

namespace {

Result<Json> references_of(const JsonField& field, const Json& definition, const Json& value) {
    static const DatasetLink link;
    if (const auto* type = simple_type(definition)) return type->references(field, value);
    if (option(definition, "type") == link.name()) return link.references(field, value);
    const Result<std::string> text =
        field.types.references(json_text(definition), json_text(value));
    if (!text) return text.error();
    return sz::plugin::parse_json(*text);
}

}  // namespace

void add_references(const JsonField& field, const Json& definition, const Json& value,
                    const std::string& pointer, Json& out) {
    Result<Json> found = references_of(field, definition, value);
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
