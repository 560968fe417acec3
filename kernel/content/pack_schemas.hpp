// SPDX-License-Identifier: AGPL-3.0-or-later
// The schemas of schemas/v1 that packs are checked against, as they were when the program was
// built.
#pragma once

#include <string_view>

#include "kernel/content/schema_check.hpp"

namespace sz {

// The document that a "$ref" in one of them names ("definitions.json"), or null. [any-thread]
[[nodiscard]] const Json* schema_document(std::string_view name);

// `kind`: "szpack", "dataset", "character-template", "session-template" or "translation".
// [any-thread]
[[nodiscard]] const CompiledSchema& pack_schema(std::string_view kind);

}  // namespace sz
