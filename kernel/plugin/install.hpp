// SPDX-License-Identifier: AGPL-3.0-or-later
// Copies a plugin folder into a profile, and takes one out of it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "kernel/base/result.hpp"
#include "kernel/plugin/manifest.hpp"
#include "kernel/plugin/trust.hpp"

namespace sz {

// May a plugin with this claim come into the profile? [worker-thread]
using ClaimCheck = std::function<Status(const Claim&)>;

// `source` is a plugin folder of any name. The copy is checked as at loading, and by `may_come`; it
// becomes `plugins`/ID in one step, or nothing is left. Gives the id. SZ-PLUGIN-023 one of that id
// is there already, 024 it cannot be put there; else as read_manifest, check_files and `may_come`.
// [worker-thread]
[[nodiscard]] Result<std::string> install_plugin(const std::filesystem::path& source,
                                                 const std::filesystem::path& plugins,
                                                 const Bus::SchemaCheck& check,
                                                 const ClaimCheck& may_come);

// Removes `folder` with all that is in it, or the link that stands in its place. It is no plugin of
// the profile any more after the first step. SZ-PLUGIN-026: it cannot be removed.
[[nodiscard]] Status remove_plugin(const std::filesystem::path& folder);

}  // namespace sz
