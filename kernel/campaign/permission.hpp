// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may change what.
#pragma once

#include "kernel/campaign/state.hpp"

namespace sz::campaign {

// Game masters and assistants change everything; the owner what the field's "editableBy" leaves to
// the owner (the default); players what it leaves to everyone. Nobody changes what they cannot see;
// spectators change nothing.
[[nodiscard]] bool may_edit_field(const State& state, const Instance& instance,
                                  std::string_view path, const std::string& author);

// The instance itself: its name, its removal.
[[nodiscard]] bool may_edit_instance(const State& state, const Instance& instance,
                                     const std::string& author);

[[nodiscard]] bool is_game_master(const State& state, const std::string& client_id);
[[nodiscard]] bool may_play(const State& state,
                            const std::string& client_id);  // any member but spectators

}  // namespace sz::campaign
