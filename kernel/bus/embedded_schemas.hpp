// SPDX-License-Identifier: AGPL-3.0-or-later
// The table that the build makes of schemas/ (embed_schemas.cmake). Others ask embedded_schema() in
// bus.hpp.
#pragma once

#include <span>
#include <string_view>

namespace sz {

struct EmbeddedSchema {
    std::string_view path;  // "bus/pack.list"
    std::string_view text;
};

[[nodiscard]] std::span<const EmbeddedSchema> embedded_schema_table();  // ordered by path

}  // namespace sz
