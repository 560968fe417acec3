// SPDX-License-Identifier: AGPL-3.0-or-later
// The pack that an author begins with: small, without a fault, with an example of the usual fields.
#pragma once

#include <string>

#include "kernel/plugin/services.hpp"

namespace sz::library {

struct NewPack {
    std::string id, name, author, license;
};

// SZ-LIB-034: an id that no pack can have.
[[nodiscard]] Result<PackFiles> pack_skeleton(const NewPack& wanted);
[[nodiscard]] Status check_new_id(const std::string& id);

// The pack carries the schemas, so that an editor finds them wherever the folder goes and whether
// or not there is a network. Hidden, so that they do not become a part of the archive.
inline constexpr const char* skeleton_schemas = ".schemas/";
[[nodiscard]] PackFiles skeleton_schema_files();

}  // namespace sz::library
