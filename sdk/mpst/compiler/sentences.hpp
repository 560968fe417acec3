// SPDX-License-Identifier: AGPL-3.0-or-later
// A finding in words.
#pragma once

#include <sz/mpst/core/finding.hpp>

#include <string>

namespace mpst::compiler {

struct Sentence {
    std::string what;   // one sentence
    std::string other;  // what the second place is; empty when there is none
    std::string hint;   // how to mend it; may be empty
};

[[nodiscard]] Sentence sentence_of(const core::Finding& finding);

// "SZ-MPST-043"
[[nodiscard]] std::string code_of(core::Fault fault);

// "Id from C to A; Answer from A to C"
[[nodiscard]] std::string run_text(const core::Finding& finding);

}  // namespace mpst::compiler
