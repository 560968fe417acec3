// SPDX-License-Identifier: AGPL-3.0-or-later
// A conflict, for a person to decide: what was asked, what it would give, what is there, since when
// and by whom.
#pragma once

#include <string>

#include "kernel/campaign/judge.hpp"

namespace sz::campaign {

struct Conflict {
    const Operation& operation;
    const Instance& instance;
    const Field& field;
    Json yours;  // what the operation would give; null when it does not even apply any more
    const Mark& mark;
    std::string by;  // Client ID
};

// SZ-CAMPAIGN-020; Error::where is {"operation","yours","theirs","base","by","at"} as JSON text.
[[nodiscard]] tl::unexpected<Error> conflict_error(const State& state, const Conflict& conflict);
[[nodiscard]] tl::unexpected<Error> collision_error(const State& state,
                                                    const UndoMaterial& material);

// A value in a sentence: JSON of a few words.
[[nodiscard]] std::string short_text(const Json& value);

// The name that the campaign knows somebody by.
[[nodiscard]] std::string member_name(const State& state, const std::string& client_id);

}  // namespace sz::campaign
