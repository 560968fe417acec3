// SPDX-License-Identifier: AGPL-3.0-or-later
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

std::string sign_of(const std::string& op) {
    if (op == "add") return "+";
    if (op == "subtract") return "-";
    if (op == "multiply") return "×";
    if (op == "atMost") return "at most";
    if (op == "atLeast") return "at least";
    return op == "round" ? "rounded to" : "=";
}

// "Wit 3, Sword's Rating 2": where a term's value comes from. A thing's effect is its own source.
std::string sources(const Json& term) {
    std::string text;
    for (const Json& input : items(term, "inputs")) {
        if (cell(input, "name") == cell(term, "text")) continue;
        const std::string of = cell(input, "of");
        text += (text.empty() ? "" : ", ") + (of.empty() ? "" : of + "'s ") + cell(input, "name") +
                " " + cell(input, "value");
    }
    return text;
}

void print_explanation(std::ostream& out, const Json& result) {
    out << cell(result, "name") << ": "
        << (result.contains("problem") ? cell(result, "problem") : cell(result, "text")) << "    ["
        << cell(result, "path") << "]\n";
    Table table({"", "VALUE", "TERM", "FROM"});
    for (const Json& term : items(result, "terms"))
        table.add(
            {sign_of(cell(term, "op")), cell(term, "value"), cell(term, "text"), sources(term)});
    if (!items(result, "terms").empty()) table.print(out, {});
    for (const Json& failure : items(result, "failures"))
        out << "left out: " << plain(failure) << '\n';
}

}  // namespace

std::vector<Command> explain_commands() {
    return {{"character explain",
             "ID PATH",
             2,
             2,
             "Says how a field's value comes about: each term and where it is from",
             {{"as", "", "MEMBER", "only what that member may see: a name or a Client ID", false}},
             [](Session& session, const Arguments& a) {
                 Json params{{"id", a.words[0]}, {"path", a.words[1]}};
                 if (a.has("as")) params["as"] = a.get("as");
                 return session.call("character.explain", params);
             },
             print_explanation}};
}

}  // namespace sz::cli
