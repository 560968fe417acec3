// SPDX-License-Identifier: AGPL-3.0-or-later
// The effects that concern an instance or the campaign itself (README.md, "Effects").
#include <algorithm>

#include "kernel/base/ids.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/state.hpp"

namespace sz::campaign {

namespace {

tl::unexpected<Error> campaign_unfit(const char* why) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-042",
                std::string("An effect does not fit the campaign: ") + why + ".");
}

bool says_what_is_so(const Instance& instance, const Json& what) {
    const Json* link = read::member(what, "template");
    return string_or(what, "kind") == instance.kind && string_or(what, "name") == instance.name &&
           string_or(what, "owner") == instance.owner && link != nullptr &&
           *link == instance.template_link &&
           read::list(what, "requires") == instance.requires_packs;
}

// {"path","to"}: the override there, or none.
template <class Rule, class IsLabel>
Status set_rule(const Instance& instance, std::map<std::string, Rule, std::less<>>& rules,
                const Json& what, const char* key, const IsLabel& is_label) {
    const std::string* path = read::text(what, "path");
    const Json* to = read::member(what, "to");
    // What is there no longer (an upgrade was taken back) can be decided no more, but forgotten.
    const bool is_there = path != nullptr && (instance.has_place(*path) || rules.contains(*path));
    if (to == nullptr || !is_there)
        return campaign_unfit("it says who sees or changes what is not there");
    if (to->is_null()) {
        rules.erase(*path);
        return {};
    }
    Rule rule{string_or(*to, key), {}};
    if (!is_label(rule.label)) return campaign_unfit("who sees or changes it is not known");
    for (const Json& id : read::list(*to, "named")) {
        if (!id.is_string()) return campaign_unfit("a name is not text");
        rule.named.push_back(id.get<std::string>());
    }
    rules[*path] = std::move(rule);
    return {};
}

}  // namespace

Status State::apply_system(const Record& record, const EventPlace& place) {
    if (!record.effect.is_object() || record.effect.size() != 1)
        return campaign_unfit("it does not say one thing");
    const std::string& kind = record.effect.begin().key();
    const Json& what = record.effect.begin().value();
    if (kind == "create") return create(record, what, place);
    const Instance* instance = find(record.instance);
    if (instance == nullptr) return campaign_unfit("there is no such instance");
    if (kind == "reveal") return reveal(*instance, what, place);
    if (kind == "upgrade") return upgrade(*instance, record, place);
    if (kind == "hide") {
        const std::string* path = what.get_ptr<const std::string*>();
        return path != nullptr && (path->empty() || instance->fields.contains(*path))
                   ? Status{}
                   : campaign_unfit("it hides a field that is not there");
    }
    // A copy first: a record that does not fit changes nothing.
    Instance changed = *instance;
    if (kind == "name" && what.is_string()) {
        changed.name = what.get<std::string>();
    } else if (kind == "removed" && what.is_boolean() && what.get<bool>() != changed.removed) {
        changed.removed = what.get<bool>();
    } else if (kind == "visibility") {
        SZ_TRY(set_visibility(changed, what));
    } else if (kind == "editability") {
        SZ_TRY(set_editability(changed, what));
    } else if (kind == "member" && record.instance == campaign_) {
        SZ_TRY(set_member(what));
    } else {
        return campaign_unfit("its kind is not known");
    }
    changed.marks.change(place, record.touches);
    changed.revision = place.index;
    save(record.instance) = std::move(changed);
    touch("i/" + record.instance);
    return {};
}

Status State::create(const Record& record, const Json& what, const EventPlace& place) {
    const std::string* kind = read::text(what, "kind");
    const std::string* name = read::text(what, "name");
    const std::string* owner = read::text(what, "owner");
    const std::string* visibility = read::text(what, "visibility");
    const Json* link = read::member(what, "template");
    const Json* sections = read::member(what, "sections");
    if (kind == nullptr || name == nullptr || owner == nullptr || visibility == nullptr ||
        link == nullptr || sections == nullptr) {
        return campaign_unfit("a new instance lacks something");
    }
    if (!is_uuid(record.instance) || instances_.contains(record.instance))
        return campaign_unfit("the new instance's id is not free");
    if (instances_.size() >= limits::instances_max)
        return campaign_unfit("there are as many instances as there may be");
    Instance made;
    made.id = record.instance;
    made.kind = *kind;
    made.name = *name;
    made.owner = *owner;
    made.visibility = *visibility;
    made.template_link = *link;
    made.requires_packs = read::list(what, "requires");
    made.created = made.revision = place.index;
    made.created_at = place.at;
    made.marks.change(place, record.touches);
    SZ_ASSIGN(auto fields, merge_sheet_part(made.layout, *sections));
    for (NewField& field : fields) {
        Field& slot = made.fields[field.path];
        if (!slot.definition.is_null()) return campaign_unfit("a new instance has one field twice");
        slot.definition = std::move(field.definition);
        slot.value = std::move(field.value);
        slot.marks.change(place, {});
    }
    save(record.instance) = std::move(made);
    touch_whole(instances_.find(record.instance)->second);
    return {};
}

// Shows fields, or the instance itself, to people who did not have them. For whoever has them
// already it must say what is so.
Status State::reveal(const Instance& instance, const Json& what, const EventPlace& place) {
    if (what.contains("kind") && !says_what_is_so(instance, what))
        return campaign_unfit("it reveals another sheet than the one that is there");
    std::vector<LayoutSection> layout = instance.layout;
    SZ_ASSIGN(auto fields, merge_sheet_part(layout, read::list(what, "sections")));
    const bool is_new = std::any_of(fields.begin(), fields.end(), [&](const NewField& field) {
        return !instance.fields.contains(field.path);
    });
    for (const NewField& field : fields) {
        const Field* known = find_field(instance.id, field.path);
        if (known != nullptr &&
            (known->value != field.value || known->definition != field.definition)) {
            return campaign_unfit("it reveals another value than the one that is there");
        }
    }
    if (!is_new) return {};
    Instance& changed = save(instance.id);
    changed.layout = std::move(layout);
    changed.revision = place.index;
    for (NewField& field : fields) {
        if (changed.fields.contains(field.path)) continue;
        Field& slot = changed.fields[field.path];
        slot.definition = std::move(field.definition);
        slot.value = std::move(field.value);
        slot.marks.change(place, {});
    }
    touch_whole(changed);
    return {};
}

// Other definitions for a sheet, part by part. The first has a "template", and with it the sheet's
// order begins anew; fields that no part names stay until "without" drops them. Values that stay
// keep their marks.
Status State::upgrade(const Instance& instance, const Record& record, const EventPlace& place) {
    const Json& what = record.effect.begin().value();
    Instance changed = instance;
    if (const Json* link = read::member(what, "template")) {
        changed.template_link = *link;
        changed.requires_packs = read::list(what, "requires");
        changed.layout.clear();
        changed.marks.change(place, record.touches);
    }
    SZ_ASSIGN(auto fields, merge_sheet_part(changed.layout, read::list(what, "sections")));
    for (NewField& field : fields) {
        Field& slot = changed.fields[field.path];
        const bool is_as_it_was = !slot.definition.is_null() && slot.value == field.value;
        slot.definition = std::move(field.definition);
        slot.value = std::move(field.value);
        if (!is_as_it_was) slot.marks.change(place, {});
    }
    for (const Json& path : read::list(what, "without")) {
        const auto* text = path.get_ptr<const std::string*>();
        if (text == nullptr || changed.fields.erase(*text) == 0)
            return campaign_unfit("it drops a field that is not there");
    }
    changed.revision = place.index;
    touch_whole(instance);
    Instance& saved = save(record.instance);
    saved = std::move(changed);
    touch_whole(saved);
    return {};
}

Status State::set_member(const Json& what) {
    const std::string* id = read::text(what, "id");
    const std::string* name = read::text(what, "name");
    const Json* role = read::member(what, "role");
    if (id == nullptr || name == nullptr || role == nullptr)
        return campaign_unfit("a member lacks something");
    const auto known = members_.find(*id);
    const auto wanted =
        role->is_string() ? role_from_name(role->get_ref<const std::string&>()) : std::nullopt;
    if (!wanted && !role->is_null()) return campaign_unfit("a member's role is not known");
    if (saves_)
        saved_.push_back(SavedMember{
            *id, known == members_.end() ? std::nullopt : std::optional(known->second)});
    if (wanted) {
        members_[*id] = {*name, *wanted};
    } else {
        members_.erase(*id);
    }
    touch("m/" + *id);
    return {};
}

Status State::set_visibility(Instance& instance, const Json& what) {
    return set_rule(instance, instance.overrides, what, "visibility", is_visibility_label);
}

Status State::set_editability(Instance& instance, const Json& what) {
    return set_rule(instance, instance.editors, what, "editableBy", is_editability_label);
}

}  // namespace sz::campaign
