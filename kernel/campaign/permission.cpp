// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/permission.hpp"

namespace sz::campaign {

bool is_game_master(const State& state, const std::string& client_id) {
    const auto member = state.members().find(client_id);
    return member != state.members().end() && member->second.role == Role::gm;
}

bool may_play(const State& state, const std::string& client_id) {
    const auto member = state.members().find(client_id);
    return member != state.members().end() && member->second.role != Role::spectator;
}

bool may_edit_instance(const State& state, const Instance& instance, const std::string& author) {
    if (!may_play(state, author)) return false;
    return state.viewer(author).sees_all || instance.editability("").allows(author, instance.owner);
}

bool may_remove_instance(const State& state, const Instance& instance, const std::string& author) {
    return may_edit_instance(state, instance, author) &&
           (state.viewer(author).sees_all || instance.owner == author);
}

bool may_edit_field(const State& state, const Instance& instance, std::string_view path,
                    const std::string& author) {
    const Viewer viewer = state.viewer(author);
    if (!viewer.plays || !instance.field_audience(path).includes(viewer)) return false;
    return viewer.sees_all || instance.editability(path).allows(author, instance.owner);
}

bool may_decide_access(const State& state, const std::string& author) {
    return state.viewer(author).sees_all;
}

}  // namespace sz::campaign
