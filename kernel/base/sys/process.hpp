// SPDX-License-Identifier: AGPL-3.0-or-later
// What the running program can say about itself and its user.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace sz::sys {

[[nodiscard]] std::filesystem::path
executable_path();  // absolute, links followed; empty when unknown
[[nodiscard]] std::int64_t process_id();
[[nodiscard]] std::string login_name();          // empty when the system knows none
void name_this_thread(const std::string& name);  // for debuggers; cut to 15 bytes

}  // namespace sz::sys
