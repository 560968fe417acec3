// SPDX-License-Identifier: AGPL-3.0-or-later
// A conflict, for a person to decide: what was asked, what it would give, what is there, since when
// and by whom. The sentence quotes the values shortly; the values themselves are added for whoever
// is answered (refusal.hpp).
#pragma once

#include <string>

#include "kernel/campaign/judge.hpp"

namespace sz::campaign {

inline constexpr const char* conflict_code = "SZ-CAMPAIGN-020";

struct Conflict {
    const Operation& operation;
    std::size_t number;  // of the operation in its action
    const Instance& instance;
    const Field& field;
    const Json& yours;  // what the operation would give; null when it does not even apply any more
    const Mark& mark;
    std::string by;  // Client ID
};

// SZ-CAMPAIGN-020; Error::where is {"at","base","by","event","number"} as JSON text.
[[nodiscard]] tl::unexpected<Error> conflict_error(const State& state, const Conflict& conflict);
// The same for an undo, with "instance" and "path" of the later change. Of one that `viewer` may
// not see it says only that there is one.
[[nodiscard]] tl::unexpected<Error> collision_error(const State& state,
                                                    const UndoMaterial& material,
                                                    const Viewer& viewer);

// A value in a sentence: JSON of a few words.
[[nodiscard]] std::string short_text(const Json& value);
// At most so many bytes of it, never half a character.
[[nodiscard]] std::string shortened(std::string text, std::size_t bytes_max);

// The name that the campaign knows somebody by.
[[nodiscard]] std::string member_name(const State& state, const std::string& client_id);

}  // namespace sz::campaign
