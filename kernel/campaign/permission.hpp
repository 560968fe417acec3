// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may change what.
#pragma once

#include "kernel/campaign/state.hpp"

namespace sz::campaign {

// Game masters and assistants change everything; everybody else what the field's rule leaves to
// them (Instance::editability): the owner of the instance unless it says otherwise. Nobody changes
// what they cannot see; spectators change nothing.
[[nodiscard]] bool may_edit_field(const State& state, const Instance& instance,
                                  std::string_view path, const std::string& author);

// The instance itself: its name.
[[nodiscard]] bool may_edit_instance(const State& state, const Instance& instance,
                                     const std::string& author);
// Its removal and return: only of one's own, and only while one may change it.
[[nodiscard]] bool may_remove_instance(const State& state, const Instance& instance,
                                       const std::string& author);

// Who sees and who changes what: game masters and assistants.
[[nodiscard]] bool may_decide_access(const State& state, const std::string& author);

[[nodiscard]] bool is_game_master(const State& state, const std::string& client_id);
[[nodiscard]] bool may_play(const State& state,
                            const std::string& client_id);  // any member but spectators

}  // namespace sz::campaign
