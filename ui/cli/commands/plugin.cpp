// SPDX-License-Identifier: AGPL-3.0-or-later
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

Command with_id(std::string name, std::string summary, std::string method, std::function<void(std::ostream&, const Json&)> print) {
    return {std::move(name), "ID", 1, 1, std::move(summary), {},
            [method = std::move(method)](Session& session, const Arguments& a) {
                return session.call(method, Json{{"id", a.words[0]}});
            },
            std::move(print)};
}

void print_next_start(std::ostream& out, const Json&) { out << "Done. It counts from the next start.\n"; }

}  // namespace

std::vector<Command> plugin_commands() {
    return {
        {"plugin list", "", 0, 0, "Lists plugins and the state each has reached", {},
         [](Session& session, const Arguments&) { return session.call("plugin.list", Json::object()); },
         [](std::ostream& out, const Json& result) {
             Table table({"ID", "VERSION", "STATE", "REASON"});
             for (const Json& p : items(result, "plugins")) {
                 table.add({cell(p, "id"), cell(p, "version"), cell(p, "state"), cell(p, "reason")});
             }
             table.print(out, "No plugins were found.");
         }},
        with_id("plugin info", "Shows a plugin's manifest, extensions and state", "plugin.info", {}),
        with_id("plugin enable", "Lets a disabled or quarantined plugin run again", "plugin.enable", print_next_start),
        with_id("plugin disable", "Keeps a plugin from running", "plugin.disable", print_next_start),
        with_id("plugin trust", "Grants a plugin that did not come with SessionZero", "plugin.trust", print_next_start),
    };
}

}  // namespace sz::cli
