// SPDX-License-Identifier: AGPL-3.0-or-later
// Advice about szpack.json.
#include <set>

#include "kernel/content/pack_contents.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/tools/lint_rules.hpp"
#include "kernel/content/tools/walk.hpp"

namespace sz::tools::rules {

namespace {

// What `szctl pack new` writes, for the author to replace.
constexpr const char* placeholder = "Say here what the pack is about.";

bool says_nothing(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

// The packs that links lead into: every link says so under this one key.
void add_linked_packs(const Json& json, std::set<std::string>& packs) {
    if (!json.is_structured()) return;
    if (const auto id = string_or(json, "datapackId"); !id.empty()) packs.insert(id);
    for (const auto& one : json) add_linked_packs(one, packs);
}

}  // namespace

void no_licence(const LintSubject& subject, LintReport& report) {
    if (!says_nothing(string_or(subject.pack.manifest, "license"))) return;
    report.advise(manifest_path, "", "The pack does not say under which licence it stands.",
                  "Write one under “license”, such as \"CC-BY-SA-4.0\": without one nobody may "
                  "pass the pack on.");
}

void no_author(const LintSubject& subject, LintReport& report) {
    if (!says_nothing(string_or(subject.pack.manifest, "author"))) return;
    report.advise(manifest_path, "", "The pack does not say who made it.",
                  "Write it under “author”; most licences ask others to name you.");
}

void no_pack_description(const LintSubject& subject, LintReport& report) {
    const auto text = string_or(subject.pack.manifest, "description");
    if (!says_nothing(text) && text != placeholder) return;
    report.advise(manifest_path, text.empty() ? "" : "/description",
                  text == placeholder ? "The description is still the one that a new pack begins "
                                        "with."
                                      : "The pack has no description.",
                  "Say in a sentence or two what the pack is for; people choose packs by it.");
}

void unused_dependency(const LintSubject& subject, LintReport& report) {
    std::set<std::string> used;
    for (const auto& object : subject.pack.objects) add_linked_packs(object.json, used);
    used.insert(string_or(subject.pack.manifest, "translates"));
    const auto& listed = member(subject.pack.manifest, "dependencies");
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const auto id = string_or(listed[i], "id");
        if (used.contains(id)) continue;
        report.advise(manifest_path, "/dependencies/" + std::to_string(i),
                      "No link leads into " + quote(string_or(listed[i], "name", id)) +
                          ", which the pack says that it needs.",
                      "Remove the dependency, or name it in the description instead.");
    }
}

}  // namespace sz::tools::rules
