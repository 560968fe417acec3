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
    return state.viewer(author).sees_all || instance.owner == author;
}

bool may_edit_field(const State& state, const Instance& instance, std::string_view path,
                    const std::string& author) {
    const Viewer viewer = state.viewer(author);
    if (!may_play(state, author) || !instance.field_audience(path).includes(viewer)) return false;
    if (viewer.sees_all) return true;
    const auto field = instance.fields.find(path);
    if (field == instance.fields.end()) return false;
    const std::string rule = string_or(field->second.definition, "editableBy", "owner");
    return rule == "everyone" || (rule == "owner" && instance.owner == author);
}

}  // namespace sz::campaign
