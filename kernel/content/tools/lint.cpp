// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/lint.hpp"

#include <algorithm>
#include <array>

#include "kernel/content/tools/lint_rules.hpp"
#include "kernel/content/tools/words.hpp"

namespace sz::tools {

namespace {

constexpr auto warning = Severity::warning;
constexpr auto note = Severity::note;

constexpr std::array all_rules{
    LintRule{"SZ-LINT-001", warning, rules::no_licence},
    LintRule{"SZ-LINT-002", warning, rules::no_author},
    LintRule{"SZ-LINT-003", warning, rules::no_pack_description},
    LintRule{"SZ-LINT-004", warning, rules::unused_dependency},
    LintRule{"SZ-LINT-005", note, rules::unknown_licence},
    LintRule{"SZ-LINT-006", warning, rules::licences_apart},
    LintRule{"SZ-LINT-007", note, rules::licences_unclear},
    LintRule{"SZ-LINT-010", note, rules::no_object_description},
    LintRule{"SZ-LINT-011", note, rules::no_help},
    LintRule{"SZ-LINT-012", warning, rules::empty_dataset},
    LintRule{"SZ-LINT-013", note, rules::name_style},
    LintRule{"SZ-LINT-014", note, rules::field_style},
    LintRule{"SZ-LINT-015", warning, rules::same_but_for_case},
    LintRule{"SZ-LINT-020", warning, rules::nameless_entry},
    LintRule{"SZ-LINT-021", warning, rules::same_name},
    LintRule{"SZ-LINT-022", warning, rules::same_entry},
    LintRule{"SZ-LINT-023", note, rules::silent_entry},
    LintRule{"SZ-LINT-024", note, rules::undescribed_entry},
    LintRule{"SZ-LINT-025", note, rules::unfilled_field},
    LintRule{"SZ-LINT-030", warning, rules::unfit_default},
    LintRule{"SZ-LINT-031", warning, rules::no_choice},
    LintRule{"SZ-LINT-032", warning, rules::long_line},
    LintRule{"SZ-LINT-033", note, rules::white_space},
    LintRule{"SZ-LINT-034", warning, rules::link_to_nothing},
    LintRule{"SZ-LINT-035", warning, rules::link_nowhere},
    LintRule{"SZ-LINT-040", warning, rules::unused_image},
    LintRule{"SZ-LINT-041", warning, rules::heavy_image},
    LintRule{"SZ-LINT-042", warning, rules::large_image},
    LintRule{"SZ-LINT-043", note, rules::same_image},
};

}  // namespace

void LintReport::advise(const std::string& file, const std::string& pointer, std::string message,
                        std::string hint) {
    auto& same = counts_[{code_, file}];
    same.severity = severity_;
    if (++same.count > same_max) return;
    same.last = pointer;
    report_.add({code_, severity_, file, pointer, 0, 0, std::move(message), std::move(hint)});
}

void LintReport::finish() {
    for (const auto& [rule, same] : counts_) {
        if (same.count <= same_max) continue;
        report_.add({rule.first, same.severity, rule.second, same.last, 0, 0,
                     "The same is true of " +
                         counted(same.count - same_max, "more place", "more places") +
                         " of this file.",
                     "Mend the first ones and run it again."});
    }
}

std::span<const LintRule> lint_rules() { return all_rules; }

bool lint(const LintSubject& subject, const ProgressFn& progress, Findings& findings) {
    PackReport report;
    for (const auto& file : subject.files) {
        if (file.path.ends_with(".json")) report.set_text(file.path, file.content);
    }
    LintReport advice(report);
    bool goes_on = true;
    for (std::size_t i = 0; i < all_rules.size() && goes_on; ++i) {
        goes_on = !progress || progress(i, all_rules.size(), all_rules[i].code);
        if (!goes_on) break;
        advice.begin(all_rules[i].code, all_rules[i].severity);
        all_rules[i].look(subject, advice);
    }
    advice.finish();
    report.finish(findings);
    return goes_on;
}

}  // namespace sz::tools
