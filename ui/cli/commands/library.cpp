// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

constexpr std::uint64_t entries_at_once_max = 10'000;  // as schemas/bus/library.entries.json

Result<Json> search(Session& session, const Arguments& arguments) {
    std::string text;
    for (const std::string& word : arguments.words) text += (text.empty() ? "" : " ") + word;
    Json params{{"text", text}};
    for (const char* option : {"pack", "dataset"}) {
        if (arguments.has(option)) params[option] = arguments.get(option);
    }
    SZ_ASSIGN(const auto limit, arguments.number("limit", 1000));
    if (limit) params["limit"] = *limit;
    return session.call("library.search", params);
}

Result<Json> entries(Session& session, const Arguments& arguments) {
    Json params{{"pack", arguments.words[0]}, {"dataset", arguments.words[1]}};
    for (const auto& [option, most] :
         {std::pair{"limit", entries_at_once_max}, {"offset", Arguments::any}}) {
        if (arguments.get(option) == "0" && most == Arguments::any) continue;  // nothing left out
        SZ_ASSIGN(const auto number, arguments.number(option, most));
        if (number) params[option] = *number;
    }
    return session.call("library.entries", params);
}

// Of one kind, or of both: game masters look for the first, players for the second.
Result<Json> templates(Session& session, const Arguments& arguments) {
    constexpr std::array kinds{"session-template", "character-template"};
    const std::string wanted = arguments.get("kind");
    if (arguments.has("kind") && std::find(kinds.begin(), kinds.end(), wanted) == kinds.end()) {
        return fail(ErrorKind::usage, "SZ-CLI-016",
                    "There is no kind of template '" + wanted + "'.",
                    "The kinds are session-template and character-template.");
    }
    Json all = Json::array();
    for (const char* kind : kinds) {
        if (arguments.has("kind") && wanted != kind) continue;
        SZ_ASSIGN(const Json answer, session.call("library.templates", Json{{"kind", kind}}));
        for (const Json& one : items(answer, "templates")) all.push_back(one);
    }
    return Json{{"templates", all}};
}

void print_hits(std::ostream& out, const Json& result) {
    Table table({"NAME", "DATASET", "PACK", "ENTRY"});
    for (const Json& hit : items(result, "hits")) {
        const std::string pack =
            hit.contains("pack_name") ? cell(hit, "pack_name") : cell(hit, "pack");
        table.add({cell(hit, "name"), cell(hit, "dataset"), pack, cell(hit, "entry")});
    }
    table.print(out,
                "Nothing found. To see what a dataset holds: szctl library entries PACK DATASET\n"
                "(szctl pack list lists the packs, szctl library datasets PACK their datasets).");
    const std::size_t shown = items(result, "hits").size();
    if (const auto total = result.value("total", std::size_t{0}); total > shown) {
        out << "… " << shown << " of " << total << "; --limit shows more.\n";
    }
}

void print_entries(std::ostream& out, const Json& result) {
    Table table({"NAME", "ENTRY"});
    for (const Json& one : items(result, "entries"))
        table.add({cell(one, "name"), cell(one, "id")});
    const std::size_t shown = items(result, "entries").size();
    const auto total = result.value("total", std::size_t{0});
    table.print(out, total == 0 ? "The dataset has no entry."
                                : "None so far down: it has " + std::to_string(total) + ".");
    if (shown > 0 && shown < total)
        out << shown << " of " << total << " entries; --limit and --offset show others.\n";
}

void print_entry(std::ostream& out, const Json& entry) {
    out << cell(entry, "name") << '\n';
    if (const std::string text = cell(entry, "description_text"); !text.empty())
        out << text << "\n";
    out << '\n';
    std::string group;
    for (const Json& field : items(entry, "fields")) {
        const Json in = field.value("group", Json());
        const std::string name = in.is_object() ? cell(in, "name") : "";
        if (name != group) out << name << '\n';
        group = name;
        const std::string indent = group.empty() ? "" : "  ";
        out << indent << cell(field, "name") << ": ";
        print_value(out, field, indent + "  ");
    }
}

}  // namespace

std::vector<Command> library_commands() {
    return {
        {"library search",
         "TEXT",
         1,
         any_number,
         "Finds entries; the last word may be a beginning",
         {{"pack", "p", "ID", "only in this pack", false},
          {"dataset", "d", "ID", "only in this dataset", false},
          {"limit", "n", "N", "at most so many hits: 1 to 1000, else 50", false}},
         search,
         print_hits},
        {"library get",
         "PACK DATASET PATH",
         3,
         3,
         "Prints one field: EntryName.Field or EntryName.Group.Field",
         {},
         [](Session& session, const Arguments& a) {
             return session.call(
                 "library.get",
                 Json{{"pack", a.words[0]}, {"dataset", a.words[1]}, {"path", a.words[2]}});
         },
         [](std::ostream& out, const Json& result) { out << cell(result, "value") << '\n'; }},
        {"library show",
         "PACK DATASET ENTRY",
         3,
         3,
         "Prints a whole entry",
         {},
         [](Session& session, const Arguments& a) {
             return session.call(
                 "library.entry",
                 Json{{"pack", a.words[0]}, {"dataset", a.words[1]}, {"entry", a.words[2]}});
         },
         print_entry},
        {"library datasets",
         "PACK",
         1,
         1,
         "Lists the datasets of a pack",
         {},
         [](Session& session, const Arguments& a) {
             return session.call("library.datasets", Json{{"pack", a.words[0]}});
         },
         [](std::ostream& out, const Json& result) {
             Table table({"ID", "NAME", "ENTRIES"});
             for (const Json& d : items(result, "datasets"))
                 table.add({cell(d, "id"), cell(d, "name"), cell(d, "entries")});
             table.print(out, "The pack has no dataset.");
         }},
        {"library entries",
         "PACK DATASET",
         2,
         2,
         "Lists the entries of a dataset by name",
         {{"limit", "n", "N", "at most so many: 1 to 10000, else 200", false},
          {"offset", "", "N", "leave out so many before", false}},
         entries,
         print_entries},
        {"library templates",
         "",
         0,
         0,
         "Lists the templates to make campaigns and characters from",
         {{"kind", "k", "KIND", "session-template or character-template", false}},
         templates,
         [](std::ostream& out, const Json& result) {
             Table table({"KIND", "NAME", "PACK", "TEMPLATE"});
             for (const Json& t : items(result, "templates")) {
                 const Json pack = t.value("pack", Json::object());
                 table.add({cell(t, "kind"), cell(t, "name"), cell(pack, "name"),
                            cell(pack, "name") + "/" + cell(t, "id")});
             }
             table.print(out, "No pack in the library has a template.");
         }},
    };
}

}  // namespace sz::cli
