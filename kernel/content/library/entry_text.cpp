// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/entry_text.hpp"

#include <algorithm>

#include "kernel/base/limits.hpp"
#include "kernel/content/field_key.hpp"

namespace sz::library {

Json definition_of(const Json& field) {
    Json definition = Json::object();
    for (const auto& [key, value] : field.items()) {
        if (key != "value") definition[key] = value;
    }
    return definition;
}

namespace {

void add_texts(const Json& json, std::string& text) {
    if (json.is_string() && text.size() < limits::entry_text_bytes_max) {
        if (!text.empty()) text += '\n';
        text += json.get_ref<const std::string&>();
    } else if (json.is_structured()) {
        for (const auto& one : json) add_texts(one, text);
    }
}

}  // namespace

std::string translated_text(const Json& entry) {
    if (!entry.is_object()) return {};
    std::string text = string_or(entry, "name");
    for (const char* key : {"description", "tags", "fields", "groups"}) {
        if (const auto found = entry.find(key); found != entry.end()) add_texts(*found, text);
    }
    std::size_t end = std::min(text.size(), limits::entry_text_bytes_max);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    text.resize(end);
    return text;
}

bool EntryText::is_full() const noexcept { return text_.size() >= limits::entry_text_bytes_max; }

void EntryText::add(std::string_view text) {
    if (text.empty() || is_full()) return;
    if (!text_.empty()) text_ += '\n';
    std::size_t end = std::min(text.size(), limits::entry_text_bytes_max - text_.size());
    // Not half a character at the end.
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    text_ += text.substr(0, end);
}

// Behind the C border of a field type a value travels as text: asking once saves most calls.
void EntryText::add_field(const Json& field) {
    if (is_full()) return;
    const auto type = field.find("type");
    const auto value = field.find("value");
    if (type == field.end() || !type->is_string() || value == field.end() || value->is_null())
        return;
    // A field of an unknown type was refused by the check; one whose plugin has gone since is found
    // by the other fields.
    const auto ask = [&] {
        return fields_.search_text(definition_of(field), *value).value_or(std::string());
    };
    std::string key;
    if (!add_to_key(field, key)) return add(ask());
    if (const auto known = texts_.find(key); known != texts_.end()) return add(known->second);
    std::string text = ask();
    add(text);
    if (texts_.size() < field_keys_max) texts_.emplace(std::move(key), std::move(text));
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
            const auto& text = found->get_ref<const std::string&>();
            // Where a link leads is not what people search for.
            const bool has_link = text.find("](") != text.npos && fields_.has("MultiText");
            has_link ? add_field({{"type", "MultiText"}, {"value", text}}) : add(text);
        }
    }
    if (const auto tags = entry.find("tags"); tags != entry.end() && tags->is_array()) {
        for (const auto& tag : *tags) {
            if (tag.is_string()) add(tag.get_ref<const std::string&>());
        }
    }
    if (const auto fields = entry.find("topLevelFields"); fields != entry.end())
        add_fields(*fields);
    if (const auto groups = entry.find("groups"); groups != entry.end() && groups->is_array()) {
        for (const auto& group : *groups) {
            if (group.is_object() && group.contains("fields")) add_fields(group.at("fields"));
        }
    }
    return std::move(text_);
}

}  // namespace sz::library
