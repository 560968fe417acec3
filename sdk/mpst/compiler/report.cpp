// SPDX-License-Identifier: AGPL-3.0-or-later
#include "report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "sentences.hpp"

namespace mpst::compiler {

Lines::Lines(std::string_view text) : begins_{0} {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') begins_.push_back(static_cast<std::uint32_t>(i + 1));
    }
}

Position Lines::of(std::uint32_t byte) const {
    const auto after = std::upper_bound(begins_.begin(), begins_.end(), byte);
    return {static_cast<std::uint32_t>(after - begins_.begin()), byte - *(after - 1) + 1};
}

namespace {

std::string at(const std::string& file, Position position) {
    return file + ":" + std::to_string(position.line) + ":" + std::to_string(position.column) +
           ": ";
}

}  // namespace

void print_findings(std::ostream& out, const std::string& file, const Lines& lines,
                    const core::Check& check) {
    for (const core::Finding& finding : check.findings()) {
        const Sentence sentence = sentence_of(finding);
        const std::string here = at(file, lines.of(finding.at.begin));
        out << here << "error: " << sentence.what << " [" << code_of(finding.what) << "]\n";
        if (!sentence.other.empty())
            out << at(file, lines.of(finding.other.begin)) << "note: " << sentence.other << '\n';
        if (!finding.run.empty()) out << here << "note: for example: " << run_text(finding) << '\n';
        if (!sentence.hint.empty()) out << here << "note: " << sentence.hint << '\n';
    }
    if (check.has_more()) out << file << ": note: there are more findings than are shown\n";
}

nlohmann::json findings_json(const std::string& file, const Lines& lines,
                             const core::Check& check) {
    nlohmann::json all = nlohmann::json::array();
    for (const core::Finding& finding : check.findings()) {
        const Sentence sentence = sentence_of(finding);
        const Position position = lines.of(finding.at.begin);
        nlohmann::json one{{"code", code_of(finding.what)},
                           {"severity", "error"},
                           {"file", file},
                           {"line", position.line},
                           {"column", position.column},
                           {"message", sentence.what},
                           {"hint", sentence.hint}};
        if (!sentence.other.empty()) {
            const Position other = lines.of(finding.other.begin);
            one["other"] = {
                {"line", other.line}, {"column", other.column}, {"message", sentence.other}};
        }
        if (!finding.run.empty()) {
            auto& run = one["run"] = nlohmann::json::array();
            for (const core::RunStep& step : finding.run)
                run.push_back(
                    {{"label", step.label}, {"sender", step.sender}, {"receiver", step.receiver}});
        }
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace mpst::compiler
