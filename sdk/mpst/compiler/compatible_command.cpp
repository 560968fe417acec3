// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/mpst/core/compatible.hpp>

#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "command.hpp"
#include "compatible_report.hpp"
#include "protocol_file.hpp"

namespace mpst::compiler {

namespace {

using nlohmann::json;

const char* verdict_text(core::Verdict verdict) {
    switch (verdict) {
        case core::Verdict::compatible: return "compatible";
        case core::Verdict::faulty: return "faulty";
        case core::Verdict::undecided: return "unknown";
        default: return "limit";
    }
}

}  // namespace

int compatible_command(const Arguments& arguments) {
    core::CompatibilityOptions options;
    options.is_fair = arguments.fair;
    if (arguments.bound > 0) options.bound = arguments.bound;
    std::vector<Source> sources;
    bool is_read = true;
    for (const std::string& path : arguments.files) {
        auto text = read_text(path, options.limits.text_bytes);
        is_read = is_read && text.has_value();
        if (text) sources.push_back({path, *std::move(text)});
    }
    if (!is_read) return environment;

    const auto automata = read_automata(std::move(sources), options.limits);
    auto findings = findings_of(*automata);
    core::Compatibility outcome;
    const char* verdict = "unreadable";
    if (findings.empty()) {
        outcome = core::compatible(automata->locals, options);
        verdict = verdict_text(outcome.verdict);
        if (outcome.verdict != core::Verdict::compatible)
            findings.push_back(finding_of(*automata, outcome));
    }
    const int code = findings.empty() ? done : at_fault;

    if (arguments.json) {
        json roles = json::array(), told = json::array();
        for (const auto& machine : automata->machines)
            roles.push_back(automata->names.text(machine.role));
        for (const auto& finding : findings) told.push_back(finding_json(*automata, finding));
        const json document{{"ok", code == done},        {"verdict", verdict},
                            {"k", outcome.bound},        {"fair", options.is_fair},
                            {"roles", std::move(roles)}, {"findings", std::move(told)}};
        std::cout << document.dump(2, ' ', false, json::error_handler_t::replace) << '\n';
        return code;
    }
    for (const auto& finding : findings) print_finding(std::cout, *automata, finding);
    if (automata->has_more) std::cout << "szmpst: There are more findings than are shown.\n";
    if (code == done)
        std::cout << "k-compatible, with k = " << outcome.bound
                  << (options.is_fair ? ", if choices are fair.\n" : ".\n");
    return code;
}

}  // namespace mpst::compiler
