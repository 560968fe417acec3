// SPDX-License-Identifier: AGPL-3.0-or-later
// Effects on a field's value: what the host decided, applied without any plugin
// (sdk/include/sz/ext/field_type.h has the words).
#pragma once

#include "kernel/base/json.hpp"

namespace sz::campaign {

// Changes `value` as the effect says; leaves it as it was when the effect does not fit.
// SZ-CAMPAIGN-042. [any-thread]
[[nodiscard]] Status apply_effect(Json& value, const Json& effect);

}  // namespace sz::campaign
