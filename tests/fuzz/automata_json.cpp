// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as a file of automata: read, and put together.
#include <sz/mpst/core/compatible.hpp>

#include <nlohmann/json.hpp>
#include <string>

#include "sdk/mpst/compiler/compatible_report.hpp"
#include "target.hpp"

using namespace mpst;
using fuzz::must;

namespace {

void tell(const compiler::Automata& automata, const compiler::AutomatonFinding& finding) {
    fuzz::Discard nowhere;
    std::ostream out(&nowhere);
    compiler::print_finding(out, automata, finding);
    out << compiler::finding_json(automata, finding)
               .dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    core::CompatibilityOptions options;
    options.limits.text_bytes = 1U << 14U;
    options.limits.findings = 20;
    options.limits.states = 1000;
    options.limits.steps = 100'000;
    options.bound = 3;
    const auto automata = compiler::read_automata(
        {{"input.json", {reinterpret_cast<const char*>(data), size}}}, options.limits);
    for (const compiler::DataFault& fault : automata->faults)
        must(fault.at.byte <= size, "a fault has its place in the text");
    const auto findings = compiler::findings_of(*automata);
    must(findings.size() == automata->faults.size(), "each fault has a sentence");
    for (const auto& finding : findings) tell(*automata, finding);
    if (!findings.empty()) return 0;

    const auto verdict_of = [&](bool is_fair) {
        options.is_fair = is_fair;
        const auto outcome = core::compatible(automata->locals, options);
        if (outcome.verdict != core::Verdict::compatible)
            tell(*automata, compiler::finding_of(*automata, outcome));
        return outcome.verdict;
    };
    const bool is_good = verdict_of(false) == core::Verdict::compatible;
    must(verdict_of(true) != core::Verdict::faulty || !is_good,
         "what is good without fair choices is good with them");
    return 0;
}
