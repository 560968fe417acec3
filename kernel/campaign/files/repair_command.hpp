// SPDX-License-Identifier: AGPL-3.0-or-later
// The command that saves what holds of a damaged file, to be copied from a hint.
#pragma once

#include <filesystem>
#include <string>

namespace sz::campaign {

[[nodiscard]] inline std::string repair_command(const std::filesystem::path& file) {
    std::string quoted;  // as a shell takes it
    for (const char c : file.string()) quoted += c == '\'' ? "'\\''" : std::string(1, c);
    return "szctl campaign repair '" + quoted + "' -o repaired.sqlite";
}

}  // namespace sz::campaign
