// SPDX-License-Identifier: AGPL-3.0-or-later
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

// What a decision changed, in the words of the plugin's record.
void print_decided(std::ostream& out, const Json& result) {
    const Json& plugin = result.at("plugin");
    const std::string reason = cell(plugin, "reason");
    if (reason.empty()) {
        out << "Nothing changes: it is " << cell(plugin, "state") << ".\n";
        return;
    }
    out << (result.at("restart") == true ? "Done. " : "") << reason << '\n';
}

void print_added(std::ostream& out, const Json& added) {
    out << "It is in the profile. ";
    if (cell(added, "state") == "untrusted") {
        out << "To let it run: szctl plugin trust " << cell(added, "id") << '\n';
    } else {
        out << cell(added, "reason") << '\n';
    }
}

}  // namespace

std::vector<Command> plugin_commands() {
    return {
        {"plugin list",
         "",
         0,
         0,
         "Lists plugins and the state each has reached",
         {},
         [](Session& session, const Arguments&) {
             return session.call("plugin.list", Json::object());
         },
         [](std::ostream& out, const Json& result) {
             Table table({"ID", "VERSION", "STATE", "REASON"});
             for (const Json& p : items(result, "plugins")) {
                 table.add(
                     {cell(p, "id"), cell(p, "version"), cell(p, "state"), cell(p, "reason")});
             }
             table.print(out, "No plugins were found.");
         }},
        command_with_id("plugin info", "Shows a plugin's manifest, extensions and state",
                        "plugin.info", {}),
        {"plugin add",
         "FOLDER",
         1,
         1,
         "Copies a plugin folder into the profile; it runs once it is trusted",
         {},
         [](Session& session, const Arguments& a) {
             return session.run_task("plugin.add", Json{{"path", absolute_path(a.words[0])}});
         },
         print_added},
        command_with_id("plugin remove", "Removes a plugin that was added to the profile",
                        "plugin.remove", print_decided),
        command_with_id("plugin enable", "Lets a disabled or quarantined plugin run again",
                        "plugin.enable", print_decided),
        command_with_id("plugin disable", "Keeps a plugin from running", "plugin.disable",
                        print_decided),
        command_with_id("plugin trust", "Grants a plugin that did not come with SessionZero",
                        "plugin.trust", print_decided),
    };
}

}  // namespace sz::cli
