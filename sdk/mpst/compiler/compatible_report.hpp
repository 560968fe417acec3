// SPDX-License-Identifier: AGPL-3.0-or-later
// What is wrong with automata, or with them together, in words.
#pragma once

#include <sz/mpst/core/compatible.hpp>

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "read_automaton.hpp"
#include "sentences.hpp"

namespace mpst::compiler {

struct AutomatonFinding {
    core::Fault what{};
    Spot at;
    Sentence sentence;
    std::optional<Spot> other;  // what `sentence.other` is about
    // Of automata that go wrong together.
    std::string role, state, peer, label;
    std::string message;               // the label and what comes with it; empty: one of several
    std::vector<core::RunStep> run;    // each message when it is sent; views into the names
    std::vector<core::RunStep> round;  // what then can be repeated for ever
};

// What is wrong with the data.
[[nodiscard]] std::vector<AutomatonFinding> findings_of(const Automata& automata);

// What goes wrong; `outcome` is not compatible.
[[nodiscard]] AutomatonFinding finding_of(const Automata& automata,
                                          const core::Compatibility& outcome);

void print_finding(std::ostream& out, const Automata& automata, const AutomatonFinding& finding);

// As findings_json of report.hpp, with "pointer" (RFC 6901), and "role", "state", "peer",
// "label", "round" where there are such.
[[nodiscard]] nlohmann::json finding_json(const Automata& automata,
                                          const AutomatonFinding& finding);

}  // namespace mpst::compiler
