// SPDX-License-Identifier: AGPL-3.0-or-later
// Options are read by Poco::Util, so that --name=x, --name x and -n x all work.
#include <Poco/Exception.h>
#include <Poco/Util/Option.h>
#include <Poco/Util/OptionException.h>
#include <Poco/Util/OptionProcessor.h>
#include <Poco/Util/OptionSet.h>

#include <algorithm>
#include <charconv>
#include <ostream>

#include "ui/cli/command.hpp"

namespace sz::cli {

namespace {

Poco::Util::OptionSet option_set(const Command& command) {
    Poco::Util::OptionSet set;
    for (const OptionSpec& spec : command.options) {
        Poco::Util::Option option(spec.name, spec.letter, spec.help, spec.required);
        if (!spec.argument.empty()) option.argument(spec.argument);
        set.addOption(option);
    }
    return set;
}

// A word that begins with '-' but is a number or alone ("-5", "-") is not an option.
bool looks_like_option(const std::string& word) {
    return word.size() > 1 && word[0] == '-' && !(word[1] >= '0' && word[1] <= '9') &&
           word[1] != '.';
}

auto usage_error(const Command& command, std::string message) {
    return fail(ErrorKind::usage, "SZ-CLI-002", std::move(message),
                "Usage: " + usage_line(command));
}

}  // namespace

std::string Arguments::get(std::string_view option, std::string_view fallback) const {
    const auto found = options.find(option);
    return found == options.end() ? std::string(fallback) : found->second;
}

Result<std::optional<std::uint64_t>> Arguments::number(std::string_view option, std::uint64_t most,
                                                       const std::string& hint) const {
    if (!has(option)) return std::optional<std::uint64_t>();
    const std::string typed = get(option);
    const char* end = typed.data() + typed.size();
    std::uint64_t number = 0;
    const auto read = std::from_chars(typed.data(), end, number);
    if (read.ec == std::errc{} && read.ptr == end && number > 0 && number <= most)
        return std::optional(number);
    const std::string range = most == any ? "from 1" : "from 1 to " + std::to_string(most);
    return fail(
        ErrorKind::usage, "SZ-CLI-004",
        "--" + std::string(option) + " wants a whole number " + range + ", not '" + typed + "'.",
        hint);
}

Result<Arguments> parse_arguments(const Command& command, const std::vector<std::string>& typed) {
    Arguments arguments;
    const Poco::Util::OptionSet set = option_set(command);
    Poco::Util::OptionProcessor processor(set);
    processor.setUnixStyle(true);
    bool only_words = false;
    bool value_follows = false;
    try {
        for (const std::string& word : typed) {
            if (!only_words && !value_follows && word == "--") {
                only_words = true;
                continue;
            }
            std::string name;
            std::string value;
            const bool is_option = !only_words && (value_follows || looks_like_option(word));
            if (is_option && processor.process(word, name, value)) {
                value_follows = name.empty();
                if (!name.empty()) arguments.options[name] = value;
            } else {
                arguments.words.push_back(word);
            }
        }
        processor.checkRequired();
    } catch (const Poco::Util::MissingOptionException& missing) {
        return usage_error(command, "The option --" + missing.message() + " is missing.");
    } catch (const Poco::Util::UnknownOptionException& unknown) {
        return usage_error(command, "There is no option " + unknown.message() + " here.");
    } catch (const Poco::Util::OptionException& wrong) {
        return usage_error(command, "The options cannot be read: " + wrong.displayText() + ".");
    }
    if (value_follows) return usage_error(command, "The last option wants a value.");
    if (arguments.words.size() < command.words_min)
        return usage_error(command, "Something is missing.");
    if (arguments.words.size() > command.words_max) {
        return usage_error(
            command, "There is a word too many: '" + arguments.words[command.words_max] + "'.");
    }
    return arguments;
}

std::string usage_line(const Command& command) {
    std::string line = "szctl " + command.name;
    if (!command.words.empty()) line += " " + command.words;
    for (const OptionSpec& option : command.options) {
        std::string text = "--" + option.name;
        if (!option.argument.empty()) text += " " + option.argument;
        line += option.required ? " " + text : " [" + text + "]";
    }
    return line;
}

void print_help(std::ostream& out) {
    out << "szctl: SessionZero without a screen.\n\n"
           "Usage: szctl [--profile DIR] [--json] [--language TAG] [--passphrase-file FILE] "
           "COMMAND\n\n";
    std::size_t width = 0;
    for (const Command& command : all_commands()) width = std::max(width, command.name.size());
    std::string group;
    for (const Command& command : all_commands()) {
        const std::string this_group = command.name.substr(0, command.name.find(' '));
        if (!group.empty() && this_group != group) out << '\n';
        group = this_group;
        out << "  " << command.name << std::string(width + 2 - command.name.size(), ' ')
            << command.summary << '\n';
    }
    out << "\n  help COMMAND shows a command's words and options.\n\n"
           "  --profile DIR  the folder with your packs, campaigns and identity\n"
           "                 (else SESSIONZERO_PROFILE, else ~/.local/share/sessionzero)\n"
           "  --json         one JSON document on standard output; words for people go to standard "
           "error\n"
           "  --language TAG the language to read packs in, such as de, where they are translated\n"
           "                 (else the setting \"language\", else LC_ALL, LC_MESSAGES or LANG)\n"
           "  --passphrase-file FILE\n"
           "                 where the passphrase of a protected identity stands (else it is asked "
           "for)\n"
           "  --safe-mode    load only the plugins that came with SessionZero\n"
           "  --version      the program's version\n\n"
           "Exit codes: 0 done, 1 the input is at fault, 2 usage, 3 the environment (file, "
           "permission, plugin).\n";
}

bool print_group(std::ostream& out, const std::string& group) {
    std::vector<const Command*> members;
    std::size_t width = 0;
    for (const Command& command : all_commands()) {
        if (!command.name.starts_with(group + ' ')) continue;
        members.push_back(&command);
        width = std::max(width, command.name.size());
    }
    if (members.empty()) return false;
    for (const Command* command : members) {
        out << "  " << command->name << std::string(width + 2 - command->name.size(), ' ')
            << command->summary << '\n';
    }
    out << "\n  szctl help " << members.front()->name
        << " shows the words and options of one; so for the others.\n";
    return true;
}

void print_help(std::ostream& out, const Command& command) {
    out << "Usage: " << usage_line(command) << "\n\n" << command.summary << '\n';
    if (!command.more.empty()) out << command.more << '\n';
    if (command.options.empty()) return;
    out << '\n';
    std::size_t width = 0;
    for (const OptionSpec& option : command.options)
        width = std::max(width, option.name.size() + option.argument.size());
    for (const OptionSpec& option : command.options) {
        const std::string left =
            option.name + (option.argument.empty() ? "" : " " + option.argument);
        out << "  --" << left << std::string(width + 4 - left.size(), ' ') << option.help << '\n';
    }
}

}  // namespace sz::cli
