// SPDX-License-Identifier: AGPL-3.0-or-later
// The C++20 header of one role.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "automaton.hpp"
#include "report.hpp"
#include "vocabulary.hpp"

namespace mpst::compiler {

struct HeaderOrigin {
    std::string file;  // the protocol's, without folders
    const Lines& lines;
    std::string name_space;  // "a::b"
    std::uint64_t hash = 0;  // of the protocol
};

// What the C++ interface cannot say of a role yet.
[[nodiscard]] std::optional<Refusal> refusal_of(const Automaton& automaton);

// What every header of ours begins with.
inline constexpr std::string_view header_begin = "// Made by szmpst from ";

[[nodiscard]] std::string header_text(const Automaton& automaton, const Vocabulary& vocabulary,
                                      const HeaderOrigin& origin);

}  // namespace mpst::compiler
