// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace mpst::compiler {

struct Arrow {
    std::uint32_t from = 0, letter = 0, to = 0;
};

// The block of each state in the coarsest partition in which states of a block have the same
// letters, leading to the same blocks. Deterministic automata in which every state that cannot go
// on is alike. O(arrows × log states): Valmari and Lehtinen, Efficient Minimization of DFAs with
// Partial Transition Functions (STACS 2008).
[[nodiscard]] std::vector<std::uint32_t> coarsest_partition(std::uint32_t states,
                                                            const std::vector<Arrow>& arrows);

}  // namespace mpst::compiler
