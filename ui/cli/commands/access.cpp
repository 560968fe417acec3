// SPDX-License-Identifier: AGPL-3.0-or-later
// Members, and who sees and who changes what.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

constexpr std::string_view whole_sheet = ".";

using Labels = std::array<std::string_view, 5>;
constexpr Labels sees{"everyone", "players", "owner", "gm", "default"};
constexpr Labels edits{"everyone", "", "owner", "gm", "default"};

// "owner" is a rule, "default" none, everything else the members it is for.
Result<Json> rule_of(const std::vector<std::string>& who, const Labels& labels, const char* key) {
    const auto is_label = [&](const std::string& word) {
        return std::find(labels.begin(), labels.end(), word) != labels.end();
    };
    if (who.size() == 1 && is_label(who[0]))
        return who[0] == "default" ? Json() : Json{{key, who[0]}};
    const auto wrong = std::find_if(who.begin(), who.end(), is_label);
    if (wrong != who.end()) {
        return fail(ErrorKind::usage, "SZ-CLI-017", "“" + *wrong + "” stands alone.",
                    "Name members, or give one of the words. A member of that name is given by "
                    "their Client ID.",
                    *wrong);
    }
    return Json{{key, "named"}, {"named", who}};
}

// The members whom a decision names, as the table calls them: {"names":{CLIENT-ID: NAME}}.
Status add_names(Session& session, const std::string& character, Json& result) {
    if (!result.value("to", Json()).is_object() || !result["to"].contains("named")) return {};
    SZ_ASSIGN(const Json sheet, session.call("character.show", Json{{"id", character}}));
    SZ_ASSIGN(const Json answer,
              session.call("campaign.members", Json{{"id", cell(sheet, "campaign")}}));
    for (const Json& member : items(answer, "members"))
        result["names"][cell(member, "client_id")] = cell(member, "name");
    return {};
}

std::string named(const Json& to, const Json& names) {
    std::string all;
    for (const Json& id : items(to, "named")) {
        const std::string name = cell(names, plain(id).c_str());
        all += (all.empty() ? "" : ", ") + (name.empty() ? plain(id) : name);
    }
    return all;
}

Result<Json> decide(Session& session, const Arguments& arguments, const char* method,
                    const Labels& labels, const char* key) {
    const auto& words = arguments.words;
    SZ_ASSIGN(const Json to,
              rule_of(std::vector<std::string>(words.begin() + 2, words.end()), labels, key));
    const std::string path = words[1] == whole_sheet ? std::string() : words[1];
    SZ_ASSIGN(Json result,
              session.call(method, Json{{"id", words[0]}, {"path", path}, {"to", to}}));
    if (!session.json()) SZ_TRY(add_names(session, words[0], result));
    return result;
}

void print_decided(std::ostream& out, const Json& result, const char* key, const char* verb) {
    const std::string path = cell(result, "path");
    const Json to = result.value("to", Json());
    std::string people = "as the template says";
    if (to.is_object()) {
        const Json label = to.value(key, Json());
        people = label == "named" ? named(to, result.value("names", Json::object())) : who(label);
    }
    out << (path.empty() ? "The whole sheet" : path) << " is now " << verb << ": " << people
        << '\n';
}

constexpr std::array<std::string_view, 5> roles{"gm", "assistant", "player", "spectator", "none"};

// Somebody new is made a member by their Client ID, which only their own machine tells.
tl::unexpected<Error> explain_new_member(Error error, const Arguments& a) {
    const std::string& who = a.words[1];
    const std::string command = "szctl campaign member " + shell_word(a.words[0]) + ' ';
    if (error.code == "SZ-CAMPAIGN-050") {
        error.message = "“" + who + "” is no member of this campaign, and no Client ID.";
        error.hint =
            "On the player's machine, szctl identity show prints theirs. Then: " + command +
            "CLIENT-ID --name " + shell_word(a.get("name", who));
    } else if (!a.has("name")) {
        error.message = "That is nobody of this campaign yet, and somebody new wants a name.";
        error.hint = command + shell_word(who) + " --name NAME";
    }
    return tl::unexpected<Error>(std::move(error));
}

Result<Json> set_member(Session& session, const Arguments& a) {
    Json params{{"id", a.words[0]}, {"member", a.words[1]}};
    if (a.has("name")) params["name"] = a.get("name");
    if (a.has("role")) {
        const std::string role = a.get("role");
        if (std::find(roles.begin(), roles.end(), role) == roles.end()) {
            return fail(ErrorKind::usage, "SZ-CLI-022", "There is no role “" + role + "”.",
                        "The roles are gm, assistant, player, spectator, and none: no member any "
                        "more.",
                        role);
        }
        params["role"] = role == "none" ? Json() : Json(role);
    }
    auto result = session.call("campaign.member", params);
    const bool is_new = !result && (result.error().code == "SZ-CAMPAIGN-050" ||
                                    result.error().code == "SZ-CAMPAIGN-003");
    return is_new ? explain_new_member(result.error(), a) : result;
}

}  // namespace

std::string who(const Json& people) {
    constexpr std::size_t shown_bytes = 12;  // of a Client ID
    if (!people.is_array()) return plain(people);
    std::string all;
    for (const Json& one : people)
        all += (all.empty() ? "" : ", ") + plain(one).substr(0, shown_bytes) + "…";
    return all;
}

std::vector<Command> member_commands() {
    return {
        command_with_id("campaign members", "Lists who plays", "campaign.members",
                        [](std::ostream& out, const Json& result) {
                            Table table({"NAME", "ROLE", "CLIENT ID"});
                            for (const Json& m : items(result, "members"))
                                table.add({cell(m, "name"), cell(m, "role"), cell(m, "client_id")});
                            table.print(out, "Nobody.");
                        }),
        {"campaign member",
         "ID CLIENT-ID",
         2,
         2,
         "Makes somebody a member, or changes or ends their part",
         {{"name", "n", "NAME", "what the table calls them; needed for somebody new", false},
          {"role", "r", "ROLE", "gm, assistant, player, spectator, or none: no member any more",
           false}},
         set_member,
         [](std::ostream& out, const Json& result) {
             const Json member = result.value("member", Json::object());
             const std::string role = cell(member, "role");
             out << cell(member, "name")
                 << (member.value("role", Json()).is_null() ? " is no member any more.\n"
                                                            : ": " + role + "\n");
         }},
    };
}

std::vector<Command> access_commands() {
    return {
        {"character visibility",
         "ID PATH WHO…",
         3,
         any_number,
         "Says who sees a field, group, section or sheet (PATH '.'): everyone, players, owner, gm, "
         "default, or members by name",
         {},
         [](Session& session, const Arguments& a) {
             return decide(session, a, "character.visibility", sees, "visibility");
         },
         [](std::ostream& out, const Json& result) {
             print_decided(out, result, "visibility", "seen by");
         }},
        {"character editability",
         "ID PATH WHO…",
         3,
         any_number,
         "Says who changes a field, group, section or sheet (PATH '.'): everyone, owner, gm, "
         "default, or members by name",
         {},
         [](Session& session, const Arguments& a) {
             return decide(session, a, "character.editability", edits, "editableBy");
         },
         [](std::ostream& out, const Json& result) {
             print_decided(out, result, "editableBy", "changed by");
         }},
    };
}

}  // namespace sz::cli
