// SPDX-License-Identifier: AGPL-3.0-or-later
// szctl: everything that the window does, without a screen.
#include <algorithm>
#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "kernel/base/language_tags.hpp"
#include "kernel/base/log.hpp"
#include "kernel/base/sys/terminal.hpp"
#include "ui/cli/command.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

struct Globals {
    Profile::Options profile;
    std::string passphrase_file;
    bool json = false;
    bool help = false;
    bool version = false;
    std::vector<std::string> rest;
};

bool is_named(const std::string& word, const std::string& option) {
    return word == option || word.rfind(option + "=", 0) == 0;
}

// What stands behind the '=' of word `i`, or the next word.
Result<std::string> value_of(const std::string& option, const std::vector<std::string>& typed,
                             std::size_t& i) {
    std::string value;
    if (typed[i] != option) {
        value = typed[i].substr(option.size() + 1);
    } else if (i + 1 < typed.size()) {
        value = typed[++i];
    }
    if (!value.empty()) return value;
    return fail(ErrorKind::usage, "SZ-CLI-001", option + " wants a name behind it.",
                "Usage: szctl [--profile DIR] [--language TAG] [--passphrase-file FILE] COMMAND");
}

Status check_language(const std::string& tag) {
    if (is_language_tag(tag)) return {};
    return fail(ErrorKind::usage, "SZ-CLI-018", "'" + tag + "' is no language tag.",
                "Write it as de, pt-BR or zh-Hant.");
}

// Options before and after the command are both taken, so that `szctl pack list --json` does what
// one expects.
Result<Globals> read_globals(const std::vector<std::string>& typed) {
    Globals globals;
    globals.profile.serve_socket = false;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const std::string& word = typed[i];
        if (word == "--") {
            globals.rest.insert(globals.rest.end(), typed.begin() + static_cast<std::ptrdiff_t>(i),
                                typed.end());
            break;
        }
        if (word == "--json") {
            globals.json = true;
        } else if (word == "--safe-mode") {
            globals.profile.safe_mode = true;
        } else if (word == "--help" || word == "-h") {
            globals.help = true;
        } else if (word == "--version") {
            globals.version = true;
        } else if (is_named(word, "--profile")) {
            SZ_ASSIGN(const std::string folder, value_of("--profile", typed, i));
            globals.profile.folder = absolute_path(folder);
        } else if (is_named(word, "--language")) {
            SZ_ASSIGN(globals.profile.language, value_of("--language", typed, i));
            SZ_TRY(check_language(globals.profile.language));
        } else if (is_named(word, "--passphrase-file")) {
            SZ_ASSIGN(globals.passphrase_file, value_of("--passphrase-file", typed, i));
        } else {
            globals.rest.push_back(word);
        }
    }
    return globals;
}

// The longest command whose words stand at the beginning.
const Command* find_command(const std::vector<std::string>& typed, std::size_t& words) {
    const auto& all = all_commands();
    for (words = std::min<std::size_t>(2, typed.size()); words > 0; --words) {
        std::string name = typed[0];
        if (words == 2) name += ' ' + typed[1];
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Command& c) { return c.name == name; });
        if (found != all.end()) return &*found;
    }
    return nullptr;
}

Error unknown_command(const std::vector<std::string>& typed) {
    std::string group;
    for (const Command& command : all_commands()) {
        if (command.name.rfind(typed[0] + ' ', 0) == 0)
            group += (group.empty() ? "" : ", ") + command.name;
    }
    const std::string hint =
        group.empty() ? "szctl help lists the commands." : "There are: " + group + ".";
    const bool is_group = !group.empty() && typed.size() > 1;
    const std::string name = typed[0] + (is_group ? ' ' + typed[1] : "");
    return Error{ErrorKind::usage, "SZ-CLI-003", "There is no command '" + name + "'.", hint, {}};
}

int report(bool as_json, const Error& error) {
    if (as_json)
        std::cout << json_text(Json{{"ok", false}, {"error", error_to_json(error)}}) << std::endl;
    print_error(std::cerr, error);
    return exit_code(error.kind);
}

int help(const std::vector<std::string>& about, bool as_json) {
    std::size_t words = 0;
    const Command* command = about.empty() ? nullptr : find_command(about, words);
    std::ostringstream text;
    if (command != nullptr) {
        print_help(text, *command);
    } else if (about.empty()) {
        print_help(text);
    } else if (about.size() > 1 || !print_group(text, about[0])) {
        return report(as_json, unknown_command(about));
    }
    std::cout << (as_json ? json_text(Json{{"text", text.str()}}) + "\n" : text.str());
    return 0;
}

// The bus carries JSON, whose text is UTF-8: other bytes would arrive as other bytes.
Status check_text(const std::vector<std::string>& typed) {
    for (const std::string& word : typed) {
        if (is_utf8(word)) continue;
        return fail(ErrorKind::usage, "SZ-CLI-014", "This word is not UTF-8: " + json_text(word),
                    "Write it in UTF-8; rename a file or folder whose name is not UTF-8.");
    }
    return {};
}

bool wants_json(const std::vector<std::string>& typed) {
    return std::find(typed.begin(), typed.end(), "--json") != typed.end();
}

// What was typed stands beside the answer, so that sentences can say how to go on with it.
Json with_asked(Json result, const Arguments& arguments) {
    if (result.is_object())
        result[asked_key] = {{"words", arguments.words}, {"options", arguments.options}};
    return result;
}

int run(const std::vector<std::string>& typed) {
    if (auto text = check_text(typed); !text) return report(wants_json(typed), text.error());
    auto globals = read_globals(typed);
    if (!globals) return report(wants_json(typed), globals.error());
    std::vector<std::string>& rest = globals->rest;
    if (globals->version) {
        std::cout << (globals->json ? json_text(Json{{"version", SZ_VERSION}})
                                    : std::string("szctl ") + SZ_VERSION)
                  << '\n';
        return 0;
    }
    if (rest.empty() || rest[0] == "help") {
        if (rest.empty() && !globals->help) {
            if (globals->json)
                return report(true, {ErrorKind::usage,
                                     "SZ-CLI-003",
                                     "No command was given.",
                                     "szctl help lists the commands.",
                                     {}});
            print_help(std::cerr);
            return exit_code(ErrorKind::usage);
        }
        if (!rest.empty()) rest.erase(rest.begin());
        return help(rest, globals->json);
    }
    if (rest[0] == "completion") {
        print_completion(std::cout);
        return 0;
    }
    std::size_t words = 0;
    const Command* command = find_command(rest, words);
    if (globals->help) return help(rest, globals->json);
    if (command == nullptr && rest.size() == 1 && !globals->json && print_group(std::cerr, rest[0]))
        return exit_code(ErrorKind::usage);
    if (command == nullptr) return report(globals->json, unknown_command(rest));
    const auto arguments =
        parse_arguments(*command, {rest.begin() + static_cast<std::ptrdiff_t>(words), rest.end()});
    if (!arguments) return report(globals->json, arguments.error());

    Session session(globals->profile, globals->json, globals->passphrase_file);
    const auto result = command->run(session, *arguments);
    if (!result) return report(globals->json, result.error());
    if (globals->json) {
        std::cout << json_text(*result) << std::endl;
    } else if (command->print) {
        command->print(std::cout, with_asked(*result, *arguments));
    } else {
        std::cout << json_text(*result, 2) << std::endl;
    }
    if (!result->is_object() || result->value("ok", true)) return 0;
    return exit_code(kind_from_name(string_or(*result, "kind", "input")));
}

}  // namespace

}  // namespace sz::cli

int main(int argc, char** argv) {
    const std::vector<std::string> typed(argv + 1, argv + argc);
    int code = 0;
    try {
        code = sz::cli::run(typed);
    } catch (const std::exception& defect) {
        sz::log::error("szctl", defect.what());
        code = sz::cli::report(sz::cli::wants_json(typed),
                               {sz::ErrorKind::internal,
                                "SZ-CLI-011",
                                "A defect of SessionZero stopped the command.",
                                "What you had is safe. Please report it with the last lines of "
                                "logs/sessionzero.log in your profile.",
                                {}});
    }
    // Whoever reads no further has what they wanted: what was done is done, and its code counts.
    if (std::cout.flush() || sz::sys::standard_output_is_closed()) return code;
    const sz::Error unwritten{sz::ErrorKind::environment,
                              "SZ-CLI-012",
                              "The result could not be written.",
                              "Make room on the disk, or write it elsewhere.",
                              {}};
    sz::cli::print_error(std::cerr, unwritten);
    return sz::exit_code(unwritten.kind);
}
