// SPDX-License-Identifier: AGPL-3.0-or-later
// Entries that a text of a pack speaks of: links inside Markdown.
#pragma once

#include <string>

#include "kernel/content/pack_links.hpp"

namespace sz {

// `reference`: of the kind "mention", as a field type gives it. As PackLinks::check_link, and
// SZ-PACK-070 a target that is written wrongly, 071 more links than are looked at.
void check_mention(const Json& reference, PackLinks& links, PackReport& report,
                   const std::string& file, const std::string& pointer);

}  // namespace sz
