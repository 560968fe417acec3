// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/judge.hpp"

#include <algorithm>
#include <set>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/computed.hpp"
#include "kernel/campaign/conflict.hpp"
#include "kernel/campaign/effect.hpp"
#include "kernel/campaign/fold.hpp"
#include "kernel/campaign/permission.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/refusal.hpp"
#include "kernel/plugin/field_change.hpp"

namespace sz::campaign {

Judge::Judge(State& state, const Services& services, const Action& action, EventPlace place)
    : state_(state),
      services_(services),
      action_(action),
      place_(std::move(place)),
      author_(state.viewer(action.author)) {}

Result<Decision> Judge::decide(const UndoMaterial* undo) {
    state_.begin();
    auto decided = decide_all(undo);
    if (decided) decided = check_outcome();
    if (!decided) {
        state_.take_back();
        return fail(std::move(decided).error());
    }
    state_.keep();
    return std::move(decision_);
}

Status Judge::decide_all(const UndoMaterial* undo) {
    if (state_.members().empty()) SZ_TRY(check_bootstrap());
    const bool has_loner = std::any_of(
        action_.operations.begin(), action_.operations.end(), [](const Operation& operation) {
            return operation.path.empty() &&
                   (operation.op == system_op::undo || operation.op == system_op::redo ||
                    operation.op == system_op::restore_snapshot ||
                    operation.op == system_op::visibility ||
                    operation.op == system_op::editability);
        });
    if (has_loner && action_.operations.size() > 1) {
        return fail(ErrorKind::input, "SZ-CAMPAIGN-022",
                    "“undo”, “redo”, “restore-snapshot”, “visibility” and “editability” must be "
                    "actions of their own.",
                    "Send them one by one.");
    }
    const auto upgrades = std::count_if(
        action_.operations.begin(), action_.operations.end(), [](const Operation& operation) {
            return operation.path.empty() && operation.op == system_op::upgrade;
        });
    // What an event does is applied by audience: of two things that one sheet becomes, neither
    // would come out.
    std::set<std::string> sheets;
    for (const Operation& operation : action_.operations) sheets.insert(operation.instance);
    const std::size_t count = action_.operations.size();
    const bool is_apart = static_cast<std::size_t>(upgrades) == count && sheets.size() == count;
    if (upgrades != 0 && !is_apart) {
        return fail(ErrorKind::input, "SZ-CAMPAIGN-022",
                    "“upgrade” may stand beside nothing but upgrades of other sheets.",
                    "Send the other operations in an action of their own.");
    }
    if (undo != nullptr)
        return restored_by(action_) != 0 ? restore_moment(*undo) : undo_event(*undo);
    for (std::size_t i = 0; i < action_.operations.size(); ++i)
        SZ_TRY(one(action_.operations[i], i));
    return {};
}

Status Judge::check_outcome() const {
    if (!decision_.records.empty() && keeps_its_host(state_)) return {};
    return fail(ErrorKind::internal, "SZ-CAMPAIGN-047",
                "The change would make an event that no reader takes: it has no effect, or the "
                "campaign's host would no longer be its game master.",
                "Report it with what you did.");
}

// A campaign begins with its session sheet, made by its host, who makes themselves its game master.
Status Judge::check_bootstrap() const {
    const auto& operations = action_.operations;
    const bool begins = action_.author == state_.host() && operations.size() == 2 &&
                        operations[0].op == system_op::create &&
                        operations[1].op == system_op::member && !operations[1].args.empty() &&
                        string_or(operations[1].args[0], "id") == state_.host();
    for (const Operation& operation : operations) {
        if (!begins || operation.instance != state_.campaign() || !operation.path.empty()) {
            return fail(ErrorKind::denied, "SZ-CAMPAIGN-021",
                        "A campaign can only be begun by its host.");
        }
    }
    return {};
}

Status Judge::one(const Operation& operation, std::size_t number) {
    if (operation.path.empty()) {
        SZ_TRY(system_operation(operation, number));
        decision_.values.emplace_back();
    } else {
        SZ_TRY(field_operation(operation, number));
        decision_.values.push_back(state_.find_field(operation.instance, operation.path)->value);
    }
    auto& instances = decision_.instances;
    if (std::find(instances.begin(), instances.end(), operation.instance) == instances.end()) {
        instances.push_back(operation.instance);
    }
    return {};
}

// What the author may not see is not there for them: the same words as for what does not exist.
Result<const Instance*> Judge::visible_instance(const Operation& operation) const {
    const Instance* instance = state_.find(operation.instance);
    const bool is_restored = operation.path.empty() && operation.op == system_op::restore;
    if (instance == nullptr || (instance->removed && !is_restored) ||
        !instance->audience().includes(author_)) {
        return fail(
            ErrorKind::not_found, "SZ-CAMPAIGN-004", "There is no such character in this campaign.",
            "szctl character list --campaign " + state_.campaign() + " shows what there is.",
            operation.instance);
    }
    return instance;
}

// What a change comes to is computed by what everybody knows who sees the field: a game master's
// change of a number that all see tells them nothing of a curse that they do not see.
std::optional<Json> Judge::definition_to_change(const Instance& instance,
                                                const std::string& path) const {
    const Audience audience = instance.field_audience(path);
    std::vector<Viewer> readers;
    for (const Viewer& anybody : {Viewer{"", false, false}, Viewer{"", false, true}}) {
        if (audience.includes(anybody)) readers.push_back(anybody);
    }
    if (readers.empty()) {
        for (const auto& [id, member] : state_.members()) {
            const Viewer viewer = state_.viewer(id);
            if (!viewer.sees_all && audience.includes(viewer)) readers.push_back(viewer);
        }
        if (readers.size() > 1) return std::nullopt;  // each may know something else
        if (readers.empty()) readers.push_back(author_);
    }
    Computer computer(state_, readers.front(), {services_.fields, services_.templates});
    return computer.definition_to_change(instance, path);
}

Status Judge::field_operation(const Operation& operation, std::size_t number) {
    SZ_ASSIGN(const Instance* instance, visible_instance(operation));
    const Field* field = state_.find_field(operation.instance, operation.path);
    if (field == nullptr || !instance->field_audience(operation.path).includes(author_)) {
        return fail(ErrorKind::not_found, "SZ-CAMPAIGN-005", "The sheet has no field at that path.",
                    "szctl character show lists the paths.", operation.path);
    }
    if (!may_edit_field(state_, *instance, operation.path, action_.author)) {
        return fail(ErrorKind::denied, "SZ-CAMPAIGN-021",
                    "You may not change “" + string_or(field->definition, "name", operation.path) +
                        "” of " + instance->name + ".",
                    "Ask the game master.", operation.path);
    }
    const auto computing = definition_to_change(*instance, operation.path);
    auto change = services_.fields.apply(computing ? *computing : field->definition, field->value,
                                         Json{{"op", operation.op},
                                              {"args", operation.args},
                                              {"key", operation_key(action_, number)}});
    if (operation.base && (!change || !change->relative)) {
        const std::vector<std::string> touches =
            change ? change->touches : std::vector<std::string>{};
        if (const Mark* mark = field->marks.conflict(*operation.base, place_.who, touches)) {
            const Json yours = change ? value_after(field->value, *change) : Json();
            return conflict_error(state_, {operation, number, *instance, *field, yours, *mark,
                                           services_.author_of(mark->who)});
        }
    }
    if (!change) return fail(std::move(change).error());
    SZ_TRY(record(instance->field_audience(operation.path),
                  {operation.instance, operation.path, std::move(change->effect),
                   std::move(change->inverse), change->relative, std::move(change->touches)}));
    if (canonical_json(field->value).size() > limits::field_value_bytes_max) {
        return fail(ErrorKind::limit, "SZ-CAMPAIGN-024",
                    "The field would become larger than it may be.",
                    "Split it, or put the long text into a pack.", operation.path);
    }
    return {};
}

Status Judge::record(const Audience& audience, const Record& record) {
    if (!names_place(action_, record)) {
        return fail(ErrorKind::internal, "SZ-CAMPAIGN-047",
                    "The change would make an event that no reader takes: it changes a place that "
                    "its action does not name.",
                    "Report it with what you did.", record.path);
    }
    if (auto applied = state_.apply(record, place_); !applied) {
        if (record.path.empty()) return applied;
        return fail(
            ErrorKind::internal, "SZ-CAMPAIGN-025",
            "The field's type gave an effect that cannot be applied: " + applied.error().message,
            "Report it to the author of the plugin that offers this type.", record.path);
    }
    std::string text = canonical_json(record.to_json());
    effects_bytes_ += text.size();
    if (effects_bytes_ > limits::event_bytes_max) {
        return fail(ErrorKind::limit, "SZ-CAMPAIGN-029",
                    "The change would do more at once than one event may hold: " +
                        std::to_string(limits::event_bytes_max / limits::mib) + " MiB.",
                    "Do it in several steps, or use a smaller template.", record.instance);
    }
    decision_.records.push_back({audience, std::move(text)});
    return {};
}

// Both what the event did then and what is there now: a collision shows the value of today.
bool Judge::may_see(const UndoMaterial& material) const {
    return std::all_of(material.records.begin(), material.records.end(),
                       [&](const SeenRecord& seen) {
                           if (is_for_readers(seen.record)) return true;
                           const Instance* instance = state_.find(seen.record.instance);
                           if (instance == nullptr || !seen.audience.includes(author_))
                               return false;
                           return seen.record.path.empty() ||
                                  instance->field_audience(seen.record.path).includes(author_);
                       });
}

Status Judge::undo_event(const UndoMaterial& material) {
    if (!may_see(material)) {
        return fail(ErrorKind::not_found, "SZ-CAMPAIGN-048",
                    "The campaign has no event " + std::to_string(material.event) + ".",
                    "szctl campaign log lists them.");
    }
    if (action_.operations.front().op == system_op::redo && material.undoes == 0) {
        return fail(ErrorKind::input, "SZ-CAMPAIGN-094",
                    "Event " + std::to_string(material.event) + " took nothing back.",
                    "Only what was undone can be done again.");
    }
    if (material.is_undone) {
        return fail(ErrorKind::conflict, "SZ-CAMPAIGN-027",
                    "Event " + std::to_string(material.event) + " was taken back already.");
    }
    const bool has_no_way_back =
        std::any_of(material.records.begin(), material.records.end(), [&](const SeenRecord& seen) {
            const bool begins =
                seen.record.instance == state_.campaign() && seen.record.effect.contains("create");
            return !is_for_readers(seen.record) &&
                   (begins || read::text(seen.record.inverse, "op") == nullptr);
        });
    if (has_no_way_back) {
        return fail(ErrorKind::unsupported, "SZ-CAMPAIGN-028",
                    "Event " + std::to_string(material.event) + " cannot be taken back.");
    }
    if (material.collision) return collision_error(state_, material, author_);
    if (material.then != nullptr) return undo_restore(material);
    std::size_t step = 0;
    for (auto seen = material.records.rbegin(); seen != material.records.rend(); ++seen) {
        const Record& done = seen->record;
        if (is_for_readers(done)) continue;  // they follow from another record
        SZ_TRY(one({done.instance, done.path, *read::text(done.inverse, "op"),
                    read::list(done.inverse, "args"), std::nullopt},
                   step++));
    }
    decision_.kind = "undo";
    return {};
}

}  // namespace sz::campaign
