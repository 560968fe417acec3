// SPDX-License-Identifier: AGPL-3.0-or-later
// A refusal in its two forms: short, as its verdict keeps it for ever, and with the values that a
// conflict is about, as its author is told. A few bytes of action must not cost as much of the file
// as the field that they are for.
#pragma once

#include <string>

#include "kernel/campaign/judge.hpp"

namespace sz::campaign {

// Canonical JSON of the error, at most limits::refusal_bytes_max: a sentence that is longer ends
// early, and what would not help without its end is left out.
[[nodiscard]] std::string stored_refusal(Error refusal);

// Where the values of a conflict are looked up.
struct Values {
    const State& state;
    const FieldTypes& fields;
    const Action& action;        // the refused one
    const UndoMaterial* undone;  // what it would take back; null when it is no undo
};

// What the action's author is told: Error::where of a conflict becomes JSON text
// {"operation","yours","theirs","base","by","at"}. "theirs" is what is there now and "yours" what
// the operation would make of it, null when it does not apply or when the author may not see the
// place (any more). Every other refusal stays as it is.
[[nodiscard]] Error with_values(Error refusal, const Values& values);

// The value with a change applied; null when it does not fit.
[[nodiscard]] Json value_after(Json value, const FieldChange& change);

}  // namespace sz::campaign
