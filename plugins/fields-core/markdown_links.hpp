// SPDX-License-Identifier: AGPL-3.0-or-later
// Links to entries in Markdown: [words](entry:DATASET/ENTRY), as CommonMark finds them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fields {

inline constexpr std::size_t text_links_max = 1'000;  // of one text; further ones are counted
// Lines by closing brackets of what stands between two empty lines, added up over a text: what md4c
// needs for a paragraph grows with both. Over it no link is looked for.
inline constexpr std::size_t text_tangle_max = 4'000'000;

struct TextLink {
    std::string words;   // without marks
    std::string target;  // "entry:…", well written or not
    std::size_t at = 0;  // of the target in the text; npos: not written beside its words
};

struct TextLinks {
    std::vector<TextLink> links;  // in order
    std::size_t left = 0;         // further links than those
    bool is_tangled = false;      // none was looked for
};

[[nodiscard]] TextLinks links_in_markdown(std::string_view markdown);

// The same Markdown with each of those links as its words. Linear.
[[nodiscard]] std::string without_entry_links(std::string_view markdown);

}  // namespace fields
