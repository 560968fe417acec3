// SPDX-License-Identifier: AGPL-3.0-or-later
// Entries that a text of a pack speaks of: links inside Markdown.
#pragma once

#include <string>

#include "kernel/content/pack_links.hpp"
#include "kernel/plugin/services.hpp"

namespace sz {

// `reference`: of the kind "mention", as a field type gives it; without a pack it is one of
// `own_pack`. As PackLinks::check_link, and SZ-PACK-070 a target that is written wrongly, 071 more
// links than are looked at.
void check_mention(const Json& reference, const std::string& own_pack, PackLinks& links,
                   PackReport& report, const std::string& file, const std::string& pointer);

// Those of a translated text. What leads into a third pack is the translated one's to check.
void check_translated_mentions(const Json& definition, const Json& text, const FieldTypes& types,
                               const std::string& translated_pack, PackLinks& links,
                               PackReport& report, const std::string& file,
                               const std::string& pointer);

}  // namespace sz
