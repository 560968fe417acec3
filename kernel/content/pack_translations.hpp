// SPDX-License-Identifier: AGPL-3.0-or-later
// A pack that translates another one: what its szpack.json says of that, and whether its texts are
// for what the other pack has.
#pragma once

#include <optional>

#include "kernel/content/pack_contents.hpp"
#include "kernel/content/pack_links.hpp"
#include "kernel/content/pulse.hpp"

namespace sz {

// Looked at is the highest installed version that the dependency admits. What does not agree with
// it is a warning: another version may have it, and reading leaves out what has no place.
// SZ-PACK-063 to 068. Of any other pack: that it has no translations (064).
// Nothing when it is not known how many texts there are.
[[nodiscard]] std::optional<TextCount> check_translations(const PackContents& contents,
                                                          const FieldTypes& types,
                                                          const OtherPacks& others,
                                                          PackLinks& links, Pulse& pulse,
                                                          PackReport& report);

}  // namespace sz
