// SPDX-License-Identifier: AGPL-3.0-or-later
// Decisions about instances and the campaign itself.
#include <algorithm>
#include <string>

#include "kernel/base/ids.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/campaign/blueprint.hpp"
#include "kernel/campaign/conflict.hpp"
#include "kernel/campaign/entry_sheet.hpp"
#include "kernel/campaign/judge.hpp"
#include "kernel/campaign/permission.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

tl::unexpected<Error> wrong_arguments(const std::string& what) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-022",
                "An operation's arguments are wrong: " + what + ".");
}

tl::unexpected<Error> not_permitted(const std::string& what) {
    return fail(ErrorKind::denied, "SZ-CAMPAIGN-021", "You may not " + what + ".",
                "Ask the game master.");
}

// A name that a person reads: something to see, no control characters, not too long.
Status check_name(const std::string& name) {
    const bool has_control = std::any_of(name.begin(), name.end(),
                                         [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    const bool is_blank = name.find_first_not_of(' ') == std::string::npos;
    if (!has_control && !is_blank && name.size() <= limits::name_bytes_max) return {};
    return fail(ErrorKind::input, "SZ-CAMPAIGN-003", "That cannot be a name.",
                "Write something, on one line, of at most " +
                    std::to_string(limits::name_bytes_max) + " bytes.");
}

const std::string* text_at(const Json& args, std::size_t place) {
    return place < args.size() ? args[place].get_ptr<const std::string*>() : nullptr;
}

Json inverse(std::string_view op, Json args) { return {{"op", op}, {"args", std::move(args)}}; }

Json member_json(const std::string& id, const std::string& name, const Json& role) {
    return {{"id", id}, {"name", name}, {"role", role}};
}

}  // namespace

Status Judge::system_operation(const Operation& operation, std::size_t number) {
    if (operation.op == system_op::create) return create(operation);
    SZ_ASSIGN(const Instance* instance, visible_instance(operation));
    if (operation.op == system_op::rename) return rename(*instance, operation, number);
    if (operation.op == system_op::remove) return set_removed(*instance, true);
    if (operation.op == system_op::restore) return set_removed(*instance, false);
    if (operation.op == system_op::member) return set_member(*instance, operation);
    if (operation.op == system_op::upgrade) return upgrade(*instance, operation);
    if (operation.op == system_op::visibility) return set_visibility(*instance, operation);
    if (operation.op == system_op::editability) return set_editability(*instance, operation);
    return fail(ErrorKind::unsupported, "SZ-CAMPAIGN-022",
                "There is no operation “" + operation.op + "” on a whole sheet.",
                "create, rename, remove, restore, member, upgrade, visibility, editability and "
                "undo are known; for a field give its path.");
}

Status Judge::create(const Operation& operation) {
    if (operation.args.size() != 1) return wrong_arguments("“create” takes one object");
    const Json& wanted = operation.args[0];
    const std::string* given_name = read::text(wanted, "name");
    if (given_name == nullptr) return wrong_arguments("“create” wants a name");
    const Json* is_numbered = read::member(wanted, "number");
    const std::string name =
        is_numbered != nullptr && *is_numbered == true ? numbered(*given_name) : *given_name;
    SZ_TRY(check_name(name));
    const bool is_session = operation.instance == state_.campaign();
    const std::string owner = string_or(wanted, "owner", action_.author);
    const std::string visibility = string_or(wanted, "visibility", "everyone");
    if (!client_id_key(owner)) return wrong_arguments("the owner is no Client ID");
    if (!is_visibility_label(visibility) || visibility == "named")
        return wrong_arguments("the visibility is not known");
    const bool may = author_.sees_all || (is_session && state_.members().empty()) ||
                     (may_play(state_, action_.author) && owner == action_.author);
    if (!may) return not_permitted("make this character");
    if (state_.find(operation.instance) != nullptr)
        return wrong_arguments("the new id is not free");
    if (state_.instances().size() >= limits::instances_max) {
        return fail(ErrorKind::limit, "SZ-CAMPAIGN-007",
                    "The campaign holds as many sheets as it can.", "Begin a new campaign.");
    }
    Instance draft;
    draft.id = operation.instance;
    draft.kind = is_session ? "session" : "character";
    draft.name = name;
    draft.owner = owner;
    draft.visibility = is_session ? "everyone" : visibility;
    SZ_ASSIGN(const Instance instance, blueprint(wanted, std::move(draft)));
    for (const SeenRecord& seen : creation_records(instance))
        SZ_TRY(record(seen.audience, seen.record));
    decision_.kind = "new";
    return {};
}

// From a template, from an entry of a dataset, or from a template with an entry's values in it.
Result<Instance> Judge::blueprint(const Json& wanted, Instance draft) const {
    const std::string* reference = read::text(wanted, "template");
    const Json* entry = read::member(wanted, "entry");
    const bool is_session = draft.kind == "session";
    if (reference == nullptr && (entry == nullptr || is_session))
        return wrong_arguments("“create” wants a template, or an entry of a dataset");
    Json found;
    if (entry != nullptr) {
        SZ_ASSIGN(found, services_.templates.find_entry(string_or(*entry, "pack"),
                                                        string_or(*entry, "dataset"),
                                                        string_or(*entry, "entry")));
        if (reference == nullptr)
            return instance_from_entry(found, std::move(draft), services_.fields);
    }
    SZ_ASSIGN(const Json from,
              services_.templates.find_template(
                  is_session ? "session-template" : "character-template", *reference));
    SZ_ASSIGN(Instance made, instance_from_template(from, std::move(draft), services_.fields));
    if (entry != nullptr) SZ_TRY(fill_from_entry(found, made, services_.fields));
    return made;
}

// "Goblin 4" when the author knows of a "Goblin 3", there or removed.
std::string Judge::numbered(const std::string& name) const {
    constexpr std::size_t digits_max = 9;
    unsigned long last = 0;
    for (const auto& [id, instance] : state_.instances()) {
        if (!instance.name.starts_with(name + " ") || !instance.audience().includes(author_))
            continue;
        const std::string rest = instance.name.substr(name.size() + 1);
        const bool is_number =
            !rest.empty() && rest.size() <= digits_max &&
            std::all_of(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (is_number) last = std::max(last, std::stoul(rest));
    }
    return name + " " + std::to_string(last + 1);
}

Status Judge::rename(const Instance& instance, const Operation& operation, std::size_t number) {
    const std::string* name = text_at(operation.args, 0);
    if (name == nullptr || operation.args.size() != 1)
        return wrong_arguments("“rename” takes a name");
    SZ_TRY(check_name(*name));
    if (!may_edit_instance(state_, instance, action_.author))
        return not_permitted("rename " + instance.name);
    const std::vector<std::string> touches{"name"};
    const Mark* mark =
        operation.base ? instance.marks.conflict(*operation.base, place_.who, touches) : nullptr;
    if (mark != nullptr) {
        const Field as_field{Json{{"name", "Name"}}, instance.name, {}};
        return conflict_error(state_, {operation, number, instance, as_field, *name, *mark,
                                       services_.author_of(mark->who)});
    }
    return record(instance.audience(), {instance.id,
                                        "",
                                        {{"name", *name}},
                                        inverse("rename", Json::array({instance.name})),
                                        false,
                                        touches});
}

Status Judge::set_removed(const Instance& instance, bool removed) {
    if (instance.id == state_.campaign()) return not_permitted("remove a campaign's own sheet");
    if (instance.removed == removed) return wrong_arguments("it is there already");
    if (!may_remove_instance(state_, instance, action_.author))
        return not_permitted("remove " + instance.name);
    decision_.kind = removed ? "removed" : "new";
    return record(instance.audience(), {instance.id,
                                        "",
                                        {{"removed", removed}},
                                        inverse(removed ? "restore" : "remove", Json::array()),
                                        false,
                                        {"removed"}});
}

Status Judge::set_member(const Instance& instance, const Operation& operation) {
    if (instance.id != state_.campaign() || operation.args.size() != 1)
        return wrong_arguments("“member” is for the campaign itself");
    const Json& wanted = operation.args[0];
    const std::string* id = read::text(wanted, "id");
    const std::string* name = read::text(wanted, "name");
    const Json* role = read::member(wanted, "role");
    if (id == nullptr || name == nullptr || role == nullptr || !client_id_key(*id)) {
        return wrong_arguments("“member” takes an id, a name and a role");
    }
    SZ_TRY(check_name(*name));
    const auto wanted_role =
        role->is_string() ? role_from_name(role->get_ref<const std::string&>()) : std::nullopt;
    if (!role->is_null() && !wanted_role) return wrong_arguments("the role is not known");
    const bool begins = state_.members().empty();
    if (!begins && !is_game_master(state_, action_.author)) return not_permitted("say who plays");
    if (*id == state_.host() && wanted_role != Role::gm)
        return not_permitted("take the host's role away");
    const auto known = state_.members().find(*id);
    if (known == state_.members().end() && !wanted_role)
        return wrong_arguments("nobody of that id is a member");
    const Json before = known == state_.members().end()
                            ? member_json(*id, *name, nullptr)
                            : member_json(*id, known->second.name, role_name(known->second.role));
    return record(Audience::everyone(), {instance.id,
                                         "",
                                         {{"member", member_json(*id, *name, *role)}},
                                         inverse("member", Json::array({before})),
                                         false,
                                         {"member:" + *id}});
}

}  // namespace sz::campaign
