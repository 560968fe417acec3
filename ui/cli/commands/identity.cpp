// SPDX-License-Identifier: AGPL-3.0-or-later
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/ask_secret.hpp"
#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

// An empty one would protect nothing, though protection was asked for.
Result<std::string> not_empty(std::string passphrase) {
    if (!passphrase.empty()) return passphrase;
    return fail(ErrorKind::usage, "SZ-CLI-013", "The new passphrase is empty.",
                "Nothing was changed. Give one that is not empty; to take the protection away: "
                "szctl identity passphrase --remove.");
}

// Asked for twice, since nobody sees what is typed.
Result<std::string> ask_new_passphrase() {
    SZ_ASSIGN(std::string typed, ask_secret("New passphrase"));
    SZ_ASSIGN(const std::string once, not_empty(std::move(typed)));
    SZ_ASSIGN(const std::string again, ask_secret("The same again"));
    if (once == again) return once;
    return fail(ErrorKind::usage, "SZ-CLI-009", "The two passphrases are not the same.",
                "Nothing was changed; try again.");
}

Result<std::string> new_passphrase(Session& session) {
    if (!session.has_passphrase_file()) return ask_new_passphrase();
    SZ_ASSIGN(std::string in_file, session.passphrase({}));
    return not_empty(std::move(in_file));
}

const OptionSpec protect{"protect", "p", "", "encrypt the secret with a passphrase", false};

Result<Json> make(Session& session, const Arguments& arguments) {
    Json params{{"name", arguments.get("name", "Me")}};
    if (arguments.has("protect") || session.has_passphrase_file()) {
        SZ_ASSIGN(params["passphrase"], new_passphrase(session));
    }
    return session.call("identity.new", params);
}

Result<Json> bring_in(Session& session, const Arguments& arguments) {
    const bool has_file = arguments.has("token-file");
    SZ_ASSIGN(const std::string token, has_file ? secret_in_file(arguments.get("token-file"))
                                                : ask_secret("Secret Token", "--token-file"));
    Json params{{"token", token}};
    if (arguments.has("name")) params["name"] = arguments.get("name");
    if (arguments.has("protect") || session.has_passphrase_file()) {
        SZ_ASSIGN(params["passphrase"], new_passphrase(session));
    }
    SZ_ASSIGN(Json result, session.call("identity.import", params));
    if (session.json()) return result;
    const std::string other = other_than_active(session, cell(result, "client_id"));
    if (!other.empty()) session.say("To play as this identity: szctl identity use " + other);
    return result;
}

// The identity that is named, or the active one.
Result<Json> named_identity(Session& session, const Arguments& arguments) {
    return session.call("identity.show", arguments.words.empty()
                                             ? Json::object()
                                             : Json{{"client_id", arguments.words[0]}});
}

// {"client_id","passphrase"} of it; the passphrase only when it is protected.
Result<Json> with_passphrase(Session& session, const Arguments& arguments, const char* key) {
    SZ_ASSIGN(const Json identity, named_identity(session, arguments));
    Json params{{"client_id", string_or(identity, "client_id")}};
    if (identity.value("protected", false)) {
        SZ_ASSIGN(params[key],
                  session.passphrase("Passphrase of \"" + string_or(identity, "name") + "\""));
    }
    return params;
}

Result<Json> take_out(Session& session, const Arguments& arguments) {
    SZ_ASSIGN(const Json params, with_passphrase(session, arguments, "passphrase"));
    return session.call("identity.export", params);
}

Result<Json> unlock(Session& session, const Arguments& arguments) {
    SZ_ASSIGN(Json params, with_passphrase(session, arguments, "passphrase"));
    if (!params.contains("passphrase")) params["passphrase"] = "";
    return session.call("identity.unlock", params);
}

Result<Json> lock(Session& session, const Arguments& arguments) {
    SZ_ASSIGN(const Json identity, named_identity(session, arguments));
    return session.call("identity.lock", Json{{"client_id", string_or(identity, "client_id")}});
}

Result<Json> change_passphrase(Session& session, const Arguments& arguments) {
    SZ_ASSIGN(Json params, with_passphrase(session, arguments, "old"));
    if (!params.contains("old")) params["old"] = "";
    params["new"] = "";
    if (arguments.has("new-passphrase-file")) {
        SZ_ASSIGN(std::string in_file, secret_in_file(arguments.get("new-passphrase-file")));
        SZ_ASSIGN(params["new"], not_empty(std::move(in_file)));
    } else if (!arguments.has("remove")) {
        SZ_ASSIGN(params["new"], ask_new_passphrase());
    }
    return session.call("identity.passphrase", params);
}

void print_identities(std::ostream& out, const Json& result) {
    Table table({"", "NAME", "PROTECTED", "CLIENT ID"});
    for (const Json& one : items(result, "identities")) {
        table.add({one.value("active", false) ? "*" : "", cell(one, "name"),
                   one.value("protected", false) ? "yes" : "no", cell(one, "client_id")});
    }
    table.print(out, "There is no identity. szctl identity new makes one.");
}

void print_client_id(std::ostream& out, const Json& result) {
    out << cell(result, "client_id") << '\n';
}

}  // namespace

std::string other_than_active(Session& session, const std::string& client_id) {
    const auto active = session.call("identity.show", Json::object());
    return active && cell(*active, "client_id") == client_id ? std::string() : client_id;
}

std::vector<Command> identity_commands() {
    const OptionSpec name{"name", "n", "NAME", "what you call it; only you see it", false};
    return {
        {"identity new",
         "",
         0,
         0,
         "Makes a key pair; the first one becomes the active one",
         {name, protect},
         make,
         print_client_id},
        {"identity list",
         "",
         0,
         0,
         "Lists your identities; * marks the active one",
         {},
         [](Session& session, const Arguments&) {
             return session.call("identity.list", Json::object());
         },
         print_identities},
        {"identity show",
         "[CLIENT-ID]",
         0,
         1,
         "Shows an identity, the active one if none is named",
         {},
         named_identity,
         [](std::ostream& out, const Json& one) {
             out << cell(one, "name") << "\n  Client ID: " << cell(one, "client_id")
                 << "\n  protected by a passphrase: "
                 << (one.value("protected", false) ? "yes" : "no") << '\n';
         }},
        {"identity use",
         "CLIENT-ID|NAME",
         1,
         1,
         "Makes an identity the active one",
         {},
         [](Session& session, const Arguments& a) {
             return session.call("identity.use", Json{{"client_id", a.words[0]}});
         },
         [](std::ostream& out, const Json&) { out << "It is the active identity now.\n"; }},
        {"identity export",
         "[CLIENT-ID]",
         0,
         1,
         "Prints the Secret Token: whoever has it is you",
         {},
         take_out,
         [](std::ostream& out, const Json& result) {
             Session::say("Keep this to yourself. It moves your identity to another device.");
             out << cell(result, "secret_token") << '\n';
         }},
        {"identity import",
         "",
         0,
         0,
         "Adds the identity of a Secret Token, which it asks for",
         {name, protect, {"token-file", "", "FILE", "the Secret Token stands in this file", false}},
         bring_in,
         print_client_id},
        {"identity passphrase",
         "[CLIENT-ID]",
         0,
         1,
         "Sets, changes or removes the passphrase that protects an identity",
         {{"new-passphrase-file", "", "FILE", "the new passphrase stands in this file", false},
          {"remove", "", "", "keep the secret without a passphrase", false}},
         change_passphrase,
         [](std::ostream& out, const Json&) { out << "Done.\n"; }},
        {"identity unlock",
         "[CLIENT-ID]",
         0,
         1,
         "Unlocks a protected identity in the open window",
         {},
         unlock,
         [](std::ostream& out, const Json&) { out << "It is unlocked.\n"; }},
        {"identity lock",
         "[CLIENT-ID]",
         0,
         1,
         "Forgets the unlocked secret in the open window",
         {},
         lock,
         [](std::ostream& out, const Json&) { out << "It is locked.\n"; }},
    };
}

}  // namespace sz::cli
