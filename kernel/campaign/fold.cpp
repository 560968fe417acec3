// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/fold.hpp"

#include <algorithm>

#include "kernel/campaign/permission.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

tl::unexpected<Error> unproven(const std::string& what) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-047", what);
}

EventIndex event_named_by(const Operation& operation) {
    if (!operation.path.empty() || operation.args.size() != 1) return 0;
    return read::count(operation.args[0]).value_or(0);
}

}  // namespace

EventIndex undone_by(const Action& action) {
    const Operation& first = action.operations.front();
    const bool is_undo = first.op == system_op::undo || first.op == system_op::redo;
    return is_undo ? event_named_by(first) : 0;
}

EventIndex restored_by(const Action& action) {
    const Operation& first = action.operations.front();
    return first.op == system_op::restore_snapshot ? event_named_by(first) : 0;
}

bool may_author(const State& before, const std::string& author) {
    const bool begins = before.members().empty() && author == before.host();
    return begins || before.members().contains(author);
}

Error not_a_member(const State& state, const std::string& author) {
    return {ErrorKind::denied, "SZ-CAMPAIGN-013",
            "The identity in use is not a member of this campaign.",
            "Use one that is. Its game master's: szctl identity use " + state.host(), author};
}

bool names_place(const Action& action, const Record& record) {
    if (undone_by(action) != 0 || restored_by(action) != 0) return true;
    return std::any_of(
        action.operations.begin(), action.operations.end(), [&](const Operation& operation) {
            const bool is_whole = operation.path.empty() && operation.op == system_op::upgrade;
            return operation.instance == record.instance &&
                   (is_whole || operation.path == record.path);
        });
}

bool keeps_its_host(const State& after) { return is_game_master(after, after.host()); }

Fold::Fold(std::string campaign, std::string host)
    : state_(campaign, host), head_(genesis_head(campaign, host)) {}

Status Fold::add(const Event& event) {
    if (event.index != index_ + 1) return unproven("its number does not follow the one before it");
    if (event.at < at_) return unproven("it happened before the event before it");
    if (event_head(head_, event) != event.head)
        return unproven("the hash chain does not hold: something in it was changed");
    SZ_TRY(prove_action(event));
    if (!may_author(state_, action_.author))
        return unproven("its author is not a member of the campaign");
    auto records = records_of(event.parts);
    if (!records) return unproven(records.error().message);
    if (records->empty()) return unproven("it has no effect");
    const EventPlace place{event.index, event.at, stream_tag(action_.author, action_.stream)};
    Audience may_see_action = Audience::everyone();
    for (const SeenRecord& seen : *records) {
        if (!names_place(action_, seen.record))
            return unproven("it changes a place that its action does not name");
        may_see_action = may_see_action.both(seen.audience);
        if (auto applied = state_.apply(seen.record, place); !applied)
            return unproven(applied.error().message);
    }
    for (const SeenRecord& seen : *records) {
        const Instance* instance = state_.find(seen.record.instance);
        if (seen.record.effect.contains("upgrade") && instance != nullptr && !is_placed(*instance))
            return unproven("it leaves fields without a place on their sheet");
    }
    if (event.parts.front().audience != may_see_action.text())
        return unproven("its action is for other people than its effects");
    if (!keeps_its_host(state_)) return unproven("after it the host is no game master");
    head_ = event.head;
    index_ = event.index;
    at_ = event.at;
    return {};
}

Status Fold::prove_action(const Event& event) {
    if (event.parts.empty()) return unproven("it has no parts");
    auto signed_action = action_of(event.parts.front());
    if (!signed_action) return unproven(signed_action.error().message);
    auto action = parse_action(signed_action->bytes);
    if (!action) return unproven(action.error().message);
    if (action->campaign != state_.campaign() || action->host != state_.host()) {
        return unproven("its action is for another campaign or host");
    }
    if (auto proven = check_signature(*signed_action, action->author); !proven)
        return unproven(proven.error().message);
    action_ = std::move(*action);
    return {};
}

}  // namespace sz::campaign
