// SPDX-License-Identifier: AGPL-3.0-or-later
// What the formulas of a template read, and what the entries of a dataset do to the fields of
// whoever has them (kernel/campaign/things.hpp).
#pragma once

#include "kernel/content/pack_contents.hpp"
#include "kernel/plugin/services.hpp"

namespace sz {

// SZ-PACK-035 a formula reads a field that the sheet does not have, or several; 036 formulas read
// each other in a circle; 037 an effect that cannot be: nothing or too much to do, a formula that
// cannot be read. Formulas themselves are their types' to check (pack_fields.hpp).
void check_formulas(const LoadedObject& object, const FieldTypes& types, PackReport& report);

}  // namespace sz
