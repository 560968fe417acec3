// SPDX-License-Identifier: AGPL-3.0-or-later
// The pack that an author begins with: small, without a fault, and with one of everything.
#pragma once

#include <string>

#include "kernel/plugin/services.hpp"

namespace sz::library {

struct NewPack {
    std::string id, name, author, license;
};

// SZ-LIB-034: an id that no pack can have.
[[nodiscard]] Result<PackFiles> pack_skeleton(const NewPack& wanted);

}  // namespace sz::library
