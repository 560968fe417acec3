// SPDX-License-Identifier: AGPL-3.0-or-later
// A protocol's meaning as a number. Comments, layout, the names of loops, the order of branches and
// of roles, and the C++ types of payloads do not change it; labels, names of payload types and what
// a role may do do.
//
// FNV-1a (Fowler, Noll, Vo), 64 bits, over a text of lines: "protocol NAME", then for each role in
// the order of their names "role NAME" and its smallest automaton, states numbered breadth first:
// "state" and for each of its messages, sorted, "!PEER LABEL(TYPE,TYPE) NUMBER" or "?PEER …".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "automaton.hpp"

namespace mpst::compiler {

// Of all roles' automata.
[[nodiscard]] std::uint64_t protocol_hash(const std::vector<Automaton>& roles);

[[nodiscard]] std::uint64_t hash_of_text(std::uint64_t begin, std::string_view text);

// Sixteen of them, hexadecimal.
[[nodiscard]] std::string hash_digits(std::uint64_t hash);

}  // namespace mpst::compiler
