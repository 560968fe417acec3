// SPDX-License-Identifier: AGPL-3.0-or-later
// CMake files as lists of commands (cmake-language(7)), as far as this test needs them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sz::tidy {

struct Command {
    std::string name;                    // in small letters
    std::vector<std::string> arguments;  // without quotes; variables stay as they are written
};

[[nodiscard]] std::vector<Command> commands_of(std::string_view text);

}  // namespace sz::tidy
