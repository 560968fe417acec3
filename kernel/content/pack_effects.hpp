// SPDX-License-Identifier: AGPL-3.0-or-later
// What the entries of a dataset do to the fields of whoever has them (kernel/campaign/things.hpp).
#pragma once

#include "kernel/content/pack_reach.hpp"
#include "kernel/plugin/services.hpp"

namespace sz {

// SZ-PACK-037 an effect that cannot be: nothing or too much to do, a formula that cannot be read;
// 080 a field that no template within reach has; 081 one of a type that no effect changes.
void check_effects(const LoadedObject& object, const FieldTypes& types, PackReach& reach,
                   PackReport& report);

}  // namespace sz
