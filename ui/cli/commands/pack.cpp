// SPDX-License-Identifier: AGPL-3.0-or-later
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

Json absolute_paths(const std::vector<std::string>& words) {
    Json paths = Json::array();
    for (const std::string& word : words) paths.push_back(absolute_path(word));
    return paths;
}

std::size_t number(const Json& object, const char* key) {
    return object.value(key, std::size_t{0});
}

std::size_t errors_in(const Json& findings) {
    std::size_t errors = 0;
    for (const Json& finding : findings)
        errors += string_or(finding, "severity") == "error" ? 1U : 0U;
    return errors;
}

void print_verdict(std::ostream& out, const Json& result) {
    const Json& findings = items(result, "findings");
    print_findings(out, findings);
    for (const Json& one : items(result, "translations")) {
        out << cell(one, "name") << " (" << cell(one, "language")
            << "): " << cell(one, "translated") << " of " << cell(one, "texts")
            << " texts are translated.\n";
    }
    const std::size_t errors = errors_in(findings);
    out << (result.value("ok", false) ? "Valid" : "Not valid") << ": "
        << count(errors, "error", "errors") << ", "
        << count(findings.size() - errors, "warning or note", "warnings and notes") << ".\n";
}

void print_import(std::ostream& out, const Json& result) {
    print_findings(out, items(result, "findings"));
    for (const Json& pack : items(result, "packs")) {
        out << cell(pack, "name") << ' ' << cell(pack, "version") << ": "
            << count(number(pack, "entries"), "entry", "entries") << " in "
            << count(number(pack, "datasets"), "dataset", "datasets") << " (" << cell(pack, "id")
            << ")\n";
    }
    if (result.contains("read")) {
        out << count(number(result, "read"), "record", "records") << " read, "
            << count(number(result, "written"), "entry", "entries") << " written.\n";
        for (const Json& left : items(result, "left_out")) {
            out << "  left out: " << cell(left, "count") << " × " << cell(left, "what") << ": "
                << cell(left, "why") << '\n';
        }
    }
    if (!result.value("ok", false) && items(result, "packs").empty())
        out << "Nothing was imported.\n";
}

void print_pack(std::ostream& out, const Json& pack) {
    out << cell(pack, "name") << ' ' << cell(pack, "version") << '\n';
    for (const auto& [key, label] :
         {std::pair{"id", "id"}, {"author", "author"}, {"license", "licence"}}) {
        if (const std::string text = cell(pack, key); !text.empty())
            out << "  " << label << ": " << text << '\n';
    }
    if (const std::string text = cell(pack, "description"); !text.empty())
        out << '\n' << text << '\n';
    for (const Json& dependency : items(pack, "dependencies")) {
        out << "  needs " << cell(dependency, "name") << ' ' << cell(dependency, "version") << " ("
            << cell(dependency, "id") << ")\n";
    }
    out << '\n';
    Table table({"TYPE", "ID", "NAME", "ENTRIES"});
    for (const Json& object : items(pack, "objects")) {
        table.add({cell(object, "type"), cell(object, "id"), cell(object, "name"),
                   cell(object, "entries")});
    }
    table.print(out, "The pack has no objects.");
}

void print_packs(std::ostream& out, const Json& result) {
    Table table({"NAME", "VERSION", "ENTRIES", "LICENCE", "ID"});
    for (const Json& pack : items(result, "packs")) {
        table.add({cell(pack, "name"), cell(pack, "version"), cell(pack, "entries"),
                   cell(pack, "license"), cell(pack, "id")});
    }
    table.print(out, "The library is empty. szctl pack import FILE.szp fills it.");
}

Result<Json> show(Session& session, const Arguments& arguments) {
    const std::string& word = arguments.words[0];
    std::error_code ignored;
    const bool is_path = std::filesystem::exists(word, ignored);
    return session.call("pack.show",
                        is_path ? Json{{"path", absolute_path(word)}} : Json{{"pack", word}});
}

Result<Json> import(Session& session, const Arguments& arguments) {
    Json params{{"paths", absolute_paths(arguments.words)}};
    if (arguments.has("format")) params["format"] = arguments.get("format");
    if (arguments.has("output")) params["output"] = absolute_path(arguments.get("output"));
    if (arguments.has("force")) params["force"] = true;
    if (arguments.has("options")) {
        SZ_ASSIGN(params["options"],
                  json_object(arguments.get("options"), "options", R"({"separator": ";"})"));
    }
    return session.run_task("pack.import", params);
}

Result<Json> create(Session& session, const Arguments& arguments) {
    Json params{{"dir", absolute_path(arguments.words[0])}, {"name", arguments.get("name")}};
    for (const char* option : {"id", "author", "license", "translates"}) {
        if (arguments.has(option)) params[option] = arguments.get(option);
    }
    if (arguments.has("translates")) {
        const std::string& language = session.options().language;
        if (language.empty())
            return fail(ErrorKind::usage, "SZ-CLI-019", "A translation is into a language.",
                        "Name it: --language de.");
        params["language"] = language;
    }
    return session.run_task("pack.new", params);
}

void print_created(std::ostream& out, const Json& made) {
    out << cell(made, "dir") << " holds a new pack (" << cell(made, "id") << "):\n";
    for (const Json& file : items(made, "files")) out << "  " << file.get<std::string>() << '\n';
    out << "Change what you like, and let “szctl pack validate " << cell(made, "dir")
        << "” say what is wrong.\n";
}

Result<Json> build(Session& session, const Arguments& arguments) {
    Json params{{"dir", absolute_path(arguments.words[0])},
                {"output", absolute_path(arguments.get("output"))}};
    if (arguments.has("force")) params["force"] = true;
    return session.run_task("pack.build", params);
}

}  // namespace

std::vector<Command> pack_commands() {
    const OptionSpec force{"force", "f", "", "write over a file that exists", false};
    return {
        {"pack new",
         "DIR",
         1,
         1,
         "Makes the folder of a new pack: an example of the usual fields, or a translation",
         {{"name", "", "NAME", "what people call it", true},
          {"id", "", "ID", "its id; a new one when left out", false},
          {"author", "", "NAME", "who makes it", false},
          {"license", "", "SPDX", "what others may do with it, such as CC-BY-SA-4.0", false},
          {"translates", "", "PACK",
           "a pack of the library: the new one gives its texts in the --language", false}},
         create,
         print_created},
        {"pack validate",
         "PATH…",
         1,
         any_number,
         "Checks packs (archives or folders) and reports every fault",
         {},
         [](Session& session, const Arguments& a) {
             return session.run_task("pack.validate", Json{{"paths", absolute_paths(a.words)}});
         },
         print_verdict},
        {"pack build",
         "DIR",
         1,
         1,
         "Makes an archive from a folder; the same folder gives the same bytes",
         {{"output", "o", "FILE", "the .szp file to write", true}, force},
         build,
         [](std::ostream& out, const Json& result) {
             print_findings(out, items(result, "findings"));
             if (result.value("ok", false))
                 out << cell(result, "file") << ": " << cell(result, "bytes") << " bytes\n";
         }},
        {"pack unpack",
         "FILE DIR",
         2,
         2,
         "Writes an archive's files into a new folder",
         {},
         [](Session& session, const Arguments& a) {
             return session.run_task("pack.unpack", Json{{"file", absolute_path(a.words[0])},
                                                         {"dir", absolute_path(a.words[1])}});
         },
         [](std::ostream& out, const Json& result) {
             print_findings(out, items(result, "findings"));
         }},
        {"pack show", "PATH|ID[@V]", 1, 1, "Shows what a pack holds", {}, show, print_pack},
        {"pack import",
         "PATH…",
         1,
         any_number,
         "Brings packs into the library, or converts a foreign format",
         {{"format", "", "F", "the format, when it is not recognised (szctl pack formats)", false},
          {"output", "o", "FILE", "write a .szp there instead of importing", false},
          {"options", "", "JSON", "what the format is told besides: '{\"separator\": \";\"}'",
           false},
          force},
         import,
         print_import},
        {"pack list",
         "",
         0,
         0,
         "Lists the packs in the library",
         {},
         [](Session& session, const Arguments&) {
             return session.call("pack.list", Json::object());
         },
         print_packs},
        {"pack remove",
         "ID[@V]",
         1,
         1,
         "Takes a pack out of the library",
         {},
         [](Session& session, const Arguments& a) {
             return session.call("pack.remove", Json{{"pack", a.words[0]}});
         },
         [](std::ostream& out, const Json& result) {
             out << "Removed " << cell(result.value("removed", Json::object()), "id") << ' '
                 << cell(result.value("removed", Json::object()), "version") << ".\n";
         }},
        {"pack formats",
         "",
         0,
         0,
         "Lists the formats that can be read and written",
         {},
         [](Session& session, const Arguments&) {
             return session.call("pack.formats", Json::object());
         },
         [](std::ostream& out, const Json& result) {
             Table table({"FORMAT", "TITLE", "READS", "WRITES", "PLUGIN"});
             for (const Json& f : items(result, "formats")) {
                 table.add({cell(f, "name"), cell(f, "title"), cell(f, "reads"), cell(f, "writes"),
                            cell(f, "plugin")});
             }
             table.print(out, "No plugin offers a pack format; see szctl plugin list.");
         }},
    };
}

}  // namespace sz::cli
