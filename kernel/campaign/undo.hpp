// SPDX-License-Identifier: AGPL-3.0-or-later
// What an undo must know from the ledger: what the event did, whether it was taken back already,
// and whether something later at the same place stands in the way. Looks along each place's chain
// of changes, never through it all.
#pragma once

#include <string>
#include <vector>

#include "kernel/campaign/judge.hpp"
#include "kernel/campaign/ledger.hpp"

namespace sz::campaign {

// A place and the event that changed it last.
struct PlaceStart {
    std::string instance, path;
    EventIndex last = 0;
};

// What `event` did, and the state before it when it was a restore (or the undo of one).
// SZ-CAMPAIGN-048: there is no such event. [store-thread]
[[nodiscard]] Result<UndoMaterial> read_undone(Ledger& ledger, EventIndex event);

// The places that taking it back would change, with their last changes. [kernel-thread]
[[nodiscard]] std::vector<PlaceStart> places_of(const State& state, const UndoMaterial& material);

// Walks from the last changes back to the event: changes that were taken back since do not count,
// nor those that commute, nor, in an instance that the event made, those that `viewer` may not know
// of. Fills is_undone and collision. [store-thread]
[[nodiscard]] Status find_collision(Ledger& ledger, const std::vector<PlaceStart>& places,
                                    const Viewer& viewer, UndoMaterial& material);

// The author's last event that is neither an undo nor undone. SZ-CAMPAIGN-026: there is none.
// [store-thread]
[[nodiscard]] Result<EventIndex> last_to_undo(Ledger& ledger, const std::string& author);

// The author's last undo that was not redone, as an editor has it: the undos before it can be
// redone after it, and a new change of the author's ends what can be redone.
struct Redoable {
    EventIndex undo = 0;   // the event to take back
    EventIndex event = 0;  // the change that counts again then
};
// SZ-CAMPAIGN-093: there is none. [store-thread]
[[nodiscard]] Result<Redoable> next_to_redo(Ledger& ledger, const std::string& author);

}  // namespace sz::campaign
