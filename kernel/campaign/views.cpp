// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/views.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "kernel/campaign/access.hpp"
#include "kernel/campaign/permission.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/shown_text.hpp"

namespace sz::campaign {

namespace {

// How far whoever reads this view has read, for "base" of what they change. Nobody who does not see
// everything learns of which sheet a hidden change was: theirs is the whole campaign's.
EventIndex revision_for(const Viewer& viewer, const State& state, const Instance& instance) {
    return viewer.sees_all ? instance.revision : state.last_event();
}

void add_access(Json& what, const Instance& instance, std::string_view path) {
    what["visible_to"] = visible_to(instance, path);
    what["editable_by"] = editable_by(instance, path);
}

struct SheetWriter {
    const State& state;
    const Instance& instance;
    const Viewer& viewer;
    Computer& computer;
    Json fields = Json::object();
    Json sections = Json::array();

    void write() {
        visit_fields(instance, [&](const LayoutSection& section, const LayoutGroup& group,
                                   const std::string& path, const Field& field) {
            if (!instance.field_audience(path).includes(viewer)) return;
            const std::string type = string_or(field.definition, "type");
            Json flat{{"type", type}};
            flat.update(shown(path, field));
            Json node{{"path", path},
                      {"id", string_or(field.definition, "id")},
                      {"name", string_or(field.definition, "name")},
                      {"definition", field.definition}};
            node.update(flat);
            flat["editable"] = may_edit_field(state, instance, path, viewer.client_id);
            if (viewer.sees_all) add_access(flat, instance, path);
            fields[path] = std::move(flat);
            child(child(sections, section, "groups"), group, "fields").push_back(std::move(node));
        });
    }

    // What is stored and its text; where things change it or a formula computes it, "computed" and
    // the text of that.
    Json shown(const std::string& path, const Field& field) {
        const Computed* computed = computer.at(instance, path);
        if (computed == nullptr) {
            return {{"value", field.value},
                    {"text", shown_text(computer, field.definition, field.value)}};
        }
        if (computed->problem) {
            return {{"value", field.value},
                    {"text", ""},
                    {"computed", nullptr},
                    {"problem", computed->problem->message}};
        }
        return {{"value", field.value},
                {"text", shown_text(computer, field.definition, computed->value)},
                {"computed", computed->value}};
    }

    // The children of the last node of `list`, which is made when it is another one than `node`.
    template <class Node>
    static Json& child(Json& list, const Node& node, const char* children) {
        if (list.empty() || list.back()["id"] != node.id) {
            list.push_back({{"id", node.id}, {"name", node.name}, {children, Json::array()}});
        }
        return list.back()[children];
    }
};

std::vector<const Instance*> visible_instances(const State& state, const Viewer& viewer) {
    std::vector<const Instance*> list;
    for (const auto& [id, instance] : state.instances()) {
        if (!instance.removed && instance.audience().includes(viewer)) list.push_back(&instance);
    }
    std::sort(list.begin(), list.end(),
              [&](const Instance* a, const Instance* b) { return stands_before(*a, *b, viewer); });
    return list;
}

// The packs that the visible sheets are from or link to.
Json packs_view(const std::vector<const Instance*>& instances) {
    std::map<std::pair<std::string, std::string>, Json> packs;
    for (const Instance* instance : instances) {
        const std::string id = string_or(instance->template_link, "datapackId");
        const std::string version = string_or(instance->template_link, "version");
        packs[{id, version}] = {
            {"id", id}, {"version", version}, {"name", string_or(instance->template_link, "pack")}};
        for (const Json& required : instance->requires_packs) {
            packs.try_emplace({string_or(required, "id"), string_or(required, "version")},
                              required);
        }
    }
    Json list = Json::array();
    for (auto& [key, pack] : packs) list.push_back(std::move(pack));
    return list;
}

}  // namespace

const Instance* visible_instance(const State& state, std::string_view id, const Viewer& viewer) {
    const Instance* instance = state.find_living(id);
    return instance != nullptr && instance->audience().includes(viewer) ? instance : nullptr;
}

bool stands_before(const Instance& a, const Instance& b, const Viewer& viewer) {
    if (viewer.sees_all) return std::tie(a.created, a.id) < std::tie(b.created, b.id);
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
}

std::string value_text(const FieldTypes& fields, const Json& definition, const Json& value) {
    auto text = fields.format(definition, value, "");
    return text ? std::move(*text) : canonical_json(value);
}

Json character_view(const State& state, const Instance& instance, const Viewer& viewer,
                    const Computer::Services& services) {
    Computer computer(state, viewer, services);
    SheetWriter sheet{state, instance, viewer, computer};
    sheet.write();
    const auto& missing = computer.missing_on(instance);
    Json view{{"id", instance.id},
              {"name", instance.name},
              {"campaign", state.campaign()},
              {"template", instance.template_link},
              {"owner", instance.owner},
              {"revision", revision_for(viewer, state, instance)},
              {"fields", std::move(sheet.fields)},
              {"sections", std::move(sheet.sections)}};
    if (!missing.empty()) view["missing"] = missing;
    if (viewer.sees_all) {
        add_access(view, instance, "");
        view["decided"] = decided(instance);
    }
    return view;
}

Json characters_view(const State& state, const Viewer& viewer) {
    const EventIndex last = state.last_event();
    Json list = Json::array();
    for (const Instance* instance : visible_instances(state, viewer)) {
        if (instance->id == state.campaign()) continue;
        list.push_back({{"id", instance->id},
                        {"name", instance->name},
                        {"template", instance->template_link},
                        {"owner", instance->owner},
                        {"revision", viewer.sees_all ? instance->revision : last}});
        if (viewer.sees_all) list.back()["visible_to"] = visible_to(*instance, "");
    }
    return list;
}

Json explanation_view(const State& state, const Instance& instance, const std::string& path,
                      const Viewer& viewer, const Computer::Services& services) {
    const Field& field = instance.fields.find(path)->second;
    Json view{{"path", path},
              {"name", string_or(field.definition, "name", path)},
              {"type", string_or(field.definition, "type")},
              {"value", field.value},
              {"terms", Json::array()},
              {"failures", Json::array()}};
    Computer computer(state, viewer, services);
    const Computed* computed = computer.at(instance, path);
    if (computed != nullptr) {
        view["value"] = computed->value;
        view["terms"] = computed->terms;
        view["failures"] = computed->failures;
        if (computed->problem) view["problem"] = computed->problem->message;
    }
    if (computed != nullptr || computer.is_changed_by_things(field.definition)) {
        for (const std::string& sentence : computer.missing_on(instance))
            view["failures"].push_back(sentence);
    }
    view["text"] = computed != nullptr && computed->problem
                       ? std::string()
                       : shown_text(computer, field.definition, view["value"]);
    return view;
}

Json members_view(const State& state) {
    Json members = Json::array();
    for (const auto& [id, member] : state.members()) {
        members.push_back(
            {{"client_id", id}, {"name", member.name}, {"role", role_name(member.role)}});
    }
    return members;
}

Json campaign_view(const State& state, const Viewer& viewer, const Computer::Services& services) {
    Json view{{"id", state.campaign()},
              {"host", state.host()},
              {"members", members_view(state)},
              {"characters", characters_view(state, viewer)},
              {"packs", packs_view(visible_instances(state, viewer))}};
    if (const Instance* session = visible_instance(state, state.campaign(), viewer)) {
        view["name"] = session->name;
        view["template"] = session->template_link;
        view["session"] = character_view(state, *session, viewer, services);
    }
    return view;
}

}  // namespace sz::campaign
