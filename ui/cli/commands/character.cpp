// SPDX-License-Identifier: AGPL-3.0-or-later
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

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

Result<Json> act(Session& session, const Arguments& arguments) {
    SZ_ASSIGN(const Json args,
              operation_arguments(arguments.words.size() > 3 ? arguments.words[3] : "[]"));
    return session.call("character.do", Json{{"id", arguments.words[0]},
                                             {"path", arguments.words[1]},
                                             {"op", arguments.words[2]},
                                             {"args", args}});
}

void print_character(std::ostream& out, const Json& character) {
    out << cell(character, "name") << "  (revision " << cell(character, "revision") << ")\n";
    for (const Json& section : items(character, "sections")) {
        for (const Json& group : items(section, "groups")) {
            out << '\n' << cell(section, "name") << " · " << cell(group, "name") << '\n';
            for (const Json& field : items(group, "fields")) {
                out << "  " << cell(field, "name") << ": " << cell(field, "text") << "    ["
                    << cell(field, "path") << "]\n";
            }
        }
    }
}

}  // namespace

std::vector<Command> character_commands() {
    const OptionSpec campaign{"campaign", "c", "ID", "the campaign it belongs to", true};
    return {
        {"character new",
         "",
         0,
         0,
         "Makes a character from a character template",
         {campaign,
          {"template", "t", "PACK/TEMPLATE", "see szctl library templates", true},
          {"name", "n", "NAME", "its name", true}},
         [](Session& session, const Arguments& a) {
             return session.call("character.new", Json{{"campaign", a.get("campaign")},
                                                       {"template", a.get("template")},
                                                       {"name", a.get("name")}});
         },
         [](std::ostream& out, const Json& result) { out << cell(result, "id") << '\n'; }},
        {"character list",
         "",
         0,
         0,
         "Lists a campaign's characters",
         {campaign},
         [](Session& session, const Arguments& a) {
             return session.call("character.list", Json{{"campaign", a.get("campaign")}});
         },
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
         {{"as", "", "CLIENT-ID", "only what that member may see", false}},
         [](Session& session, const Arguments& a) {
             Json params{{"id", a.words[0]}};
             if (a.has("as")) params["as"] = a.get("as");
             return session.call("character.show", params);
         },
         print_character},
        {"character do",
         "ID PATH OPERATION [JSON-ARGUMENTS]",
         3,
         4,
         "Changes a field: szctl character do ID strength add '[2]'",
         {},
         act,
         [](std::ostream& out, const Json& result) { out << cell(result, "value") << '\n'; }},
        {"character set",
         "ID PATH TEXT",
         3,
         3,
         "Sets a field to what is typed: szctl character set ID hits '7/10'",
         {{"locale", "", "TAG", "the language it is typed in, such as de", false}},
         [](Session& session, const Arguments& a) {
             Json params{{"id", a.words[0]}, {"path", a.words[1]}, {"text", a.words[2]}};
             if (a.has("locale")) params["locale"] = a.get("locale");
             return session.call("character.type", params);
         },
         [](std::ostream& out, const Json& result) { out << cell(result, "value") << '\n'; }},
        rename_command("character rename", "Gives a character another name", "character.rename"),
        command_with_id("character remove", "Removes a character; campaign undo brings it back",
                        "character.remove",
                        [](std::ostream& out, const Json&) { out << "It is removed.\n"; }),
    };
}

}  // namespace sz::cli
