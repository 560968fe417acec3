// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/desktop/options.hpp"

namespace sz::desktop {

// Runs the window until it is closed; the program's exit code.
[[nodiscard]] int run(const CommandLine& line, char* program);

}  // namespace sz::desktop
