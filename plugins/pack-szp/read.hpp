// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads the files of a pack from an archive or a folder. Nothing is given out before every name and
// size is known to be good.
#pragma once

#include <string>
#include <sz/cpp/pack_format.hpp>

#include "faults.hpp"
#include "limits.hpp"

namespace szp {

// `path` is absolute. Every fault is reported; the status is the first reason to stop.
[[nodiscard]] sz::plugin::Status read_archive(const std::string& path, const Limits& limits,
                                              const sz::plugin::PackWriter& out,
                                              const sz::plugin::Progress& progress, Faults& faults);
[[nodiscard]] sz::plugin::Status read_folder(const std::string& path, const Limits& limits,
                                             const sz::plugin::PackWriter& out,
                                             const sz::plugin::Progress& progress, Faults& faults);

}  // namespace szp
