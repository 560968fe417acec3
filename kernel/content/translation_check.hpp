// SPDX-License-Identifier: AGPL-3.0-or-later
// One translation held against what it translates.
#pragma once

#include "kernel/content/pack_contents.hpp"
#include "kernel/content/pack_links.hpp"
#include "kernel/content/pulse.hpp"

namespace sz {

// What is held against each other.
struct TranslationOf {
    const LoadedObject& translation;
    const PackObject& original;
    const std::string& pack;  // the id of the one that is translated
};

// Texts for what is not there (SZ-PACK-065) or is no text (066), texts that do not fit their field
// (067), how many are missing (068), and links in texts as pack_mentions.hpp has them.
[[nodiscard]] TextCount check_translation(const TranslationOf& pair, const FieldTypes& types,
                                          PackLinks& links, Pulse& pulse, PackReport& report);

// Of one that nothing is translated of.
[[nodiscard]] TextCount count_untranslated(const PackObject& original, Pulse& pulse);

}  // namespace sz
