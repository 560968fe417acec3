// SPDX-License-Identifier: AGPL-3.0-or-later
// A text in; findings, or all that can be made from it, out.
#pragma once

#include <algorithm>

#include "names_check.hpp"
#include "parser.hpp"
#include "project.hpp"
#include "shape.hpp"

namespace mpst::core {

struct Options {
    Limits limits;
    bool is_fair = false;  // nobody takes one way for ever when another is open as often
};

// A protocol of a file, checked and projected.
struct Checked {
    std::uint32_t protocol = 0;  // in File::protocols
    Global global;
    std::vector<Local> locals;  // by role
};

class Check {
  public:
    constexpr Check(std::string_view text, const Options& options)
        : text_(text), options_(options) {}

    constexpr void run() {
        if (text_.size() > options_.limits.text_bytes) return limit({}, "bytes of a file");
        file_ = Parser(text_, options_.limits, findings_).run();
        if (findings_.empty()) NamesCheck(file_, findings_).run();
        if (findings_.empty()) {
            for (std::uint32_t i = 0; i < file_.protocols.size(); ++i) protocol(i);
        }
        std::sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
            if (a.at.begin != b.at.begin) return a.at.begin < b.at.begin;
            if (a.what != b.what) return a.what < b.what;
            return a.words < b.words;
        });
        if (findings_.size() > options_.limits.findings) {
            findings_.resize(options_.limits.findings);
            has_more_ = true;
        }
    }

    [[nodiscard]] constexpr const File& file() const { return file_; }
    [[nodiscard]] constexpr const std::vector<Finding>& findings() const { return findings_; }
    [[nodiscard]] constexpr bool has_more() const { return has_more_; }
    // Those without a finding, in the order of the file.
    [[nodiscard]] constexpr const std::vector<Checked>& protocols() const { return checked_; }

  private:
    constexpr void limit(Place at, std::string_view which) {
        Finding finding;
        finding.what = Fault::limit;
        finding.at = at;
        finding.words[0] = which;
        findings_.push_back(std::move(finding));
    }

    constexpr void protocol(std::uint32_t index) {
        const Protocol& protocol = file_.protocols[index];
        const std::size_t before = findings_.size();
        Budget budget(options_.limits);
        Expanded expanded;
        if (!Expansion(file_, budget).run(index, expanded))
            return limit(protocol.name.at, over(budget));
        Shape(file_, protocol, expanded, findings_).run();
        if (findings_.size() > before || protocol.is_auxiliary) return;
        Checked made;
        made.protocol = index;
        if (!Determination(expanded, budget, made.global).run())
            return limit(protocol.name.at, over(budget));
        choosers(protocol, made.global);
        if (findings_.size() > before) return;
        const Backwards backwards(made.global.graph);
        const Projection::Context context{file_, protocol, made.global, backwards,
                                          options_.is_fair};
        made.locals.resize(protocol.roles.size());
        for (Role role = 0; role < protocol.roles.size(); ++role) {
            if (!Projection(context, role, budget, findings_).run(made.locals[role]))
                return limit(protocol.roles[role].inside.at, over(budget));
        }
        if (findings_.size() == before) checked_.push_back(std::move(made));
    }
    static constexpr std::string_view over(const Budget& budget) {
        return budget.is_spent() ? "steps of work" : "states";
    }

    // Branches with the same beginning may go on with a choice of several roles, and then none
    // knows whose turn it is; or say the same with another payload.
    constexpr void choosers(const Protocol& protocol, const Global& global) {
        for (std::uint32_t state = 0; state < global.graph.size(); ++state) {
            const auto first = global.graph.first[state];
            if (first == none) continue;
            const Edge& one = global.graph.edges[first];
            for (auto e = one.next; e != none; e = global.graph.edges[e].next) {
                const Edge& two = global.graph.edges[e];
                if (two.sender == one.sender) continue;
                Finding finding;
                finding.what = Fault::choice_of_several;
                finding.at = two.at;
                finding.has_other = true;
                finding.other = one.at;
                finding.words = {file_.text(protocol.roles[two.sender].inside.name),
                                 file_.text(protocol.roles[one.sender].inside.name),
                                 {},
                                 {}};
                for (const std::uint32_t step : global.run_to(state)) {
                    const Edge& edge = global.graph.edges[step];
                    finding.run.push_back({file_.text(edge.label),
                                           file_.text(protocol.roles[edge.sender].inside.name),
                                           file_.text(protocol.roles[edge.receiver].inside.name)});
                }
                findings_.push_back(std::move(finding));
                break;
            }
        }
    }

    std::string_view text_;
    Options options_;
    File file_;
    std::vector<Finding> findings_;
    bool has_more_ = false;
    std::vector<Checked> checked_;
};

}  // namespace mpst::core
