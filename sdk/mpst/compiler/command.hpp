// SPDX-License-Identifier: AGPL-3.0-or-later
// The commands of szmpst. Each gives an exit code: 0 done, 1 the input is at fault, 2 usage, 3 a
// file cannot be read or written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mpst::compiler {

enum Exit : int { done = 0, at_fault = 1, usage = 2, environment = 3 };

// What was typed behind the command's name.
struct Arguments {
    std::vector<std::string> files;
    std::string protocol, role, format, bound_text, out, name_space;
    bool json = false;
    bool fair = false;
    std::uint32_t bound = 0;  // 0: none was named
};

int check_command(const Arguments& arguments);
int project_command(const Arguments& arguments);
int compatible_command(const Arguments& arguments);
int generate_command(const Arguments& arguments);

}  // namespace mpst::compiler
