// SPDX-License-Identifier: AGPL-3.0-or-later
// Going back and forth in a campaign to test with.
#pragma once

#include "kernel/campaign/restore.hpp"
#include "kernel/campaign/undo.hpp"
#include "tests/unit/campaign/evening.hpp"

namespace sz::test {

template <class T>
Result<T> on_ledger(Evening& evening, std::function<Result<T>(Ledger&)> work) {
    std::optional<Result<T>> got;
    evening.host->read<T>(std::move(work), [&got](Result<T> result) { got = std::move(result); });
    evening.run();
    REQUIRE(got);
    return *got;
}

inline Result<Snapshot> snapshot(Evening& evening, const std::string& note = {},
                                 SnapshotKind kind = SnapshotKind::hand) {
    std::optional<Result<Snapshot>> got;
    evening.host->snapshot(kind, note, [&](Result<Snapshot> made) { got = std::move(made); });
    evening.run();
    REQUIRE(got);
    return *got;
}

inline std::vector<Snapshot> snapshots(Evening& evening) {
    return *on_ledger<std::vector<Snapshot>>(evening, list_snapshots);
}

inline Result<std::shared_ptr<const State>> then(Evening& evening, EventIndex event) {
    return on_ledger<std::shared_ptr<const State>>(
        evening, [event](Ledger& ledger) { return state_after(ledger, event); });
}

inline Result<Accepted> restore(Evening& evening, EventIndex event) {
    return evening.act_as_gm({{campaign_id, "", "restore-snapshot", Json::array({event}), {}}});
}

inline Result<Accepted> undo_last(Evening& evening) {
    const auto event = on_ledger<EventIndex>(evening, [&](Ledger& ledger) {
        return last_to_undo(ledger, evening.gm.key().client_id());
    });
    return event ? evening.undo(*event) : Result<Accepted>(fail(event.error()));
}
inline Result<Accepted> redo(Evening& evening) {
    const auto found = on_ledger<Redoable>(evening, [&](Ledger& ledger) {
        return next_to_redo(ledger, evening.gm.key().client_id());
    });
    if (!found) return fail(found.error());
    return evening.act_as_gm({{campaign_id, "", "redo", Json::array({found->undo}), {}}});
}

inline Result<Accepted> show(Evening& evening, const std::string& path, const Json& to) {
    return evening.act_as_gm({{thorn_id, "", "visibility", Json::array({path, to}), {}}});
}

// All that a state holds but marks.
inline std::map<std::string, std::string> content(const State& state) {
    std::map<std::string, std::string> all;
    for (const auto& [id, member] : state.members())
        all["m " + id] = member.name + role_name(member.role);
    for (const auto& [id, instance] : state.instances()) {
        Json row = instance_row(instance);
        row.erase("marks");
        all["i " + id] = row.dump();
        for (const auto& [path, field] : instance.fields)
            all["f " + id + path] = field.value.dump();
    }
    return all;
}

inline std::string fault(const Evening& evening) {
    const Proof proof = verify_file(evening.file());
    return proof.first_bad ? proof.first_bad->reason : "";
}

}  // namespace sz::test
