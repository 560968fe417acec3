// SPDX-License-Identifier: AGPL-3.0-or-later
// The pack that a translator begins with: every text of another pack, where its translation goes.
#pragma once

#include <string>
#include <vector>

#include "kernel/content/library/pack_skeleton.hpp"
#include "kernel/content/pack_check.hpp"

namespace sz::library {

struct NewTranslation {
    NewPack pack;
    std::string language;
    PackDependency of;  // the pack that is translated
};

// The originals stand as the values, to be written over; what the entries of a dataset have in
// common stands there once. SZ-LIB-034 an id that no pack can have, 039 no language tag, 040 a pack
// without texts, such as a translation.
[[nodiscard]] Result<PackFiles> translation_skeleton(const NewTranslation& wanted,
                                                     const std::vector<PackObject>& objects);

}  // namespace sz::library
