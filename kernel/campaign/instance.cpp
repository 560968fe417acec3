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

// {"visibility" or "editableBy", "named"?} by path.
template <class Rule>
Json rules_json(const std::map<std::string, Rule, std::less<>>& rules, const char* key) {
    Json all = Json::object();
    for (const auto& [path, rule] : rules) {
        Json& value = all[path] = {{key, rule.label}};
        if (rule.label == "named") value["named"] = rule.named;
    }
    return all;
}

template <class Rule>
void read_rules(std::map<std::string, Rule, std::less<>>& rules, const Json& row, const char* key) {
    for (const auto& [path, value] : row.items()) {
        Rule rule{string_or(value, key, "gm"), {}};
        for (const Json& id : read::list(value, "named")) {
            if (id.is_string()) rule.named.push_back(id.get<std::string>());
        }
        rules.emplace(path, std::move(rule));
    }
}

// The override of `path` or of what it stands in: its group, its section. Not of the instance.
template <class Rule>
const Rule* nearest(const std::map<std::string, Rule, std::less<>>& rules, std::string_view path) {
    if (rules.empty()) return nullptr;
    while (!path.empty()) {
        if (const auto found = rules.find(path); found != rules.end()) return &found->second;
        const auto dot = path.rfind('.');
        path = dot == std::string_view::npos ? std::string_view() : path.substr(0, dot);
    }
    return nullptr;
}

}  // namespace

bool Instance::has_place(std::string_view path) const {
    if (path.empty() || fields.contains(path)) return true;
    return std::any_of(layout.begin(), layout.end(), [&](const LayoutSection& section) {
        if (section.id == path) return true;
        return std::any_of(
            section.groups.begin(), section.groups.end(),
            [&](const LayoutGroup& group) { return section.id + "." + group.id == path; });
    });
}

Visibility Instance::own_visibility() const {
    const auto found = overrides.find(std::string_view());
    return found == overrides.end() ? Visibility{visibility, {}} : found->second;
}

Audience Instance::audience() const { return own_visibility().audience(owner); }

Visibility Instance::field_visibility(std::string_view path) const {
    if (const Visibility* found = nearest(overrides, path)) return *found;
    const auto field = fields.find(path);
    if (field == fields.end()) return {"gm", {}};
    return {string_or(field->second.definition, "visibility", "everyone"), {}};
}

Audience Instance::field_audience(std::string_view path) const {
    return audience().both(field_visibility(path).audience(owner));
}

Editability Instance::editability(std::string_view path) const {
    if (const Editability* found = nearest(editors, path)) return *found;
    if (const auto whole = editors.find(std::string_view()); whole != editors.end())
        return whole->second;
    if (path.empty()) return {};
    const auto field = fields.find(path);
    if (field == fields.end()) return {"gm", {}};
    return {string_or(field->second.definition, "editableBy", "owner"), {}};
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

bool is_placed(const Instance& instance) {
    std::size_t places = 0, placed = 0;
    for (const LayoutSection& section : instance.layout) {
        for (const LayoutGroup& group : section.groups) places += group.fields.size();
    }
    visit_fields(instance, [&](const auto&, const auto&, const auto&, const auto&) { ++placed; });
    return placed == places && placed == instance.fields.size();
}

Json instance_row(const Instance& instance) {
    Json row{{"kind", instance.kind},
             {"name", instance.name},
             {"owner", instance.owner},
             {"template", instance.template_link},
             {"requires", instance.requires_packs},
             {"visibility", instance.visibility},
             {"overrides", rules_json(instance.overrides, "visibility")},
             {"removed", instance.removed},
             {"created", instance.created},
             {"created_at", instance.created_at},
             {"marks", instance.marks.to_json()}};
    if (!instance.editors.empty()) row["editors"] = rules_json(instance.editors, "editableBy");
    return row;
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
    read_rules(instance.overrides, *overrides, "visibility");
    if (const Json* editors = read::member(row, "editors"))
        read_rules(instance.editors, *editors, "editableBy");
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
