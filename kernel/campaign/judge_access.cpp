// SPDX-License-Identifier: AGPL-3.0-or-later
// Decisions about who sees and who changes what.
#include "kernel/base/limits.hpp"
#include "kernel/campaign/disclosure.hpp"
#include "kernel/campaign/judge.hpp"
#include "kernel/campaign/permission.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

tl::unexpected<Error> wrong_rule(const std::string& what, const char* hint = "") {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-022",
                "An operation's arguments are wrong: " + what + ".", hint);
}

// What stands at the path now, as an operation would say it; null when nothing does.
template <class Rule>
Json rule_at(const std::map<std::string, Rule, std::less<>>& rules, const std::string& path,
             const char* key) {
    const auto found = rules.find(path);
    if (found == rules.end()) return nullptr;
    return {{key, found->second.label}, {"named", found->second.named}};
}

Record rule_record(const Instance& instance, std::string_view op, const Operation& operation,
                   Json before) {
    const std::string name(op);
    const Json& path = operation.args[0];
    Record record;
    record.instance = instance.id;
    record.effect = {{name, {{"path", path}, {"to", operation.args[1]}}}};
    record.inverse = {{"op", name}, {"args", Json::array({path, std::move(before)})}};
    record.touches = {name + ":" + path.get<std::string>()};
    return record;
}

}  // namespace

// [path, null or {key: label, "named"?: [Client ID, …]}]
Status Judge::check_rule(const Instance& instance, const Operation& operation,
                         const char* key) const {
    const Json& args = operation.args;
    const bool has_form =
        args.size() == 2 && args[0].is_string() && (args[1].is_null() || args[1].is_object());
    if (!has_form) return wrong_rule("“" + operation.op + "” takes a path and who it is for");
    if (!may_decide_access(state_, action_.author)) {
        return fail(ErrorKind::denied, "SZ-CAMPAIGN-021",
                    "You may not decide who sees and who changes what.", "Ask the game master.");
    }
    const auto& path = args[0].get_ref<const std::string&>();
    if (!instance.has_place(path)) {
        return fail(ErrorKind::not_found, "SZ-CAMPAIGN-005",
                    "The sheet has no section, group or field at that path.",
                    "szctl character show lists the paths.", path);
    }
    if (args[1].is_null()) return {};
    const std::string label = string_or(args[1], key);
    const bool is_known = operation.op == system_op::visibility ? is_visibility_label(label)
                                                                : is_editability_label(label);
    if (!is_known) return wrong_rule("“" + label + "” is nobody that it could be for");
    const Json& named = read::list(args[1], "named");
    if (named.size() > limits::named_people_max) {
        return fail(ErrorKind::limit, "SZ-CAMPAIGN-051",
                    "More than " + std::to_string(limits::named_people_max) +
                        " people are named for one place.",
                    "Show it to everyone, or to players.", path);
    }
    for (const Json& id : named) {
        if (!id.is_string() || !client_id_key(id.get_ref<const std::string&>()))
            return wrong_rule("a name is no Client ID");
    }
    return {};
}

Status Judge::set_visibility(const Instance& instance, const Operation& operation) {
    SZ_TRY(check_rule(instance, operation, "visibility"));
    const auto& path = operation.args[0].get_ref<const std::string&>();
    if (path.empty() && instance.id == state_.campaign())
        return wrong_rule("the campaign's own sheet is there for everyone",
                          "Hide a section, group or field of it.");
    const Instance before = instance;
    SZ_TRY(record(Audience::game_masters(),
                  rule_record(instance, system_op::visibility, operation,
                              rule_at(instance.overrides, path, "visibility"))));
    for (const SeenRecord& seen : disclosure_records(before, *state_.find(operation.instance)))
        SZ_TRY(record(seen.audience, seen.record));
    return {};
}

// Who may change a thing is told to those who see everything. Everybody else is told in their view
// what they may change, and by the host's refusal.
Status Judge::set_editability(const Instance& instance, const Operation& operation) {
    SZ_TRY(check_rule(instance, operation, "editableBy"));
    const auto& path = operation.args[0].get_ref<const std::string&>();
    return record(Audience::game_masters(),
                  rule_record(instance, system_op::editability, operation,
                              rule_at(instance.editors, path, "editableBy")));
}

}  // namespace sz::campaign
