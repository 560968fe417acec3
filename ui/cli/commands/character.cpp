// SPDX-License-Identifier: AGPL-3.0-or-later
#include <nlohmann/json.hpp>
#include <ostream>

#include "kernel/base/limits.hpp"
#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

constexpr const char* own_sheet =
    "With a campaign's id, it is about the campaign's own sheet: clocks, date, handouts.";

// The arguments of an operation: a JSON array, or one JSON value that stands for an array of
// itself.
Result<Json> operation_arguments(const std::string& typed) {
    auto parsed = parse_json(typed);
    if (!parsed) {
        return fail(ErrorKind::usage, "SZ-CLI-006",
                    "The arguments are not JSON: " + parsed.error().message,
                    "Write an array, quoted for the shell: '[5]' or '[\"Sword of Dawn\"]'.", typed);
    }
    return parsed->is_array() ? *parsed : Json::array({*parsed});
}

Result<Json> from_entry(Session& session, const Arguments& a) {
    Json params{{"campaign", a.get("campaign")},
                {"pack", a.words[0]},
                {"dataset", a.words[1]},
                {"entry", a.words[2]}};
    SZ_ASSIGN(const auto count, a.number("count", limits::instances_at_once_max));
    if (count) params["count"] = *count;
    for (const char* option : {"name", "template", "owner", "visibility"}) {
        if (a.has(option)) params[option] = a.get(option);
    }
    return session.call("character.from-entry", params);
}

Result<Json> act(Session& session, const Arguments& arguments) {
    SZ_ASSIGN(const Json args,
              operation_arguments(arguments.words.size() > 3 ? arguments.words[3] : "[]"));
    return session.call("character.do", Json{{"id", arguments.words[0]},
                                             {"path", arguments.words[1]},
                                             {"op", arguments.words[2]},
                                             {"args", args}});
}

Result<Json> make_character(Session& session, const Arguments& a) {
    Json params;
    for (const char* option : {"campaign", "template", "name", "owner", "visibility"}) {
        if (a.has(option)) params[option] = a.get(option);
    }
    return session.call("character.new", params);
}

Result<Json> list_characters(Session& session, const Arguments& a) {
    Json params{{"campaign", a.get("campaign")}};
    if (a.has("as")) params["as"] = a.get("as");
    return session.call("character.list", params);
}

// Who sees and who changes it, where that is not everyone and the owner; told to game masters only.
std::string access_words(const Json& what) {
    if (!what.is_object() || !what.contains("visible_to")) return {};
    std::string words;
    if (what["visible_to"] != "everyone") words += "  seen by: " + who(what["visible_to"]);
    const Json editors = what.value("editable_by", Json());
    if (editors != "owner") words += "  changed by: " + who(editors);
    return words;
}

void print_character(std::ostream& out, const Json& character) {
    out << cell(character, "name") << "  (revision " << cell(character, "revision") << ")"
        << access_words(character) << '\n';
    const Json fields = character.value("fields", Json::object());
    for (const Json& section : items(character, "sections")) {
        for (const Json& group : items(section, "groups")) {
            out << '\n' << cell(section, "name") << " · " << cell(group, "name") << '\n';
            for (const Json& field : items(group, "fields")) {
                const std::string path = cell(field, "path");
                const Json known = fields.value(path, field);
                out << "  " << cell(field, "name") << ": ";
                print_value(out, known, "    ", "    [" + path + "]" + access_words(known));
            }
        }
    }
    for (const Json& sentence : items(character, "missing"))
        out << "\n! " << plain(sentence) << '\n';
}

}  // namespace

std::vector<Command> character_commands() {
    const OptionSpec campaign{"campaign", "c", "ID",
                              "the campaign it belongs to: its id or its name", true};
    const OptionSpec owner{"owner", "o", "MEMBER",
                           "whose it is: a name or a Client ID; yours if nothing is said", false};
    return {
        {"character new",
         "",
         0,
         0,
         "Makes a character from a character template",
         {campaign,
          {"template", "t", "PACK/TEMPLATE", "see szctl library templates", true},
          {"name", "n", "NAME", "its name", true},
          owner,
          {"visibility", "", "WHO",
           "who may know of it: everyone, players, owner or gm; everyone if nothing is said",
           false}},
         make_character,
         [](std::ostream& out, const Json& result) { out << cell(result, "id") << '\n'; }},
        {"character from-entry",
         "PACK DATASET ENTRY",
         3,
         3,
         "Makes characters from an entry of a dataset: three goblins from one in the bestiary, "
         "each with its own values and a number",
         {campaign,
          {"count", "k", "N", "how many, 1 to 100; they are made all or none", false},
          {"name", "n", "NAME",
           "instead of the entry's; numbers go on from the last, and one alone with a name has "
           "none",
           false},
          {"template", "t", "PACK/TEMPLATE",
           "on this sheet, with the entry's values in the fields of the same names", false},
          owner,
          {"visibility", "", "WHO",
           "who may know of them: everyone, players, owner or gm. If nothing is said, gm: monsters "
           "are prepared in secret, and shown with szctl character visibility ID . everyone",
           false}},
         from_entry,
         [](std::ostream& out, const Json& result) {
             Table table({"NAME", "ID"});
             for (const Json& c : items(result, "characters"))
                 table.add({cell(c, "name"), cell(c, "id")});
             table.print(out, "None.");
         }},
        {"character list",
         "",
         0,
         0,
         "Lists a campaign's characters",
         {campaign, {"as", "", "MEMBER", "exactly those of which that member may know", false}},
         list_characters,
         [](std::ostream& out, const Json& result) {
             Table table({"NAME", "REVISION", "ID"});
             for (const Json& c : items(result, "characters"))
                 table.add({cell(c, "name"), cell(c, "revision"), cell(c, "id")});
             table.print(out, "No characters yet.");
         }},
        {"character show",
         "ID",
         1,
         1,
         "Prints a character's sheet",
         {{"as", "", "MEMBER", "exactly what that member gets: a name or a Client ID", false}},
         [](Session& session, const Arguments& a) {
             Json params{{"id", a.words[0]}};
             if (a.has("as")) params["as"] = a.get("as");
             return session.call("character.show", params);
         },
         print_character,
         own_sheet},
        {"character do",
         "ID PATH OPERATION [JSON-ARGUMENTS]",
         3,
         4,
         "Changes a field: szctl character do ID strength add '[2]'",
         {},
         act,
         [](std::ostream& out, const Json& result) { out << cell(result, "value") << '\n'; },
         own_sheet},
        {"character set",
         "ID PATH TEXT",
         3,
         3,
         "Sets a field to what is typed: szctl character set ID hits '7/10'",
         {{"locale", "", "TAG", "the language it is typed in, such as de; else --language", false}},
         [](Session& session, const Arguments& a) {
             Json params{{"id", a.words[0]}, {"path", a.words[1]}, {"text", a.words[2]}};
             const std::string& language = session.options().language;
             if (a.has("locale") || !language.empty())
                 params["locale"] = a.has("locale") ? a.get("locale") : language;
             return session.call("character.type", params);
         },
         [](std::ostream& out, const Json& result) { out << cell(result, "value") << '\n'; },
         own_sheet},
        rename_command("character rename", "Gives a character another name", "character.rename"),
        command_with_id("character remove", "Removes a character; campaign undo brings it back",
                        "character.remove",
                        [](std::ostream& out, const Json&) { out << "It is removed.\n"; }),
    };
}

}  // namespace sz::cli
