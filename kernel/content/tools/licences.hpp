// SPDX-License-Identifier: AGPL-3.0-or-later
// Which licences go together: may a pack under one build on a pack under another? A small table of
// those that such packs use, and no lawyer: what it does not know it calls unclear.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sz::tools {

enum class Combined : std::uint8_t { yes, no, unclear };

struct Combination {
    Combined verdict;
    std::string why;  // a sentence, unless the verdict is yes
};

// A pack under `ours` that builds on (links to, adapts) one under `theirs`. SPDX identifiers, "A OR
// B" of them, "ORC" and "OGL-1.0a"; letters of either case.
[[nodiscard]] Combination combine_licences(std::string_view ours, std::string_view theirs);

// Is every licence of it in the table?
[[nodiscard]] bool is_known_licence(std::string_view licence);

}  // namespace sz::tools
