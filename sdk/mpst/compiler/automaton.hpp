// SPDX-License-Identifier: AGPL-3.0-or-later
// A role's automaton with all its names: what `project` prints and `compatible` reads.
#pragma once

#include <sz/mpst/core/check.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace mpst::compiler {

struct Transition {
    bool is_send = false;
    std::string peer;
    std::string label;
    std::vector<std::string> payload;  // names of types
    std::uint32_t to = 0;
    core::Place at;  // of the message in the protocol; {0, 0} when there is no text
};

struct State {
    std::string name;  // as in generated code: "AwaitAnswer"
    std::vector<Transition>
        transitions;  // all sends, or all receives from one peer; none at the end
};

// State 0 is the beginning.
struct Automaton {
    std::string protocol;
    std::string role;
    std::vector<std::string> roles;  // all of the protocol, in its order
    std::vector<State> states;
};

// The smallest automaton that does the same (bisimilar), states numbered breadth first, with names.
[[nodiscard]] Automaton automaton_of(const core::File& file, const core::Checked& checked,
                                     core::Role role);

}  // namespace mpst::compiler
