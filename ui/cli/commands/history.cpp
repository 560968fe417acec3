// SPDX-License-Identifier: AGPL-3.0-or-later
// The history of a campaign: what happened, snapshots, going back and forth, what changed.
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

// Copies the options that were given into the parameters of the same names.
void add_options(Json& params, const Arguments& arguments,
                 std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (arguments.has(name)) params[name] = arguments.get(name);
    }
}

Result<Json> log(Session& session, const Arguments& arguments) {
    Json params{{"id", arguments.words[0]}};
    SZ_ASSIGN(const auto limit, arguments.number("limit", 500));
    if (limit) params["limit"] = *limit;
    SZ_ASSIGN(const auto before, arguments.number("before"));
    if (before) params["before"] = *before;
    add_options(params, arguments, {"who", "instance", "since", "until"});
    std::istringstream words(arguments.get("what"));
    for (std::string word; std::getline(words, word, ',');) {
        if (!word.empty()) params["what"].push_back(word);
    }
    return session.call("campaign.log", params);
}

// The options of this page that count for the next one, too.
std::string filters_of(const Json& result) {
    std::string text;
    for (const char* name : {"limit", "who", "instance", "what", "since", "until"}) {
        const std::string value = asked_option(result, name);
        if (!value.empty()) text += std::string(" --") + name + ' ' + value;
    }
    return text;
}

void print_log(std::ostream& out, const Json& result) {
    Table table({"EVENT", "AT", "WHAT"});
    for (const Json& event : items(result, "events")) {
        table.add({cell(event, "index"), cell(event, "at"), cell(event, "summary")});
    }
    table.print(out, "Nothing of that kind has happened.");
    if (result.contains("next"))
        out << count(items(result, "events").size(), "event", "events") << " of "
            << cell(result, "total") << "; those before them: szctl campaign log "
            << asked_word(result) << filters_of(result) << " --before " << cell(result, "next")
            << "; more at once: --limit N\n";
}

Result<Json> snapshots(Session& session, const Arguments& arguments) {
    Json params{{"id", arguments.words[0]}};
    if (!arguments.has("remove")) return session.call("campaign.snapshots", params);
    params["snapshot"] = arguments.get("remove");
    return session.call("campaign.remove-snapshot", params);
}

void print_snapshots(std::ostream& out, const Json& result) {
    if (result.contains("removed")) {
        out << "Snapshot " << cell(result, "removed") << " is removed.\n";
        return;
    }
    Table table({"SNAPSHOT", "AFTER EVENT", "OF", "MADE", "WHY", "NOTE"});
    for (const Json& one : items(result, "snapshots")) {
        table.add({cell(one, "snapshot"), cell(one, "event"), cell(one, "event_at"),
                   cell(one, "at"), cell(one, "kind"), cell(one, "note")});
    }
    table.print(out, "None yet. To make one: szctl campaign snapshot " + asked_word(result) +
                         " --note TEXT");
}

// Most who name no moment of a campaign that is in the list forgot it.
Result<Json> restore_removed(Session& session, const Json& params) {
    auto restored = session.call("campaign.restore", params);
    if (restored || !session.call("campaign.snapshots", params)) return restored;
    const std::string id = shell_word(string_or(params, "id"));
    return fail(ErrorKind::conflict, "SZ-CAMPAIGN-009",
                "This campaign is in the list; the moment to take it back to is missing.",
                "szctl campaign snapshots " + id + " and szctl campaign log " + id +
                    " list moments; then szctl campaign restore " + id +
                    " s1 for a snapshot, or 17 for an event.",
                string_or(params, "id"));
}

// One word: a removed campaign comes back; two: this one goes back to a moment.
Result<Json> restore(Session& session, const Arguments& arguments) {
    Json params{{"id", arguments.words[0]}};
    if (arguments.words.size() == 1) return restore_removed(session, params);
    params["to"] = arguments.words[1];
    return session.call("campaign.restore-snapshot", params);
}

void print_restored(std::ostream& out, const Json& result) {
    if (result.contains("event")) {
        out << "The campaign is as it was after event " << cell(result, "restored")
            << ". To go back to what there was: szctl campaign undo " << asked_word(result)
            << " --event " << cell(result, "event") << '\n';
    } else {
        out << "It is in the list.\n";
    }
}

void print_difference(std::ostream& out, const Json& result, const std::string& title) {
    if (items(result, "members").empty() && items(result, "sheets").empty()) {
        out << title << " nothing has changed.\n";
        return;
    }
    out << title << '\n';
    for (const Json& member : items(result, "members"))
        out << "  " << cell(member, "sentence") << '\n';
    for (const Json& sheet : items(result, "sheets")) {
        out << '\n' << cell(sheet, "name") << '\n';
        for (const Json& sentence : items(sheet, "sentences"))
            out << "  " << plain(sentence) << '\n';
    }
}

Result<Json> diff(Session& session, const Arguments& arguments) {
    Json params{{"id", arguments.words[0]}, {"from", arguments.words[1]}};
    if (arguments.words.size() > 2) params["to"] = arguments.words[2];
    add_options(params, arguments, {"as"});
    return session.call("campaign.diff", params);
}

Result<Json> recap(Session& session, const Arguments& arguments) {
    Json params{{"id", arguments.words[0]}};
    add_options(params, arguments, {"since", "as"});
    return session.call("campaign.recap", params);
}

const OptionSpec as_option{"as", "a", "CLIENT", "as this member sees it", false};

}  // namespace

std::vector<Command> history_commands() {
    return {
        {"campaign log",
         "ID",
         1,
         1,
         "Lists what happened, in sentences, the newest first",
         {{"limit", "n", "N", "at most so many events: 1 to 500, else 50", false},
          {"before", "b", "N", "only events before this one", false},
          {"who", "w", "NAME", "only what this member did: a name or a Client ID", false},
          {"instance", "i", "NAME", "only what happened to this character: a name or an id", false},
          {"what", "", "OP,PATH…", "only these operations, or changes of these fields", false},
          {"since", "s", "WHEN", "only after this moment: 2h, 3d, 2026-11-22T18:00, s3, 17", false},
          {"until", "u", "WHEN", "only up to this moment", false}},
         log,
         print_log},
        {"campaign snapshot",
         "ID",
         1,
         1,
         "Keeps the campaign as it is now",
         {{"note", "n", "TEXT", "what it is of", false}},
         [](Session& session, const Arguments& a) {
             Json params{{"id", a.words[0]}};
             add_options(params, a, {"note"});
             return session.call("campaign.snapshot", params);
         },
         [](std::ostream& out, const Json& result) {
             out << "Snapshot " << cell(result, "snapshot") << ", after event "
                 << cell(result, "event") << ".\n";
         }},
        {"campaign snapshots",
         "ID",
         1,
         1,
         "Lists the campaign's snapshots, or removes one",
         {{"remove", "r", "sN", "removes this one; the log keeps its moment", false}},
         snapshots,
         print_snapshots},
        {"campaign restore",
         "ID [SNAPSHOT]",
         1,
         2,
         "Takes a campaign back to a snapshot or another moment; without one, brings a removed "
         "campaign back into the list",
         {},
         restore,
         print_restored},
        command_with_id("campaign redo", "Does again what was taken back last", "campaign.redo",
                        [](std::ostream& out, const Json& result) {
                            out << "Event " << cell(result, "redone") << " counts again.\n";
                        }),
        {"campaign diff",
         "ID FROM [TO]",
         2,
         3,
         "Compares two moments: events, snapshots (s3), times, 2h, now",
         {as_option},
         diff,
         [](std::ostream& out, const Json& result) {
             const auto after = [&](const char* key) {
                 return "event " + cell(result.value(key, Json::object()), "event");
             };
             print_difference(out, result, "From " + after("from") + " to " + after("to") + ":");
         }},
        {"campaign recap",
         "ID",
         1,
         1,
         "Tells what changed since a moment",
         {{"since", "s", "WHEN", "2h, 3d, 2026-11-22T18:00, s3, 17", true}, as_option},
         recap,
         [](std::ostream& out, const Json& result) {
             print_difference(out, result, "Previously, since " + cell(result, "since") + ":");
         }},
    };
}

}  // namespace sz::cli
