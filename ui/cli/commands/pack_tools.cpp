// SPDX-License-Identifier: AGPL-3.0-or-later
// What pack authors work with: compare, follow dependencies, look over, migrate.
#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

constexpr std::size_t shown_characters_max = 60;  // of a value; --json has all of it

// What is on the disk is meant before what is in the library.
Json source_of(const std::string& word) {
    std::error_code ignored;
    const bool is_path = std::filesystem::exists(word, ignored);
    return is_path ? Json{{"path", absolute_path(word)}} : Json{{"pack", word}};
}

std::string words_of(const Json& value) {
    return value.is_string() ? "“" + value.get<std::string>() + "”" : plain(value);
}

std::string shortened(std::string text) {
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') text[i] = ' ';
        const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (begins && ++characters > shown_characters_max) return text.substr(0, i) + "…";
    }
    return text;
}

std::string in_short(const Json& value) { return shortened(words_of(value)); }

// The one member or item in which they differ, as deep as there is one only, with the way to it.
std::string narrow(const Json*& before, const Json*& after) {
    std::string way;
    while (before->type() == after->type() && before->is_structured()) {
        const Json difference = Json::diff(*before, *after);
        std::set<std::string> parts;
        for (const Json& step : difference) {
            const std::string path = step.at("path").get<std::string>();
            parts.insert(path.substr(0, path.find('/', 1)));
        }
        if (parts.size() != 1 || parts.begin()->empty()) break;
        const Json::json_pointer part(*parts.begin());
        if (!before->contains(part) || !after->contains(part)) break;
        before = &before->at(part);
        after = &after->at(part);
        way += (way.empty() ? "" : ".") + part.back();
    }
    return way;
}

// Where both look the same when they are cut, what is the same before the difference is left out.
std::pair<std::string, std::string> apart(const Json& before, const Json& after) {
    constexpr std::size_t same_shown = 20;  // bytes before the difference
    const std::string a = words_of(before), b = words_of(after);
    if (shortened(a) != shortened(b)) return {shortened(a), shortened(b)};
    std::size_t same = 0;
    while (same < a.size() && same < b.size() && a[same] == b[same]) ++same;
    same -= std::min(same, same_shown);
    while (same > 0 && (static_cast<unsigned char>(a[same]) & 0xC0U) == 0x80U) --same;
    return {shortened("…" + a.substr(same)), shortened("…" + b.substr(same))};
}

// "things / sword / stats.rarity: value"
std::string place_of(const Json& change) {
    std::string place;
    for (const char* key : {"object", "entry", "path"}) {
        const std::string part = cell(change, key);
        if (!part.empty()) place += (place.empty() ? "" : " / ") + part;
    }
    const std::string key = cell(change, "key");
    if (key.empty()) return place;
    return place.empty() ? key : place + ": " + key;
}

void print_sides(std::ostream& out, const Json& change) {
    if (!change.contains("old") || !change.contains("new")) {
        out << "  " << (change.contains("old") ? in_short(change.at("old")) : "nothing") << " → "
            << (change.contains("new") ? in_short(change.at("new")) : "nothing");
        return;
    }
    const Json* before = &change.at("old");
    const Json* after = &change.at("new");
    // Of another type the whole definitions are given.
    const bool are_types = cell(change, "key") == "type" && before->is_object();
    const std::string way = are_types ? "" : narrow(before, after);
    const auto [a, b] =
        are_types ? std::pair(cell(*before, "type"), cell(*after, "type")) : apart(*before, *after);
    out << (way.empty() ? "" : " ." + way) << "  " << a << " → " << b;
}

void print_change(std::ostream& out, const Json& change) {
    static const std::map<std::string, char> signs{
        {"added", '+'}, {"removed", '-'}, {"changed", '~'}, {"renamed", '>'}};
    const std::string kind = cell(change, "change");
    const auto sign = signs.find(kind);
    out << "  " << (sign == signs.end() ? ' ' : sign->second) << ' ' << place_of(change);
    const std::string what = cell(change, "what");
    const bool is_whole = kind == "added" || kind == "removed";
    // A whole entry is too long for a line: its name says which it is.
    const char* side = kind == "removed" ? "old" : "new";
    if (is_whole && change.contains(side) && change.at(side).is_object()) {
        const std::string name = cell(change.at(side), "name");
        out << "  " << what << (name.empty() ? "" : " “" + name + "”");
    } else if (is_whole) {
        out << "  " << what;
    } else {
        print_sides(out, change);
    }
    out << "  (" << cell(change, "weight") << ")\n";
}

void print_diff(std::ostream& out, const Json& result) {
    if (result.contains("changes")) {
        const Json& a = result.at("a");
        const Json& b = result.at("b");
        out << cell(a, "name") << ' ' << cell(a, "version") << " → " << cell(b, "name") << ' '
            << cell(b, "version") << '\n';
        std::string file;
        for (const Json& change : items(result, "changes")) {
            if (cell(change, "file") != file) {
                file = cell(change, "file");
                out << '\n' << file << '\n';
            }
            print_change(out, change);
        }
        const Json& counts = result.at("counts");
        out << '\n'
            << cell(counts, "added") << " added, " << cell(counts, "removed") << " removed, "
            << cell(counts, "changed") << " changed, " << cell(counts, "renamed") << " renamed.\n";
        const Json& advice = result.at("advice");
        if (cell(advice, "part") != "none")
            out << "The " << cell(advice, "part")
                << " part of the version must rise: " << cell(advice, "version") << " or higher"
                << (advice.value("is_enough", false) ? ", as it does.\n" : ".\n");
    }
    print_findings(out, items(result, "findings"));
}

// The edges as a tree: what a pack needs is told once, where the pack is first met.
class DependencyTree {
  public:
    DependencyTree(std::ostream& out, const Json& result) : out_(out) {
        for (const Json& edge : items(result, "edges"))
            by_pack_[cell(edge, "from")].push_back(&edge);
    }

    void print(const std::string& pack, const std::string& indent) {
        if (!told_.insert(pack).second) return;
        for (const Json* edge : by_pack_[pack]) {
            const std::string to = cell(*edge, "to");
            const std::string version = cell(*edge, "version");
            const std::string state = cell(*edge, "state");
            out_ << indent << cell(*edge, "name") << ' ' << cell(*edge, "range");
            if (!version.empty()) out_ << " → " << version;
            if (state != "ok") out_ << "  [" << state << ']';
            const bool has_more = !by_pack_[to].empty();
            const bool is_above = has_more && told_.contains(to);
            out_ << (is_above && state != "circle" ? "  (see above)" : "") << '\n';
            if (!is_above) print(to, indent + "  ");
        }
    }

  private:
    std::ostream& out_;
    std::map<std::string, std::vector<const Json*>> by_pack_;
    std::set<std::string> told_;
};

void print_deps(std::ostream& out, const Json& result) {
    if (result.contains("root")) {
        const Json& root = result.at("root");
        out << cell(root, "name") << ' ' << cell(root, "version")
            << (items(result, "edges").empty() ? " needs no other pack.\n" : "\n");
        DependencyTree(out, result).print(cell(root, "id"), "  ");
    }
    print_findings(out, items(result, "findings"));
}

void print_advice(std::ostream& out, const Json& result) {
    const Json& findings = items(result, "findings");
    print_findings(out, findings);
    if (findings.empty()) out << "No advice: the pack is in good order.\n";
}

void print_migration(std::ostream& out, const Json& result) {
    const Json& findings = items(result, "findings");
    print_findings(out, findings);
    const bool is_dry_run = result.value("dry_run", false);
    std::string file;
    for (const Json& change : items(result, "changes")) {
        if (cell(change, "file") != file) {
            file = cell(change, "file");
            out << file << '\n';
        }
        const Json& before = change.at("before");
        out << "  " << cell(change, "pointer") << ": "
            << (before.is_null() ? "nothing" : in_short(before)) << " → "
            << in_short(change.at("after")) << "  (" << cell(change, "what") << ")\n";
    }
    if (!result.value("ok", false)) {
        out << "Nothing was changed.\n";
    } else if (items(result, "files").empty()) {
        out << "Nothing to do: the pack follows the current schemas.\n";
    } else {
        out << count(items(result, "files").size(), "file", "files")
            << (is_dry_run ? " would change.\n" : " changed.\n");
    }
}

Result<Json> diff(Session& session, const Arguments& arguments) {
    return session.run_task("pack.diff", Json{{"a", source_of(arguments.words[0])},
                                              {"b", source_of(arguments.words[1])}});
}

Result<Json> deps(Session& session, const Arguments& arguments) {
    return session.call("pack.deps", source_of(arguments.words[0]));
}

Result<Json> lint(Session& session, const Arguments& arguments) {
    Json params = source_of(arguments.words[0]);
    if (arguments.has("strict")) params["strict"] = true;
    return session.run_task("pack.lint", params);
}

Result<Json> migrate(Session& session, const Arguments& arguments) {
    Json params{{"dir", absolute_path(arguments.words[0])}};
    if (arguments.has("dry-run")) params["dry_run"] = true;
    return session.run_task("pack.migrate", params);
}

Result<Json> upgrade(Session& session, const Arguments& arguments) {
    Json params{{"id", arguments.get("campaign")}, {"pack", arguments.words[0]}};
    if (arguments.has("dry-run")) params["dry_run"] = true;
    return session.call("campaign.upgrade", params);
}

void print_upgrade(std::ostream& out, const Json& result) {
    const Json& pack = result.at("pack");
    const std::string version = cell(pack, "name") + " " + cell(pack, "version");
    if (items(result, "sheets").empty()) {
        out << "Every sheet follows " << version << " already.\n";
        return;
    }
    for (const Json& sheet : items(result, "sheets")) {
        const std::string from = cell(sheet, "from");
        out << cell(sheet, "name")
            << (from.empty() ? "" : ": " + from + " → " + cell(pack, "version")) << '\n';
        if (sheet.contains("why"))
            out << "  stays with the definitions that it has: " << cell(sheet, "why") << '\n';
        for (const Json& change : items(sheet, "changes"))
            out << "  " << cell(change, "sentence") << '\n';
        if (items(sheet, "changes").empty() && !sheet.contains("why"))
            out << "  Nothing on it changes.\n";
    }
    if (result.value("dry_run", false)) {
        out << "\nNothing was changed. Without --dry-run it will be, after a snapshot.\n";
    } else if (result.contains("snapshot")) {
        out << "\nSnapshot " << cell(result, "snapshot")
            << " holds what was there before. To take this back: szctl campaign undo "
            << asked_option(result, "campaign") << '\n';
    }
}

}  // namespace

std::vector<Command> pack_tool_commands() {
    return {
        {"pack lint",
         "PATH|ID[@V]",
         1,
         1,
         "Gives advice about what is legal in a pack but unwise",
         {{"strict", "", "", "any advice makes the exit code 1", false}},
         lint,
         print_advice},
        {"pack diff",
         "A B",
         2,
         2,
         "Compares two packs (paths or ID[@V]) and says how far the version must rise",
         {},
         diff,
         print_diff},
        {"pack deps",
         "PATH|ID[@V]",
         1,
         1,
         "Shows which packs a pack needs, in which versions, and where they do not fit",
         {},
         deps,
         print_deps},
        {"pack migrate",
         "DIR",
         1,
         1,
         "Brings a pack's folder to the current version of the schemas",
         {{"dry-run", "", "", "say what would change, and change nothing", false}},
         migrate,
         print_migration},
        {"pack upgrade",
         "ID[@V]",
         1,
         1,
         "Brings a campaign's sheets to another version of a pack; what is written in them stays",
         {{"campaign", "c", "ID", "the campaign: its id or its name", true},
          {"dry-run", "", "", "say what would change, and change nothing", false}},
         upgrade,
         print_upgrade},
    };
}

}  // namespace sz::cli
