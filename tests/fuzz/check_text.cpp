// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as a file of protocols: checked, and what is good in it projected, printed, written as
// C++, and read and put together again.
#include <sz/mpst/core/compatible.hpp>

#include <nlohmann/json.hpp>
#include <string>

#include "sdk/mpst/compiler/print_automaton.hpp"
#include "sdk/mpst/compiler/read_automaton.hpp"
#include "sdk/mpst/compiler/write_header.hpp"
#include "target.hpp"

using namespace mpst;
using fuzz::must;

namespace {

core::Limits small() {
    core::Limits limits;
    limits.text_bytes = 1U << 14U;
    limits.findings = 20;
    limits.states = 1000;
    limits.steps = 100'000;
    return limits;
}

void look_at_findings(const core::Check& check, std::size_t bytes) {
    for (const core::Finding& finding : check.findings()) {
        must(finding.at.begin <= finding.at.end && finding.at.end <= bytes,
             "a finding has its place in the text");
        must(!finding.has_other ||
                 (finding.other.begin <= finding.other.end && finding.other.end <= bytes),
             "a note has its place in the text");
    }
}

// What is printed as data is read again, and is as good as the protocol was.
void read_again(const std::vector<compiler::Automaton>& automata, const compiler::Lines& lines) {
    nlohmann::json all = nlohmann::json::array();
    for (const compiler::Automaton& one : automata)
        all.push_back(compiler::automaton_json(one, &lines));
    core::Limits limits = small();
    limits.text_bytes = 1U << 24U;
    const auto again = compiler::read_automata({{"again.json", all.dump()}}, limits);
    must(again->faults.empty(), "an automaton that was printed can be read");
    core::CompatibilityOptions options;
    options.limits = limits;
    options.bound = 2;
    must(core::compatible(again->locals, options).verdict != core::Verdict::faulty,
         "the roles of a good protocol fit");
}

void use(const core::Check& check, const core::Checked& one, const compiler::Lines& lines) {
    std::vector<compiler::Automaton> automata;
    for (core::Role role = 0; role < one.locals.size(); ++role)
        automata.push_back(compiler::automaton_of(check.file(), one, role));
    for (const compiler::Automaton& automaton : automata) {
        static_cast<void>(compiler::scribble_text(automaton, 1U << 14U));
        static_cast<void>(compiler::dot_text(automaton));
    }
    std::vector<compiler::Refusal> refusals;
    const auto vocabulary = compiler::Vocabulary::create(check.file(), one, automata, refusals);
    must(vocabulary.has_value() != !refusals.empty(), "what is refused has a reason");
    for (const compiler::Automaton& automaton : automata) {
        if (!vocabulary || compiler::refusal_of(automaton)) continue;
        static_cast<void>(
            compiler::header_text(automaton, *vocabulary, {"input.scr", lines, "input", 1}));
    }
    read_again(automata, lines);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const compiler::Lines lines(text);
    fuzz::Discard nowhere;
    std::ostream out(&nowhere);
    for (const bool is_fair : {false, true}) {
        core::Check check(text, {small(), is_fair});
        check.run();
        look_at_findings(check, size);
        compiler::print_findings(out, "input.scr", lines, check);
        out << compiler::findings_json("input.scr", lines, check)
                   .dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
        if (is_fair || !check.findings().empty()) continue;
        for (const core::Checked& one : check.protocols()) use(check, one, lines);
    }
    return 0;
}
