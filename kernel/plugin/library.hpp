// SPDX-License-Identifier: AGPL-3.0-or-later
// Opens a plugin's library and finds its one symbol.
#pragma once

#include <sz/entry.h>

#include "kernel/base/result.hpp"
#include "kernel/base/sys/file.hpp"
#include "kernel/plugin/manifest.hpp"

namespace sz {

// Loads the very file that was hashed, never its path again. The library and the descriptor stay
// until the program ends. SZ-PLUGIN-030 it does not open, 031 no entry, 032 the entry contradicts
// the manifest. 009 as check_abi. [kernel-thread]
[[nodiscard]] Result<const sz_plugin_entry_v1*> open_library(sys::File file,
                                                             const Manifest& manifest);

}  // namespace sz
