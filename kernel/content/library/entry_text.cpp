// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/entry_text.hpp"

namespace sz::library {

Json definition_of(const Json& field) {
    Json definition = Json::object();
    for (const auto& [key, value] : field.items()) {
        if (key != "value") definition[key] = value;
    }
    return definition;
}

void EntryText::add(std::string_view text) {
    if (text.empty()) return;
    if (!text_.empty()) text_ += '\n';
    text_ += text;
}

void EntryText::add_field(const Json& field) {
    const auto type = field.find("type");
    const auto value = field.find("value");
    if (type == field.end() || !type->is_string() || value == field.end() || value->is_null()) return;
    // A field of an unknown type was refused by the check; one whose plugin has gone since is found by the other fields.
    const auto search = [&](const Json& definition) {
        if (const auto text = fields_.search_text(definition, *value)) add(*text);
    };
    if (field.size() > 2) return search(definition_of(field));
    const auto& name = type->get_ref<const std::string&>();
    auto& definition = plain_definitions_[name];
    if (definition.is_null()) definition = Json{{"type", name}};
    search(definition);
}

void EntryText::add_fields(const Json& fields) {
    if (!fields.is_object()) return;
    for (const auto& field : fields) {
        if (field.is_object()) add_field(field);
    }
}

std::string EntryText::of(const Json& entry) {
    text_.clear();
    if (!entry.is_object()) return {};
    for (const char* key : {"name", "description"}) {
        if (const auto found = entry.find(key); found != entry.end() && found->is_string()) {
            add(found->get_ref<const std::string&>());
        }
    }
    if (const auto tags = entry.find("tags"); tags != entry.end() && tags->is_array()) {
        for (const auto& tag : *tags) {
            if (tag.is_string()) add(tag.get_ref<const std::string&>());
        }
    }
    if (const auto fields = entry.find("topLevelFields"); fields != entry.end()) add_fields(*fields);
    if (const auto groups = entry.find("groups"); groups != entry.end() && groups->is_array()) {
        for (const auto& group : *groups) {
            if (group.is_object() && group.contains("fields")) add_fields(group.at("fields"));
        }
    }
    return std::move(text_);
}

}  // namespace sz::library
