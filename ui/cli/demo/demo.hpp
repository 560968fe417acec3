// SPDX-License-Identifier: AGPL-3.0-or-later
// A short story, told by doing it: everything in it goes through the same bus as a person's own
// evening.
#pragma once

#include "ui/cli/command.hpp"

namespace sz::cli {

// Uses a temporary profile, or the new folder that --keep names. The result is
// {"ok","campaign","events","head"}.
[[nodiscard]] Result<Json> run_demo(Session& session, const Arguments& arguments);

}  // namespace sz::cli
