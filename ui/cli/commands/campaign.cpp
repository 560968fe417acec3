// SPDX-License-Identifier: AGPL-3.0-or-later
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

Result<Json> undo(Session& session, const Arguments& arguments) {
    Json params{{"id", arguments.words[0]}};
    SZ_ASSIGN(const auto event,
              arguments.number(
                  "event", Arguments::any,
                  "szctl campaign log " + shell_word(arguments.words[0]) + " lists the events."));
    if (event) params["event"] = *event;
    return session.call("campaign.undo", params);
}

void print_campaign(std::ostream& out, const Json& campaign) {
    out << cell(campaign, "name") << "\n  id: " << cell(campaign, "id")
        << "\n  events: " << cell(campaign, "events") << "\n\n";
    Table table({"CHARACTER", "MADE FROM", "SEEN BY", "ID"});
    for (const Json& c : items(campaign, "characters")) {
        const Json link = c.value("template", Json::object());
        table.add({cell(c, "name"), cell(link, link.contains("entryId") ? "entryId" : "templateId"),
                   who(c.value("visible_to", Json(""))), cell(c, "id")});
    }
    table.print(out, "No characters yet: szctl character new --campaign " + cell(campaign, "id") +
                         " --template PACK/TEMPLATE --name NAME");
    out << "\nIts own sheet (clocks, date, handouts): szctl character show " << cell(campaign, "id")
        << '\n';
}

void print_verified(std::ostream& out, const Json& result) {
    if (result.value("ok", false)) {
        out << "The ledger is whole: " << cell(result, "events") << " events, head "
            << cell(result, "head") << '\n';
        return;
    }
    const Json bad = result.value("first_bad", Json::object());
    out << "The ledger is not whole. First wrong event: " << cell(bad, "index") << ": "
        << cell(bad, "reason") << '\n';
}

}  // namespace

std::vector<Command> campaign_commands() {
    return {
        {"campaign new",
         "",
         0,
         0,
         "Begins a campaign from a session template",
         {{"template", "t", "PACK/TEMPLATE", "see szctl library templates", true},
          {"name", "n", "NAME", "its name", true}},
         [](Session& session, const Arguments& a) {
             return session.call("campaign.new",
                                 Json{{"template", a.get("template")}, {"name", a.get("name")}});
         },
         [](std::ostream& out, const Json& result) { out << cell(result, "id") << '\n'; }},
        {"campaign list",
         "",
         0,
         0,
         "Lists your campaigns",
         {{"removed", "r", "", "those that were removed", false}},
         [](Session& session, const Arguments& a) {
             return session.call("campaign.list",
                                 a.has("removed") ? Json{{"removed", true}} : Json::object());
         },
         [](std::ostream& out, const Json& result) {
             Table table({"NAME", "CHARACTERS", "EVENTS", "STATE", "ID"});
             for (const Json& c : items(result, "campaigns")) {
                 table.add({cell(c, "name"), cell(c, "characters"), cell(c, "events"),
                            c.value("ok", true) ? "ok" : cell(c, "reason"), cell(c, "id")});
             }
             table.print(
                 out,
                 "None. To begin one: szctl campaign new --template PACK/TEMPLATE --name NAME");
         }},
        {"campaign show",
         "ID",
         1,
         1,
         "Shows a campaign and its characters",
         {{"as", "", "MEMBER", "exactly what that member gets: a name or a Client ID", false}},
         [](Session& session, const Arguments& a) {
             Json params{{"id", a.words[0]}};
             if (a.has("as")) params["as"] = a.get("as");
             return session.call("campaign.show", params);
         },
         print_campaign},
        command_with_id("campaign verify", "Folds the ledger and proves it", "campaign.verify",
                        print_verified),
        {"campaign undo",
         "ID",
         1,
         1,
         "Takes the last event back, or the one that is named",
         {{"event", "e", "N", "the event's number", false}},
         undo,
         [](std::ostream& out, const Json& result) {
             out << "Event " << cell(result, "undone") << " is undone.\n";
         }},
        rename_command("campaign rename", "Gives a campaign another name", "campaign.rename"),
        command_with_id("campaign remove",
                        "Takes a campaign off the list; its file is kept in campaigns/removed",
                        "campaign.remove",
                        [](std::ostream& out, const Json& result) {
                            out << "It is off the list. To bring it back: szctl campaign restore "
                                << cell(result, "removed") << '\n';
                        }),
    };
}

}  // namespace sz::cli
