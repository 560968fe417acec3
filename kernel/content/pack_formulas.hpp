// SPDX-License-Identifier: AGPL-3.0-or-later
// What the formulas of a template read.
#pragma once

#include "kernel/content/pack_reach.hpp"
#include "kernel/plugin/services.hpp"

namespace sz {

// SZ-PACK-035 a formula reads a field that the sheet does not have, or several; 036 formulas read
// each other in a circle; 082 to 084 as formula_reading.hpp. Formulas themselves are their types'
// to check (pack_fields.hpp).
void check_formulas(const LoadedObject& object, const FieldTypes& types, PackReach& reach,
                    PackReport& report);

}  // namespace sz
