// SPDX-License-Identifier: AGPL-3.0-or-later
// What the effect of a thing may do to a field, in the order in which effects apply
// (kernel/campaign/things.hpp).
#pragma once

#include <array>

namespace sz {

inline constexpr std::array<const char*, 5> effect_ops{"multiply", "add", "atMost", "atLeast",
                                                       "set"};

}  // namespace sz
