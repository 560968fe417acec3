// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/cli/ask_secret.hpp"

#include "kernel/base/files.hpp"
#include "kernel/base/sys/interrupt.hpp"
#include "kernel/base/sys/terminal.hpp"

namespace sz::cli {

Result<std::string> secret_in_file(const std::string& path) {
    SZ_ASSIGN(std::string text, read_file(path, 4096));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

Result<std::string> ask_secret(const std::string& question, const std::string& option) {
    const sys::Interrupt interrupt;  // ended by Ctrl+C, the program would leave the terminal mute
    const sys::SilentTerminal terminal;
    if (!terminal.is_silent()) {
        return fail(ErrorKind::environment, "SZ-CLI-005",
                    "There is no terminal to ask on: " + question + ".",
                    "Give it in a file: " + option + " FILE.");
    }
    terminal.write(question + ": ");
    std::string answer;
    const bool was_answered = terminal.read_line(interrupt, answer);
    terminal.write("\n");
    if (was_answered) return answer;
    return fail(ErrorKind::cancelled, "SZ-CLI-010", "Nothing was entered, and nothing done.");
}

}  // namespace sz::cli
