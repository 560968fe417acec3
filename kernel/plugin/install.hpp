// SPDX-License-Identifier: AGPL-3.0-or-later
// Copies a plugin folder into a profile.
#pragma once

#include <filesystem>
#include <string>

#include "kernel/base/result.hpp"
#include "kernel/plugin/manifest.hpp"

namespace sz {

// `source` is a plugin folder of any name. The copy is checked as at loading; it becomes
// `plugins`/ID in one step, or nothing is left. Gives the id. SZ-PLUGIN-023 one of that id is there
// already; else as read_manifest and check_files. [worker-thread]
[[nodiscard]] Result<std::string> install_plugin(const std::filesystem::path& source,
                                                 const std::filesystem::path& plugins,
                                                 const Bus::SchemaCheck& check);

}  // namespace sz
