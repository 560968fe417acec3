// SPDX-License-Identifier: AGPL-3.0-or-later
// A lock that the system takes back when its owner dies, whatever way it dies.
#pragma once

#include <cstdint>
#include <filesystem>

#include "kernel/base/sys/file.hpp"

namespace sz::sys {

// Opens or makes `path` (0600), locks it and writes the process id into it. The lock lasts as long
// as the File. std::errc::resource_unavailable_try_again: somebody else has it (another File of
// this very process, too).
[[nodiscard]] Expected<File> lock_file(const std::filesystem::path& path);

// The process id that the last owner wrote, 0 when unknown.
[[nodiscard]] std::int64_t lock_owner(const std::filesystem::path& path);

}  // namespace sz::sys
