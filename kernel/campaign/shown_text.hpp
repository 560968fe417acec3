// SPDX-License-Identifier: AGPL-3.0-or-later
// A value as a person reads it on a sheet: links say the name of what they lead to.
#pragma once

#include <string>

#include "kernel/campaign/computed.hpp"

namespace sz::campaign {

// As views.hpp's value_text, with the names of entries and instances for their ids: of those that
// the computer's viewer may see. [kernel-thread]
[[nodiscard]] std::string shown_text(Computer& computer, const Json& definition, const Json& value);

}  // namespace sz::campaign
