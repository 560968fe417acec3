// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/cli/commands/all.hpp"

#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/session.hpp"

namespace sz::cli {

Command command_with_id(std::string name, std::string summary, std::string method,
                        std::function<void(std::ostream&, const Json&)> print) {
    return {std::move(name),
            "ID",
            1,
            1,
            std::move(summary),
            {},
            [method = std::move(method)](Session& session, const Arguments& a) {
                return session.call(method, Json{{"id", a.words[0]}});
            },
            std::move(print)};
}

Command rename_command(std::string name, std::string summary, std::string method) {
    return {std::move(name),
            "ID NAME",
            2,
            2,
            std::move(summary),
            {},
            [method = std::move(method)](Session& session, const Arguments& a) {
                return session.call(method, Json{{"id", a.words[0]}, {"name", a.words[1]}});
            },
            [](std::ostream& out, const Json&) { out << "Done.\n"; }};
}

const std::vector<Command>& all_commands() {
    static const std::vector<Command> commands = [] {
        std::vector<Command> all;
        for (auto* group :
             {&pack_commands, &pack_tool_commands, &library_commands, &identity_commands,
              &campaign_commands, &campaign_file_commands, &member_commands, &history_commands,
              &character_commands, &access_commands, &explain_commands, &net_commands,
              &plugin_commands, &bus_commands}) {
            auto more = group();
            all.insert(all.end(), std::make_move_iterator(more.begin()),
                       std::make_move_iterator(more.end()));
        }
        return all;
    }();
    return commands;
}

}  // namespace sz::cli
