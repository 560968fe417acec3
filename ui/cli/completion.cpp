// SPDX-License-Identifier: AGPL-3.0-or-later
#include <map>
#include <ostream>

#include "ui/cli/command.hpp"

namespace sz::cli {

void print_completion(std::ostream& out) {
    std::map<std::string, std::string> second_words;  // first word → its second words
    out << "# bash completion for szctl:  source <(szctl completion)\n_szctl() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} command=\"${COMP_WORDS[1]:-} "
           "${COMP_WORDS[2]:-}\" words=\n"
           "    case $command in\n";
    for (const Command& command : all_commands()) {
        const auto space = command.name.find(' ');
        std::string& seconds = second_words[command.name.substr(0, space)];
        if (space != std::string::npos)
            seconds += (seconds.empty() ? "" : " ") + command.name.substr(space + 1);
        if (command.options.empty()) continue;
        out << "        \"" << command.name << (space == std::string::npos ? " \"*" : "\"")
            << ") words=\"";
        for (const OptionSpec& option : command.options) out << "--" << option.name << ' ';
        out << "\" ;;\n";
    }
    out << "    esac\n    case $COMP_CWORD in\n        1) words=\"help completion";
    for (const auto& [first, seconds] : second_words) out << ' ' << first;
    out << "\" ;;\n        2) case ${COMP_WORDS[1]} in\n";
    for (const auto& [first, seconds] : second_words) {
        if (!seconds.empty())
            out << "            " << first << ") words=\"" << seconds << "\" ;;\n";
    }
    out << "           esac ;;\n    esac\n"
           "    COMPREPLY=($(compgen -W \"$words --json --language --profile --passphrase-file\" "
           "-- "
           "\"$word\"))\n"
           "    [ ${#COMPREPLY[@]} -gt 0 ] || compopt -o default\n}\ncomplete -F _szctl szctl\n";
}

}  // namespace sz::cli
