// SPDX-License-Identifier: AGPL-3.0-or-later
// What this process has cost so far.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace sz::netbench {

// {"wakes": how often a thread of this process began to run again after it had waited,
//  "resident": bytes}; read from /proc.
[[nodiscard]] nlohmann::json counters();

}  // namespace sz::netbench
