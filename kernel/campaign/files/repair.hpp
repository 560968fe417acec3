// SPDX-License-Identifier: AGPL-3.0-or-later
// Saving what holds of a damaged campaign.
#pragma once

#include <filesystem>

#include "kernel/campaign/files/rebuild.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::campaign {

// Reads a campaign's file or a session datapack as far as anything of it can be read, keeps the
// longest run of events from the first on that is proven, and writes it to the new file `output`,
// complete or not at all; `path` is never changed. What comes out was verified. SZ-CAMPAIGN-060
// and 068, SZ-LIB-023 something is there. [worker-thread]
[[nodiscard]] Result<Rebuilt> repair_file(const std::filesystem::path& path,
                                          const std::filesystem::path& output, bool force,
                                          const PackFormats& formats, const ProgressFn& progress,
                                          Findings& findings);

}  // namespace sz::campaign
