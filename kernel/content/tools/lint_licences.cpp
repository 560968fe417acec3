// SPDX-License-Identifier: AGPL-3.0-or-later
// Advice about the licence of the pack and those of the packs that it needs.
#include <algorithm>

#include "kernel/content/pack_contents.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/tools/licences.hpp"
#include "kernel/content/tools/lint_rules.hpp"
#include "kernel/content/tools/walk.hpp"

namespace sz::tools::rules {

namespace {

std::string licence_of(const LintSubject& subject) {
    return string_or(subject.pack.manifest, "license");
}

// The newest installed version that the dependency admits; empty when there is none.
std::string version_of(const LintSubject& subject, const Json& dependency) {
    if (!subject.others.versions) return {};
    auto versions = subject.others.versions(string_or(dependency, "id"));
    std::erase_if(versions, [&](const std::string& version) {
        return !version_satisfies(version, string_or(dependency, "version"));
    });
    const auto newest = std::max_element(versions.begin(), versions.end(), version_less);
    return newest == versions.end() ? std::string() : *newest;
}

void advise_on(const LintSubject& subject, LintReport& report, Combined wanted) {
    const auto ours = licence_of(subject);
    if (ours.empty() || !subject.titles) return;
    const auto& listed = member(subject.pack.manifest, "dependencies");
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const auto version = version_of(subject, listed[i]);
        if (version.empty()) continue;  // the check has said that it is not installed
        const auto title = subject.titles(string_or(listed[i], "id"), version);
        auto combined = title.license.empty()
                            ? Combination{Combined::unclear, "It names no licence."}
                            : combine_licences(ours, title.license);
        if (combined.verdict != wanted) continue;
        const bool is_unclear = wanted == Combined::unclear;
        report.advise(
            manifest_path, "/dependencies/" + std::to_string(i),
            (is_unclear ? "Whether the pack may build on " : "The pack may not build on ") +
                quote(title.name) + " " + version + (is_unclear ? " cannot be told. " : ". ") +
                combined.why,
            is_unclear ? "Read both licences."
                       : "Choose a licence that both allow, or do without the "
                         "dependency. This is advice and no lawyer's word.");
    }
}

}  // namespace

void unknown_licence(const LintSubject& subject, LintReport& report) {
    const auto licence = licence_of(subject);
    if (licence.empty() || is_known_licence(licence)) return;
    report.advise(manifest_path, "/license",
                  "The licence " + quote(licence) + " is none of those that are known here.",
                  "Write an SPDX identifier where there is one, such as \"CC-BY-4.0\" "
                  "(https://spdx.org/licenses); leave it when yours has none.");
}

void licences_apart(const LintSubject& subject, LintReport& report) {
    advise_on(subject, report, Combined::no);
}

void licences_unclear(const LintSubject& subject, LintReport& report) {
    advise_on(subject, report, Combined::unclear);
}

}  // namespace sz::tools::rules
