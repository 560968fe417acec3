// SPDX-License-Identifier: AGPL-3.0-or-later
// Packs written to where a person wants them: an archive or a folder, complete or not at all, never
// over something that is there unless asked to. SZ-LIB-023 something is there. [worker-thread]
#pragma once

#include <string>

#include "kernel/base/json.hpp"
#include "kernel/content/library/disk.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::library {

// Fails when `output` may not be written: before the work begins.
[[nodiscard]] Status check_output(const std::string& output, bool force);

// Returns {"file","bytes","sha256"}.
[[nodiscard]] Result<Json> write_archive(const PackFormats& formats, const PackFiles& files,
                                         const std::string& output, bool force,
                                         const ProgressFn& progress, Findings& findings);

// `folder` must not exist, or be empty.
[[nodiscard]] Status write_folder(Disk& disk, const PackFiles& files, const std::string& folder,
                                  const ProgressFn& progress);

}  // namespace sz::library
