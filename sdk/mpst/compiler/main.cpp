// SPDX-License-Identifier: AGPL-3.0-or-later
// szmpst: checks global protocols, projects them and writes C++ for them.
#include <charconv>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <string_view>

#include "command.hpp"

namespace mpst::compiler {

namespace {

constexpr const char* help_text =
    R"(szmpst checks multiparty session protocols and projects them to their roles.

  szmpst check FILE…                  finds all that is wrong with the protocols of the files
  szmpst project FILE                 prints what a protocol is for its roles
  szmpst compatible FILE…             says whether automata, as “project --format json” prints
                                      them, are safe and live together; all files are one system
  szmpst generate FILE --out DIR      writes a C++20 header for each role: DIR/PROTOCOL/ROLE.hpp

  --protocol NAME   which protocol of the file, where there are several
  --role NAME       for this role only
  --out DIR         of “generate”: where to; the folder is made
  --namespace NAME  of “generate”: of the headers, such as a::b (default: the protocol's name)
  --format FORMAT   scribble (default), dot or json
  --fair            takes choices to be fair: nobody takes one branch for ever
  --bound N         of “compatible”: tries queues of up to N messages (default 8, most 1000)
  --json            findings as a JSON document
  --help, --version

Exit codes: 0 good, 1 at fault or not known, 2 usage, 3 a file cannot be read.
)";

int misused(const std::string& what) {
    std::cerr << "szmpst: " << what << " “szmpst --help” lists what there is.\n";
    return usage;
}

struct Command {
    int (*run)(const Arguments&);
    bool takes_one_file;
};

const std::map<std::string, Command, std::less<>> commands{
    {"check", {check_command, false}},
    {"compatible", {compatible_command, false}},
    {"generate", {generate_command, true}},
    {"project", {project_command, true}},
};

// The word of an option that takes one, by the option's name.
std::string* value_of(Arguments& arguments, std::string_view option) {
    if (option == "--protocol") return &arguments.protocol;
    if (option == "--role") return &arguments.role;
    if (option == "--format") return &arguments.format;
    if (option == "--out") return &arguments.out;
    if (option == "--namespace") return &arguments.name_space;
    if (option == "--bound") return &arguments.bound_text;
    return nullptr;
}

bool read_bound(Arguments& arguments) {
    constexpr std::uint32_t most = 1000;
    const std::string& text = arguments.bound_text;
    if (text.empty()) return true;
    const char* const end = text.data() + text.size();
    const auto [stopped, failed] = std::from_chars(text.data(), end, arguments.bound);
    return failed == std::errc{} && stopped == end && arguments.bound >= 1 &&
           arguments.bound <= most;
}

// What is wrong with what was typed, if something is.
std::optional<std::string> read(const std::vector<std::string>& typed, Arguments& arguments) {
    for (std::size_t i = 1; i < typed.size(); ++i) {
        const std::string& word = typed[i];
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        if (word == "--json") {
            arguments.json = true;
        } else if (word == "--fair") {
            arguments.fair = true;
        } else if (std::string* value = value_of(arguments, name)) {
            if (equals != std::string::npos) {
                *value = word.substr(equals + 1);
            } else if (i + 1 < typed.size()) {
                *value = typed[++i];
            }
            if (value->empty()) return name + " wants a word behind it.";
        } else if (word.size() > 1 && word.front() == '-') {
            return "There is no option “" + word + "”.";
        } else {
            arguments.files.push_back(word);
        }
    }
    if (!read_bound(arguments)) return "--bound wants a whole number from 1 to 1000 behind it.";
    const auto& format = arguments.format;
    if (!format.empty() && format != "scribble" && format != "dot" && format != "json")
        return "There is no format “" + format + "”.";
    return std::nullopt;
}

int run(const std::vector<std::string>& typed) {
    for (const std::string& word : typed) {
        if (word == "--help" || word == "-h" || word == "help") {
            std::cout << help_text;
            return done;
        }
        if (word == "--version") {
            std::cout << "szmpst " << SZ_VERSION << '\n';
            return done;
        }
    }
    if (typed.empty()) return misused("No command was given.");
    const auto command = commands.find(typed.front());
    if (command == commands.end()) return misused("There is no command “" + typed.front() + "”.");
    Arguments arguments;
    if (const auto wrong = read(typed, arguments)) return misused(*wrong);
    if (arguments.files.empty()) return misused("No file was named.");
    if (command->second.takes_one_file && arguments.files.size() > 1)
        return misused("“" + typed.front() + "” takes one file.");
    const bool generates = typed.front() == "generate";
    if (!generates && !(arguments.out.empty() && arguments.name_space.empty()))
        return misused("--out and --namespace belong to “generate”.");
    if (typed.front() == "check" &&
        !(arguments.protocol.empty() && arguments.role.empty() && arguments.format.empty()))
        return misused("“check” looks at all of a file: it has no --protocol, --role or --format.");
    if (typed.front() != "compatible" && !arguments.bound_text.empty())
        return misused("--bound belongs to “compatible”.");
    if (generates && (arguments.json || !arguments.format.empty()))
        return misused("“generate” writes C++ only: it has no --json and no --format.");
    return command->second.run(arguments);
}

}  // namespace

}  // namespace mpst::compiler

int main(int argc, char** argv) {
    using namespace mpst::compiler;
    int code = environment;
    try {
        code = run(std::vector<std::string>(argv + 1, argv + argc));
    } catch (const std::bad_alloc&) {
        std::cerr << "szmpst: There is not enough memory for this.\n";
    } catch (const std::exception& defect) {
        std::cerr << "szmpst: A defect of szmpst stopped it: " << defect.what() << '\n';
    }
    if (std::cout.flush()) return code;
    std::cerr << "szmpst: The result could not be written. Make room, or write it elsewhere.\n";
    return environment;
}
