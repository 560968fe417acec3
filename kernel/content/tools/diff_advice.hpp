// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether the version numbers of two packs agree with what changed between them.
#pragma once

#include "kernel/content/tools/diff.hpp"

namespace sz::tools {

// Returns {"part","version","is_enough"}; findings SZ-DIFF-001 to 004.
[[nodiscard]] Json advise_version(const Json& before, const Json& after, Weight weight,
                                  Findings& findings);

}  // namespace sz::tools
