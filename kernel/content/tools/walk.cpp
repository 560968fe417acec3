// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/walk.hpp"

#include "kernel/base/limits.hpp"

namespace sz::tools {

namespace {

template <class Visit>
void for_each_item(const Json& list, Pointer& pointer, const Visit& visit) {
    if (!list.is_array()) return;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Pointer::Part part(pointer, i);
        visit(list[i]);
    }
}

void visit_fields(const Json& fields, const std::string& group, Pointer& pointer,
                  const VisitField& visit) {
    if (!fields.is_object()) return;
    for (const auto& [key, field] : fields.items()) {
        if (!field.is_object()) continue;
        const Pointer::Part part(pointer, key);
        visit(group.empty() ? key : group + "." + key, field, pointer.text());
    }
}

// Nested no deeper than limits::field_depth_max: the check has refused other packs.
void visit_definition(const Definition& definition,
                      const std::function<void(const Definition&)>& visit) {
    visit(definition);
    const auto inside = [&](const Json& json, std::string pointer) {
        if (!json.is_object()) return;
        visit_definition(
            {json, definition.path, std::move(pointer), definition.is_in_template, true}, visit);
    };
    const auto& item = member(definition.json, "itemType");
    if (item.is_object()) inside(item, definition.pointer + "/itemType");
    for (const char* key : {"fields", "columns"}) {
        const auto& list = member(definition.json, key);
        if (!list.is_array()) continue;
        for (std::size_t i = 0; i < list.size(); ++i)
            inside(list[i], definition.pointer + "/" + key + "/" + std::to_string(i));
    }
}

// What of a field or object is read, by the name of its key.
class TextWalk {
  public:
    explicit TextWalk(const std::function<void(const ReadText&)>& visit) : visit_(visit) {}

    void go(const Json& json) {
        if (json.is_array()) {
            for_each_item(json, pointer_, [&](const Json& one) { go(one); });
        } else if (json.is_object()) {
            go_object(json);
        }
    }

  private:
    using Kind = ReadText::Kind;

    void go_object(const Json& object) {
        const auto type = string_or(object, "type");
        for (const auto& [key, value] : object.items()) {
            const Pointer::Part part(pointer_, key);
            if (value.is_string()) {
                go_text(key, value.get_ref<const std::string&>(), type);
            } else if (key == "tags") {
                for_each_item(value, pointer_, [&](const Json& tag) { say(tag, Kind::name); });
            } else {
                go(value);
            }
        }
    }

    void go_text(const std::string& key, const std::string& text, const std::string& type) {
        if (key == "name" || key == "author") {
            visit_({text, pointer_.text(), Kind::name});
        } else if (key == "description") {
            visit_({text, pointer_.text(), Kind::markdown});
        } else if (key == "help") {
            visit_({text, pointer_.text(), Kind::name});
        } else if (key == "value" || key == "defaultValue") {
            if (type == "Text") visit_({text, pointer_.text(), Kind::line});
            if (type == "MultiText") visit_({text, pointer_.text(), Kind::markdown});
        }
    }

    void say(const Json& text, Kind kind) {
        if (text.is_string()) visit_({text.get_ref<const std::string&>(), pointer_.text(), kind});
    }

    const std::function<void(const ReadText&)>& visit_;
    Pointer pointer_;
};

}  // namespace

const Json& member(const Json& holder, const char* key) {
    static const Json none;
    if (!holder.is_object()) return none;
    const auto found = holder.find(key);
    return found == holder.end() ? none : *found;
}

bool is_empty_value(const Json& value) {
    return value.is_null() || (value.is_structured() && value.empty()) ||
           (value.is_string() && value.get_ref<const std::string&>().empty());
}

void for_each_entry(const PackObject& object, const VisitEntry& visit) {
    const auto& entries = member(object.json, "entries");
    if (!entries.is_object()) return;
    Pointer pointer("/entries");
    for (const auto& [id, entry] : entries.items()) {
        const Pointer::Part part(pointer, id);
        visit(id, entry, pointer.text());
    }
}

void for_each_field(const Json& entry, const std::string& from, const VisitField& visit) {
    Pointer pointer(from);
    {
        const Pointer::Part part(pointer, "topLevelFields");
        visit_fields(member(entry, "topLevelFields"), {}, pointer, visit);
    }
    const Pointer::Part part(pointer, "groups");
    for_each_item(member(entry, "groups"), pointer, [&](const Json& group) {
        const Pointer::Part in_group(pointer, "fields");
        visit_fields(member(group, "fields"), string_or(group, "id"), pointer, visit);
    });
}

void for_each_template_field(const PackObject& object, const VisitField& visit) {
    Pointer pointer("/sections");
    for_each_item(member(object.json, "sections"), pointer, [&](const Json& section) {
        const Pointer::Part in_section(pointer, "groups");
        for_each_item(member(section, "groups"), pointer, [&](const Json& group) {
            const Pointer::Part in_group(pointer, "fields");
            const auto place = string_or(section, "id") + "." + string_or(group, "id") + ".";
            for_each_item(member(group, "fields"), pointer, [&](const Json& field) {
                visit(place + string_or(field, "id"), field, pointer.text());
            });
        });
    });
}

void for_each_definition(const PackObject& object,
                         const std::function<void(const Definition&)>& visit) {
    for_each_template_field(object, [&](const auto& path, const Json& field, const auto& pointer) {
        visit_definition({field, path, pointer, true, false}, visit);
    });
    for_each_entry(object, [&](const auto& id, const Json& entry, const auto& from) {
        for_each_field(entry, from, [&](const auto& path, const Json& field, const auto& pointer) {
            visit_definition({field, id + "." + path, pointer, false, false}, visit);
        });
    });
}

void for_each_text(const Json& json, const std::function<void(const ReadText&)>& visit) {
    TextWalk(visit).go(json);
}

}  // namespace sz::tools
