// SPDX-License-Identifier: AGPL-3.0-or-later
// The commands that help where a campaign's file is damaged, to be copied from a hint.
#pragma once

#include <filesystem>
#include <string>

#include "kernel/base/text.hpp"

namespace sz::campaign {

// Saves what holds of a file.
[[nodiscard]] inline std::string repair_command(const std::filesystem::path& file) {
    return "szctl campaign repair " + shell_word(file.string()) + " -o repaired.sqlite";
}

// For a campaign of this profile, whose file this is.
[[nodiscard]] inline std::string way_out_of_damage(const std::string& campaign,
                                                   const std::filesystem::path& file) {
    return "The file was left as it is. szctl campaign backups " + campaign +
           " lists the copies that can be brought back; " + repair_command(file) +
           " saves what holds.";
}

}  // namespace sz::campaign
