// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes a pack as an archive or as a folder. The same files give the same archive, byte for byte,
// whatever the clock, the time zone, the locale and the permissions on disk.
#pragma once

#include <string>
#include <sz/cpp/pack_format.hpp>

#include "faults.hpp"
#include "limits.hpp"

namespace szp {

// `path` is absolute and does not exist. What is written can be read again: the same limits and
// rules for names apply.
[[nodiscard]] sz::plugin::Status write_archive(const sz::plugin::PackReader& in,
                                               const std::string& path, const Limits& limits,
                                               const sz::plugin::Progress& progress,
                                               Faults& faults);
[[nodiscard]] sz::plugin::Status write_folder(const sz::plugin::PackReader& in,
                                              const std::string& path, const Limits& limits,
                                              const sz::plugin::Progress& progress, Faults& faults);

}  // namespace szp
