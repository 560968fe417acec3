// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/text_slots.hpp"

#include <algorithm>

#include "kernel/base/language_tags.hpp"

namespace sz {

namespace {

Json* member(Json& holder, const char* key) {
    if (!holder.is_object()) return nullptr;
    const auto found = holder.find(key);
    return found == holder.end() ? nullptr : &*found;
}

const Json* member(const Json& holder, const char* key) {
    if (!holder.is_object()) return nullptr;
    const auto found = holder.find(key);
    return found == holder.end() ? nullptr : &*found;
}

bool is_text_type(const Json& definition) {
    const auto type = string_or(definition, "type");
    return type == "Text" || type == "MultiText";
}

// What the items of a List are: text when it does not say.
Json item_definition(const Json& list) {
    const auto* type = member(list, "itemType");
    if (type != nullptr) return type->is_string() ? Json{{"type", *type}} : *type;
    return Json{{"type", list.contains("datasetLink") ? "DatasetLink" : "Text"}};
}

}  // namespace

class TextSlots::Step {
  public:
    Step(TextSlots& slots, std::string part) : slots_(slots) {
        slots_.path_.push_back(std::move(part));
    }
    ~Step() { slots_.path_.pop_back(); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

  private:
    TextSlots& slots_;
};

void TextSlots::say(Json& place, TextSlot::Kind kind) { visit_({path_, place, kind, in_value_}); }

void TextSlots::text(Json& holder, const char* key) {
    Json* found = member(holder, key);
    if (found == nullptr || !found->is_string() || found->get_ref<const std::string&>().empty())
        return;
    const Step step(*this, key);
    say(*found, TextSlot::Kind::text);
}

void TextSlots::texts(Json& holder, const char* key) {
    Json* found = member(holder, key);
    if (found == nullptr || !found->is_array() || found->empty()) return;
    if (!std::all_of(found->begin(), found->end(), [](const Json& one) { return one.is_string(); }))
        return;
    const Step step(*this, key);
    say(*found, TextSlot::Kind::list);
}

template <class Inside>
void TextSlots::each_with_id(Json& holder, const char* key, Inside inside) {
    Json* list = member(holder, key);
    if (list == nullptr || !list->is_array()) return;
    const Step step(*this, key);
    for (Json& one : *list) {
        const auto id = string_or(one, "id");
        if (id.empty()) continue;
        const Step at(*this, id);
        say(one, TextSlot::Kind::node);
        inside(one);
    }
}

void TextSlots::object(Json& object) {
    text(object, "name");
    text(object, "description");
    each_with_id(object, "sections", [this](Json& section) {
        text(section, "name");
        text(section, "description");
        each_with_id(section, "groups", [this](Json& group) {
            text(group, "name");
            text(group, "description");
            list_of_fields(group, "fields");
        });
    });
}

void TextSlots::entry(Json& entry) {
    text(entry, "name");
    text(entry, "description");
    texts(entry, "tags");
    if (Json* fields = member(entry, "topLevelFields")) entry_fields(*fields);
    each_with_id(entry, "groups", [this](Json& group) {
        text(group, "name");
        if (Json* fields = member(group, "fields")) entry_fields(*fields);
    });
}

void TextSlots::entry_fields(Json& fields) {
    if (!fields.is_object()) return;
    const Step step(*this, "fields");
    for (auto& [key, field] : fields.items()) {
        if (!field.is_object()) continue;
        const Step at(*this, key);
        say(field, TextSlot::Kind::node);
        // People read its key where it has no name: that is a text, too.
        if (!field.contains("name")) field["name"] = key;
        definition(field, "value");
    }
}

void TextSlots::list_of_fields(Json& holder, const char* key) {
    each_with_id(holder, key, [this](Json& field) { definition(field, "defaultValue"); });
}

// Nested no deeper than limits::field_depth_max: the check has refused other packs.
void TextSlots::definition(Json& field, const char* value_key) {
    own_languages(field);
    for (const char* key : {"name", "help", "unit"}) text(field, key);
    options(field);
    {
        Json* rules = member(field, "rules");
        if (rules != nullptr && rules->is_array()) {
            const Step step(*this, "rules");
            for (Json& rule : *rules) {
                const Step at(*this, string_or(rule, "id"));
                if (rule.is_object() && rule.contains("name")) say(rule, TextSlot::Kind::option);
            }
        }
    }
    if (Json* found = member(field, "calendar")) calendar(*found);
    if (Json* item = member(field, "itemType"); item != nullptr && item->is_object()) {
        const Step step(*this, "itemType");
        definition(*item, "defaultValue");
    }
    for (const char* key : {"fields", "columns"}) list_of_fields(field, key);
    if (Json* found = member(field, value_key)) {
        const Step step(*this, value_key);
        const bool before = std::exchange(in_value_, true);
        value(field, *found);
        in_value_ = before;
    }
}

void TextSlots::own_languages(Json& definition) const {
    if (languages_.empty()) return;
    const Json* own = member(std::as_const(definition), "i18n");
    if (own == nullptr) return;
    const Json known = *own;
    for (auto language = languages_.rbegin(); language != languages_.rend(); ++language) {
        const Json* words = in_language(known, *language);
        if (words == nullptr) continue;
        for (const char* key : {"name", "help", "unit"}) {
            if (const auto text = string_or(*words, key); !text.empty()) definition[key] = text;
        }
    }
}

// Of a Select an option's text may be its id; of Tags it is what stands in values, too, so both are
// under "options".
void TextSlots::options(Json& field) {
    const bool is_tags = string_or(field, "type") == "Tags";
    const auto kind = is_tags ? TextSlot::Kind::text : TextSlot::Kind::option;
    const Step step(*this, "options");
    const auto visit = [&](Json* list) {
        if (list == nullptr || !list->is_array()) return;
        for (Json& one : *list) {
            const auto id = one.is_string() ? one.get<std::string>()
                                            : string_or(one, "id", string_or(one, "name"));
            if (id.empty()) continue;
            const Step at(*this, id);
            say(one, kind);
        }
    };
    visit(member(field, "options"));
    if (!is_tags) return;
    visit(member(field, "value"));
    visit(member(field, "defaultValue"));
}

void TextSlots::calendar(Json& calendar) {
    const Step step(*this, "calendar");
    if (Json* months = member(calendar, "months"); months != nullptr && months->is_array()) {
        const Step in_months(*this, "months");
        for (Json& month : *months) {
            if (!month.is_object()) continue;
            const Step at(*this, string_or(month, "id", string_or(month, "name")));
            say(month, TextSlot::Kind::option);
        }
    }
    texts(calendar, "weekdays");
    text(calendar, "era");
}

void TextSlots::value(const Json& definition, Json& value) {
    const auto type = string_or(definition, "type");
    if (is_text_type(definition)) {
        if (value.is_string() && !value.get_ref<const std::string&>().empty())
            say(value, TextSlot::Kind::text);
    } else if (type == "List") {
        list_value(definition, value);
    } else if (type == "Group") {
        if (const Json* fields = member(definition, "fields")) member_values(*fields, value);
    } else if (type == "Table") {
        rows_value(definition, value);
    } else if (type == "RandomTable") {
        Json* rows = member(value, "rows");
        if (rows == nullptr || !rows->is_array()) return;
        for (Json& row : *rows) {
            Json* found = member(row, "text");
            if (found == nullptr || !found->is_string()) continue;
            const Step at(*this, string_or(row, "id"));
            say(*found, TextSlot::Kind::text);
        }
    }
}

void TextSlots::list_value(const Json& definition, Json& value) {
    if (!value.is_array() || value.empty()) return;
    const Json item = item_definition(definition);
    if (is_text_type(item)) {
        const bool all = std::all_of(value.begin(), value.end(), [](const Json& one) {
            const auto* text = member(one, "value");
            return one.is_string() || (text != nullptr && text->is_string());
        });
        if (all) say(value, TextSlot::Kind::list);
        return;
    }
    for (Json& one : value) {
        Json* inside = member(one, "value");
        if (inside == nullptr) continue;
        const Step at(*this, string_or(one, "id"));
        this->value(item, *inside);
    }
}

void TextSlots::rows_value(const Json& definition, Json& rows) {
    const Json* columns = member(definition, "columns");
    if (columns == nullptr || !rows.is_array()) return;
    for (Json& row : rows) {
        Json* cells = member(row, "cells");
        if (cells == nullptr) continue;
        const Step at(*this, string_or(row, "id"));
        member_values(*columns, *cells);
    }
}

void TextSlots::member_values(const Json& definitions, Json& members) {
    if (!definitions.is_array() || !members.is_object()) return;
    for (const Json& definition : definitions) {
        const auto id = string_or(definition, "id");
        const auto found = members.find(id);
        if (id.empty() || found == members.end()) continue;
        const Step at(*this, id);
        value(definition, *found);
    }
}

}  // namespace sz
