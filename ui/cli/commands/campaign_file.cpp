// SPDX-License-Identifier: AGPL-3.0-or-later
// What happens to a campaign's file: out, in, copies, repair.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

OptionSpec output_option(const char* what) { return {"output", "o", "FILE", what, true}; }

Json with_force(Json params, const Arguments& arguments) {
    if (arguments.has("force")) params["force"] = true;
    return params;
}

Result<Json> export_campaign(Session& session, const Arguments& a) {
    SZ_ASSIGN(
        Json result,
        session.run_task(
            "campaign.export",
            with_force(Json{{"id", a.words[0]}, {"output", absolute_path(a.get("output"))}}, a)));
    if (session.json() || !result.value("ok", false)) return result;
    SZ_ASSIGN(const Json campaign, session.call("campaign.show", Json{{"id", a.words[0]}}));
    result["host"] = cell(campaign, "host");  // whose identity the other machine needs
    return result;
}

void print_exported(std::ostream& out, const Json& result) {
    print_findings(out, items(result, "findings"));
    if (!result.value("ok", false)) return;
    out << cell(result, "file") << ": “" << cell(result, "name") << "”, " << cell(result, "events")
        << " events, " << cell(result, "bytes") << " bytes.\n"
        << "Everything is in it, the game master's secrets too. Your identity is not: to go on on "
           "another machine,\ntake it along.\n";
    const std::string host = cell(result, "host");
    out << "  here:  szctl identity export " << host
        << "\n  there: szctl identity import      asks for the Secret Token that export printed"
        << "\n  there: szctl identity use " << host << "\n  there: szctl campaign import "
        << shell_word(std::filesystem::path(cell(result, "file")).filename().string()) << '\n';
}

Result<Json> import_campaign(Session& session, const Arguments& a) {
    SZ_ASSIGN(Json result,
              session.run_task("campaign.import",
                               with_force(Json{{"path", absolute_path(a.words[0])}}, a)));
    if (!session.json() && result.value("host_is_here", false))
        result["use"] = other_than_active(session, cell(result, "host"));
    return result;
}

void print_imported(std::ostream& out, const Json& result) {
    print_findings(out, items(result, "findings"));
    if (!result.value("ok", false)) {
        out << "Nothing was imported.\n";
        return;
    }
    const std::string state = cell(result, "state");
    out << "“" << cell(result, "name") << "” (" << cell(result, "id") << "), "
        << cell(result, "events") << " events, all proven"
        << (state == "new"         ? ": it is in the list."
            : state == "same"      ? "."
            : state == "continued" ? ": it goes on where the campaign here ended."
                                   : ": it stands in the place of the one that was here.")
        << '\n';
    if (result.contains("kept"))
        out << "The file that was here is now " << cell(result, "kept") << '\n';
    if (const std::string host = cell(result, "use"); !host.empty())
        out << "Another identity of yours hosts it. To play as its host: szctl identity use "
            << host << '\n';
}

Result<Json> repair_campaign(Session& session, const Arguments& a) {
    return session.run_task("campaign.repair",
                            with_force(Json{{"path", absolute_path(a.words[0])},
                                            {"output", absolute_path(a.get("output"))}},
                                       a));
}

void print_repaired(std::ostream& out, const Json& result) {
    print_findings(out, items(result, "findings"));
    if (!result.value("ok", false)) {
        out << "Nothing was saved.\n";
        return;
    }
    out << cell(result, "file") << ": “" << cell(result, "name") << "”, " << cell(result, "events")
        << " events, the last of " << cell(result, "last_at") << ".\n";
    if (result.value("whole", false)) out << "Nothing was lost.\n";
    if (const Json fault = result.value("fault", Json()); fault.is_object()) {
        const std::string at = cell(fault, "at");
        out << "Event " << cell(fault, "index") << (at.empty() ? "" : " (" + at + ")")
            << " is the first that does not hold: " << cell(fault, "reason") << ".\n"
            << "Lost: " << cell(result, "lost") << " events from there on, of which "
            << cell(result, "later_readable") << " can be read but do not follow.\n";
    }
    if (result.value("verdicts_lost", 0) > 0)
        out << "The words of " << cell(result, "verdicts_lost") << " refusals were lost.\n";
    out << "To go on with it: szctl campaign import " << shell_word(cell(result, "file")) << '\n';
}

Result<Json> backups(Session& session, const Arguments& a) {
    Json params{{"id", a.words[0]}};
    if (a.has("now")) params["now"] = true;
    return session.call("campaign.backups", params);
}

void print_backups(std::ostream& out, const Json& result) {
    Table table({"MADE", "EVENTS", "BYTES", "KIND", "FILE"});
    for (const Json& copy : items(result, "backups")) {
        table.add({cell(copy, "at"), cell(copy, "events"), cell(copy, "bytes"), cell(copy, "kind"),
                   cell(copy, "file")});
    }
    table.print(out,
                "No copies yet: one is made when something has happened. At once: szctl campaign "
                "backups " +
                    asked_word(result) + " --now");
    if (items(result, "backups").empty()) return;
    out << "To bring the newest back: szctl campaign import "
        << shell_word(cell(items(result, "backups").front(), "file"))
        << " --force\nSo with another file; what is there now goes to the copies.\n";
}

}  // namespace

std::vector<Command> campaign_file_commands() {
    return {
        {"campaign export",
         "ID",
         1,
         1,
         "Writes a campaign, with all its secrets, to a session datapack",
         {output_option("the .szp file to write"),
          {"force", "f", "", "write over a file that exists", false}},
         export_campaign,
         print_exported},
        {"campaign import",
         "FILE",
         1,
         1,
         "Brings a campaign in from a session datapack, a copy or a repaired file",
         {{"force", "f", "",
           "put it in the place of the one that is here, which goes to the copies", false}},
         import_campaign,
         print_imported},
        {"campaign repair",
         "FILE",
         1,
         1,
         "Saves what holds of a damaged campaign to a new file",
         {output_option("the .sqlite file to write"),
          {"force", "f", "", "write over a file that exists", false}},
         repair_campaign,
         print_repaired},
        {"campaign backups",
         "ID",
         1,
         1,
         "Lists the copies of a campaign's file; campaign import FILE --force brings one back",
         {{"now", "", "", "make one now", false}},
         backups,
         print_backups},
    };
}

}  // namespace sz::cli
