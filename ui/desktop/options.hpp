// SPDX-License-Identifier: AGPL-3.0-or-later
// What was said on the command line.
#pragma once

#include <iosfwd>
#include <string>

#include "kernel/base/result.hpp"

namespace sz::desktop {

struct CommandLine {
    std::string profile;  // empty: SESSIONZERO_PROFILE or the user's own
    bool safe_mode = false, help = false, version = false;
};

// SZ-USAGE-001: an option that there is not, or a value missing.
[[nodiscard]] Result<CommandLine> parse_command_line(int argc, char** argv);

void print_help(std::ostream& out);

}  // namespace sz::desktop
