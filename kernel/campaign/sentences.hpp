// SPDX-License-Identifier: AGPL-3.0-or-later
// Events in sentences, for the log that people read.
#pragma once

#include <string>

#include "kernel/campaign/action.hpp"
#include "kernel/campaign/record.hpp"
#include "kernel/campaign/state.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::campaign {

// "Mira set “Strength” of Thorn to 12." Names are those of today: people look for a character by
// the name it has.
[[nodiscard]] std::string event_sentence(const State& state, const FieldTypes& fields,
                                         const Action& action,
                                         const std::vector<SeenRecord>& records);

}  // namespace sz::campaign
