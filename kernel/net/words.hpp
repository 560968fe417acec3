// SPDX-License-Identifier: AGPL-3.0-or-later
// A connection's hash as words that two people can read to each other.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "kernel/crypto/noise.hpp"

namespace sz::net {

// Short English words for things, in alphabetical order; no two begin with the same four letters or
// differ by a single one.
[[nodiscard]] const std::array<std::string_view, 256>& word_list();

// Six of them, with spaces between: "acorn lemon …". The same at both ends of a connection, and of
// no other: somebody in the middle would have to try 2^48 handshakes while both sides wait.
// [any-thread]
[[nodiscard]] std::string spoken_words(const noise::Hash& hash);

}  // namespace sz::net
