// SPDX-License-Identifier: AGPL-3.0-or-later
// The objects of an installed pack, as the index has them.
#pragma once

#include <string_view>
#include <vector>

#include "kernel/content/library/index.hpp"

namespace sz::library {

// Canonical; of a dataset what its entries, its name and its description say. Empty when the pack
// is not there.
[[nodiscard]] Result<std::vector<PackObject>> installed_objects(Database& database,
                                                                std::string_view id,
                                                                std::string_view version);

}  // namespace sz::library
