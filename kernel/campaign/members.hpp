// SPDX-License-Identifier: AGPL-3.0-or-later
// From what a person types to a member.
#pragma once

#include <string>
#include <string_view>

#include "kernel/campaign/state.hpp"

namespace sz::campaign {

// A Client ID as it is, whether or not it is a member's; else the member of that name, in any case.
// SZ-CAMPAIGN-050 there is none, 072 there are several.
[[nodiscard]] Result<std::string> client_id_of(const State& state, std::string_view typed);

// The same, of a member: 070 for a Client ID that is not one's.
[[nodiscard]] Result<std::string> member_of(const State& state, std::string_view typed);

}  // namespace sz::campaign
