// SPDX-License-Identifier: AGPL-3.0-or-later
// An automaton as text, as a picture, as data.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "automaton.hpp"
#include "report.hpp"

namespace mpst::compiler {

// The local protocol in the Scribble language. Where ways meet again the rest is written again, so
// that a text can be much longer than its automaton: nothing when it would be.
[[nodiscard]] std::optional<std::string> scribble_text(const Automaton& automaton,
                                                       std::size_t bytes_max = 16U << 20U);

// For Graphviz.
[[nodiscard]] std::string dot_text(const Automaton& automaton);

// {"protocol","role","roles":[…],"initial":0,"states":[{"id","name","kind":"send"|"receive"|"end",
//   "transitions":[{"action":"send"|"receive","peer","label","payload":[…],"to","line"}]}]}
[[nodiscard]] nlohmann::json automaton_json(const Automaton& automaton, const Lines* lines);

}  // namespace mpst::compiler
