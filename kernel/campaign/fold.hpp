// SPDX-License-Identifier: AGPL-3.0-or-later
// Folding: going through a ledger's events from the first, proving each and applying what it did.
// Needs no plugin.
#pragma once

#include <string>

#include "kernel/campaign/event.hpp"
#include "kernel/campaign/state.hpp"

namespace sz::campaign {

class Fold {
  public:
    Fold(std::string campaign, std::string host);
    // From the state after an event, which is not proven.
    Fold(State state, const Digest& head, EventIndex event, UnixMs at)
        : state_(std::move(state)), head_(head), index_(event), at_(at) {}

    // Proves that `event` follows the one before it (number, time, chain), that its action is its
    // author's and for this campaign, that its effects belong to what the action asks, and applies
    // them. The sentence says what does not hold; after a failure the fold is of no more use.
    // SZ-CAMPAIGN-047.
    [[nodiscard]] Status add(const Event& event);

    [[nodiscard]] const Digest& head() const noexcept { return head_; }
    [[nodiscard]] EventIndex events() const noexcept { return index_; }
    [[nodiscard]] UnixMs at() const noexcept { return at_; }
    [[nodiscard]] State& state() noexcept { return state_; }
    // The action of the event that was added last.
    [[nodiscard]] const Action& action() const noexcept { return action_; }

  private:
    [[nodiscard]] Status prove_action(const Event& event);

    State state_;
    Digest head_;
    EventIndex index_ = 0;
    UnixMs at_ = 0;
    Action action_;
};

// The event that an action takes back, or 0 when it is no undo (and no redo, which takes an undo
// back).
[[nodiscard]] EventIndex undone_by(const Action& action);
// The event after which the campaign was as it becomes again, or 0 when the action restores
// nothing.
[[nodiscard]] EventIndex restored_by(const Action& action);

// What Fold asks of an event. The host asks the same, here, before it acknowledges an action: it
// never writes what its own reader refuses. That what it writes can be parsed follows from limits:
// those of parse_stored are wider than those of whatever a record is made of.

// Before an event's effects its author is a member, or the host who begins the campaign. (After
// them it may be a member no more.)
[[nodiscard]] bool may_author(const State& before, const std::string& author);
// SZ-CAMPAIGN-013, for whoever may not.
[[nodiscard]] Error not_a_member(const State& state, const std::string& author);
// The changed place is one that the action names, or the action is an undo or a restore.
[[nodiscard]] bool names_place(const Action& action, const Record& record);
// After an event's effects the host is a game master, from the first event to the last.
[[nodiscard]] bool keeps_its_host(const State& after);

}  // namespace sz::campaign
