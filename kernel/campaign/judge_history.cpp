// SPDX-License-Identifier: AGPL-3.0-or-later
// Decisions that go back to an earlier moment: a restore, and the undo of one.
#include <algorithm>

#include "kernel/campaign/judge.hpp"
#include "kernel/campaign/permission.hpp"
#include "kernel/campaign/restore.hpp"

namespace sz::campaign {

Status Judge::restore_moment(const UndoMaterial& material) {
    if (!is_game_master(state_, action_.author) || material.then == nullptr) {
        return fail(ErrorKind::denied, "SZ-CAMPAIGN-021",
                    "You may not take the campaign back to an earlier moment.",
                    "Ask the game master.");
    }
    if (is_restored(state_, *material.then)) {
        return fail(ErrorKind::conflict, "SZ-CAMPAIGN-095",
                    "The campaign is as it was after event " + std::to_string(material.event) + ".",
                    "Nothing is to be restored.");
    }
    SZ_TRY(go_back_to(*material.then, Extent::since(material.event)));
    decision_.kind = "restore";
    if (is_restored(state_, *material.then)) return {};
    return fail(ErrorKind::internal, "SZ-CAMPAIGN-099",
                "Restoring would not give what was there after event " +
                    std::to_string(material.event) + ".",
                "Report it; take single events back with szctl campaign undo meanwhile.");
}

Status Judge::undo_restore(const UndoMaterial& material) {
    if (!is_game_master(state_, action_.author)) {
        return fail(ErrorKind::denied, "SZ-CAMPAIGN-021", "You may not take a restore back.",
                    "Ask the game master.");
    }
    decision_.kind = "undo";
    return go_back_to(*material.then, Extent::places_of(material.records));
}

Status Judge::go_back_to(const State& then, const Extent& extent) {
    auto& instances = decision_.instances;
    for (const SeenRecord& seen : restoring_records(state_, then, extent, place_.index - 1)) {
        const Record& one = seen.record;
        if (auto recorded = record(seen.audience, one); !recorded) {
            if (recorded.error().code != "SZ-CAMPAIGN-029") return recorded;
            Error error = std::move(recorded).error();
            error.hint = "Restore a later moment, or take single events back.";
            return fail(std::move(error));
        }
        if (std::find(instances.begin(), instances.end(), one.instance) == instances.end())
            instances.push_back(one.instance);
    }
    return {};
}

}  // namespace sz::campaign
