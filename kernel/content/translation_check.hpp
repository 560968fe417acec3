// SPDX-License-Identifier: AGPL-3.0-or-later
// One translation held against what it translates.
#pragma once

#include "kernel/content/pack_contents.hpp"
#include "kernel/content/pulse.hpp"

namespace sz {

// Texts for what is not there (SZ-PACK-065) or is no text (066), texts that do not fit their field
// (067), and how many are missing (068).
void check_translation(const LoadedObject& translation, const PackObject& original,
                       const FieldTypes& types, Pulse& pulse, PackReport& report);

}  // namespace sz
