// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/instance.hpp"

#include <algorithm>

#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

tl::unexpected<Error> row_damaged(const char* what) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-041",
                std::string("The stored state of an instance is damaged: ") + what + ".");
}

Json visibility_json(const Visibility& visibility) {
    Json value{{"visibility", visibility.label}};
    if (visibility.label == "named") value["named"] = visibility.named;
    return value;
}

}  // namespace

Audience Instance::audience() const { return Visibility{visibility, {}}.audience(owner); }

Visibility Instance::field_visibility(std::string_view path) const {
    if (const auto found = overrides.find(path); found != overrides.end()) return found->second;
    const auto field = fields.find(path);
    if (field == fields.end()) return {"gm", {}};
    return {string_or(field->second.definition, "visibility", "everyone"), {}};
}

Audience Instance::field_audience(std::string_view path) const {
    return audience().both(field_visibility(path).audience(owner));
}

std::string field_path(std::string_view section, std::string_view group, std::string_view field) {
    std::string path;
    path.reserve(section.size() + group.size() + field.size() + 2);
    path.append(section).append(1, '.').append(group).append(1, '.').append(field);
    return path;
}

void visit_fields(const Instance& instance, const FieldVisit& visit) {
    for (const LayoutSection& section : instance.layout) {
        for (const LayoutGroup& group : section.groups) {
            for (const std::string& id : group.fields) {
                const std::string path = field_path(section.id, group.id, id);
                const auto field = instance.fields.find(path);
                if (field != instance.fields.end()) visit(section, group, path, field->second);
            }
        }
    }
}

Json instance_row(const Instance& instance) {
    Json overrides = Json::object();
    for (const auto& [path, visibility] : instance.overrides)
        overrides[path] = visibility_json(visibility);
    return {{"kind", instance.kind},
            {"name", instance.name},
            {"owner", instance.owner},
            {"template", instance.template_link},
            {"requires", instance.requires_packs},
            {"visibility", instance.visibility},
            {"overrides", std::move(overrides)},
            {"removed", instance.removed},
            {"created", instance.created},
            {"created_at", instance.created_at},
            {"marks", instance.marks.to_json()}};
}

Json layout_row(const Instance& instance) {
    Json sections = Json::array();
    for (const LayoutSection& section : instance.layout) {
        Json groups = Json::array();
        for (const LayoutGroup& group : section.groups) {
            Json fields = Json::array();
            for (const std::string& id : group.fields) {
                fields.push_back(
                    instance.fields.find(field_path(section.id, group.id, id))->second.definition);
            }
            groups.push_back(
                {{"id", group.id}, {"name", group.name}, {"fields", std::move(fields)}});
        }
        sections.push_back(
            {{"id", section.id}, {"name", section.name}, {"groups", std::move(groups)}});
    }
    return {{"sections", std::move(sections)}};
}

Json field_row(const Field& field) {
    return {{"value", field.value}, {"marks", field.marks.to_json()}};
}

Status read_instance_row(Instance& instance, const Json& row) {
    const std::string* kind = read::text(row, "kind");
    const std::string* name = read::text(row, "name");
    const std::string* owner = read::text(row, "owner");
    const std::string* visibility = read::text(row, "visibility");
    const Json* link = read::member(row, "template");
    const Json* removed = read::member(row, "removed");
    const Json* marks = read::member(row, "marks");
    const Json* overrides = read::member(row, "overrides");
    const bool is_whole = kind != nullptr && name != nullptr && owner != nullptr &&
                          visibility != nullptr && link != nullptr && removed != nullptr &&
                          removed->is_boolean() && marks != nullptr && overrides != nullptr &&
                          overrides->is_object();
    if (!is_whole) return row_damaged("a member is missing");
    instance.kind = *kind;
    instance.name = *name;
    instance.owner = *owner;
    instance.visibility = *visibility;
    instance.template_link = *link;
    instance.requires_packs = read::list(row, "requires");
    instance.removed = removed->get<bool>();
    instance.created = read::count(row, "created").value_or(0);
    instance.created_at = static_cast<UnixMs>(read::count(row, "created_at").value_or(0));
    SZ_ASSIGN(instance.marks, Marks::from_json(*marks));
    instance.revision = std::max(instance.revision, instance.marks.last.event);
    for (const auto& [path, value] : overrides->items()) {
        Visibility seen{string_or(value, "visibility", "gm"), {}};
        for (const Json& id : read::list(value, "named")) {
            if (id.is_string()) seen.named.push_back(id.get<std::string>());
        }
        instance.overrides.emplace(path, std::move(seen));
    }
    return {};
}

Status read_layout_row(Instance& instance, const Json& row) {
    for (const Json& section : read::list(row, "sections")) {
        LayoutSection made{string_or(section, "id"), string_or(section, "name"), {}};
        for (const Json& group : read::list(section, "groups")) {
            LayoutGroup inside{string_or(group, "id"), string_or(group, "name"), {}};
            for (const Json& definition : read::list(group, "fields")) {
                const std::string id = string_or(definition, "id");
                if (id.empty()) return row_damaged("a field has no id");
                inside.fields.push_back(id);
                instance.fields[field_path(made.id, inside.id, id)].definition = definition;
            }
            made.groups.push_back(std::move(inside));
        }
        instance.layout.push_back(std::move(made));
    }
    return {};
}

Status read_field_row(Field& field, const Json& row) {
    const Json* value = read::member(row, "value");
    const Json* marks = read::member(row, "marks");
    if (value == nullptr || marks == nullptr) return row_damaged("a field's row lacks its value");
    field.value = *value;
    SZ_ASSIGN(field.marks, Marks::from_json(*marks));
    return {};
}

}  // namespace sz::campaign
