// SPDX-License-Identifier: AGPL-3.0-or-later
#include <nlohmann/json.hpp>
#include <ostream>

#include "kernel/base/files.hpp"
#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

// A secret is never a word on the command line, where others can read it: it comes from a file, or
// is asked for.
Result<std::string> secret_from(const Arguments& arguments, const char* option,
                                const std::string& question) {
    if (!arguments.has(option)) return Session::ask_secret(question);
    auto text = read_file(arguments.get(option), 4096);
    if (!text) return fail(text.error());
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
    return *text;
}

const OptionSpec passphrase_file{"passphrase-file", "", "FILE",
                                 "the passphrase stands in this file", false};

Result<Json> make(Session& session, const Arguments& arguments) {
    Json params{{"name", arguments.get("name", "Me")}};
    if (arguments.has("protect") || arguments.has("passphrase-file")) {
        SZ_ASSIGN(params["passphrase"],
                  secret_from(arguments, "passphrase-file", "New passphrase"));
    }
    return session.call("identity.new", params);
}

Result<Json> bring_in(Session& session, const Arguments& arguments) {
    SZ_ASSIGN(const std::string token, secret_from(arguments, "token-file", "Secret Token"));
    Json params{{"token", token}};
    if (arguments.has("name")) params["name"] = arguments.get("name");
    if (arguments.has("passphrase-file")) {
        SZ_ASSIGN(params["passphrase"], secret_from(arguments, "passphrase-file", "Passphrase"));
    }
    return session.call("identity.import", params);
}

Result<Json> take_out(Session& session, const Arguments& arguments) {
    Json params = Json::object();
    if (!arguments.words.empty()) params["client_id"] = arguments.words[0];
    if (arguments.has("passphrase-file")) {
        SZ_ASSIGN(params["passphrase"], secret_from(arguments, "passphrase-file", "Passphrase"));
    }
    auto result = session.call("identity.export", params);
    if (result || result.error().kind != ErrorKind::denied || params.contains("passphrase"))
        return result;
    SZ_ASSIGN(params["passphrase"], Session::ask_secret("Passphrase"));
    return session.call("identity.export", params);
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

std::vector<Command> identity_commands() {
    const OptionSpec name{"name", "n", "NAME", "what you call it; only you see it", false};
    return {
        {"identity new",
         "",
         0,
         0,
         "Makes a key pair; the first one becomes the active one",
         {name,
          {"protect", "p", "", "ask for a passphrase that encrypts the secret", false},
          passphrase_file},
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
         [](Session& session, const Arguments& a) {
             return session.call("identity.show", a.words.empty()
                                                      ? Json::object()
                                                      : Json{{"client_id", a.words[0]}});
         },
         [](std::ostream& out, const Json& one) {
             out << cell(one, "name") << "\n  Client ID: " << cell(one, "client_id")
                 << "\n  protected by a passphrase: "
                 << (one.value("protected", false) ? "yes" : "no") << '\n';
         }},
        {"identity use",
         "CLIENT-ID",
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
         {passphrase_file},
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
         {name,
          {"token-file", "", "FILE", "the Secret Token stands in this file", false},
          passphrase_file},
         bring_in,
         print_client_id},
    };
}

}  // namespace sz::cli
