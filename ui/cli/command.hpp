// SPDX-License-Identifier: AGPL-3.0-or-later
// A command of szctl: its words and options, what it asks of the bus, and how the answer reads.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/base/result.hpp"

namespace sz::cli {

class Session;

struct OptionSpec {
    std::string name;      // "limit", for --limit
    std::string letter;    // "o" for -o, or empty
    std::string argument;  // "N", or empty for a switch
    std::string help;
    bool required = false;
};

// What was typed after the command's name.
struct Arguments {
    std::vector<std::string> words;
    std::map<std::string, std::string, std::less<>> options;

    [[nodiscard]] bool has(std::string_view option) const {
        return options.find(option) != options.end();
    }
    [[nodiscard]] std::string get(std::string_view option, std::string_view fallback = {}) const;
    // A whole number from 1 to `most`; nothing when the option was not given. SZ-CLI-004: something
    // else, with `hint`.
    static constexpr std::uint64_t any = std::numeric_limits<std::int64_t>::max();
    [[nodiscard]] Result<std::optional<std::uint64_t>> number(std::string_view option,
                                                              std::uint64_t most = any,
                                                              const std::string& hint = {}) const;
};

struct Command {
    std::string name;   // "pack import"
    std::string words;  // "PATH…", for the help
    std::size_t words_min = 0;
    std::size_t words_max = 0;
    std::string summary;  // one line
    std::vector<OptionSpec> options;
    std::function<Result<Json>(Session&, const Arguments&)> run;
    // For a person; --json prints the result itself.
    std::function<void(std::ostream&, const Json&)> print;
    std::string more = {};  // sentences under the summary in the command's own help
};

inline constexpr std::size_t any_number = 1000;

[[nodiscard]] const std::vector<Command>& all_commands();

// A command whose one word is an id, passed to a method as {"id"}.
[[nodiscard]] Command command_with_id(std::string name, std::string summary, std::string method,
                                      std::function<void(std::ostream&, const Json&)> print);

// "… rename ID NAME", passed to a method as {"id","name"}.
[[nodiscard]] Command rename_command(std::string name, std::string summary, std::string method);

// Parses what follows the command's name. SZ-CLI-002 … with the command's usage line as hint.
[[nodiscard]] Result<Arguments> parse_arguments(const Command& command,
                                                const std::vector<std::string>& typed);

[[nodiscard]] std::string usage_line(const Command& command);
void print_help(std::ostream& out);
void print_help(std::ostream& out, const Command& command);
// The commands that begin with this word, "pack", a line each; false: there are none.
[[nodiscard]] bool print_group(std::ostream& out, const std::string& group);

// A script for `bash`, to be read by `source <(szctl completion)`.
void print_completion(std::ostream& out);

}  // namespace sz::cli
