// SPDX-License-Identifier: AGPL-3.0-or-later
// The groups of commands, one file each.
#pragma once

#include <vector>

#include "ui/cli/command.hpp"

namespace sz::cli {

[[nodiscard]] std::vector<Command> pack_commands();
[[nodiscard]] std::vector<Command> pack_tool_commands();
[[nodiscard]] std::vector<Command> library_commands();
[[nodiscard]] std::vector<Command> identity_commands();
[[nodiscard]] std::vector<Command> campaign_commands();
[[nodiscard]] std::vector<Command> campaign_file_commands();
[[nodiscard]] std::vector<Command> history_commands();
[[nodiscard]] std::vector<Command> character_commands();
[[nodiscard]] std::vector<Command> explain_commands();
[[nodiscard]] std::vector<Command> member_commands();
[[nodiscard]] std::vector<Command> access_commands();
[[nodiscard]] std::vector<Command> plugin_commands();
[[nodiscard]] std::vector<Command> net_commands();
[[nodiscard]] std::vector<Command> bus_commands();

// The Client ID if another identity is the active one, or none is; else "".
[[nodiscard]] std::string other_than_active(Session& session, const std::string& client_id);

// Who sees or changes a thing, as the bus says it: a label, or the beginnings of Client IDs.
[[nodiscard]] std::string who(const Json& people);

}  // namespace sz::cli
