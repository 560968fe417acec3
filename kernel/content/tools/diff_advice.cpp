// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/diff_advice.hpp"

#include <nlohmann/json.hpp>

#include "kernel/content/pack_contents.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/versions.hpp"

namespace sz::tools {

namespace {

Version numbers_after(Version version, Weight weight) {
    auto& n = version.numbers;
    const bool was_prerelease = !version.prerelease.empty();
    version.prerelease = {};
    if (weight == Weight::none || was_prerelease) return version;
    // The number that a change of this weight raises; below 1.0.0 each weight moves one down.
    std::size_t step = weight == Weight::major ? 0 : weight == Weight::minor ? 1 : 2;
    if (n[0] == 0 && step < 2) ++step;
    ++n[step];
    for (std::size_t i = step + 1; i < 3; ++i) n[i] = 0;
    return version;
}

const char* reason(Weight weight) {
    switch (weight) {
        case Weight::major: return "something that others may use is gone or of another kind";
        case Weight::minor: return "there is something new, or a rule has changed";
        case Weight::patch: return "words or pictures have changed";
        case Weight::none: break;
    }
    return "";
}

}  // namespace

std::string next_version(std::string_view version, Weight weight) {
    const auto parsed = parse_version(version);
    if (!parsed) return {};
    const auto next = numbers_after(*parsed, weight).numbers;
    return std::to_string(next[0]) + "." + std::to_string(next[1]) + "." + std::to_string(next[2]);
}

Json advise_version(const Json& before, const Json& after, Weight weight, Findings& findings) {
    const auto old_text = string_or(before, "version");
    const auto new_text = string_or(after, "version");
    const auto needed = next_version(old_text, weight);
    Json advice{{"part", weight_name(weight)}, {"version", needed}, {"is_enough", true}};
    const auto say = [&](const char* code, Severity severity, const char* pointer,
                         std::string message, std::string hint) {
        findings.push_back(
            {code, severity, manifest_path, pointer, 0, 0, std::move(message), std::move(hint)});
    };
    if (string_or(before, "id") != string_or(after, "id")) {
        say("SZ-DIFF-004", Severity::note, "/id",
            "These are two packs, not two versions of one: their ids differ.",
            "Their version numbers are not compared.");
        return advice;
    }
    const auto older = parse_version(old_text);
    auto newer = parse_version(new_text);
    if (!older || !newer || weight == Weight::none) return advice;
    const auto order = compare_versions(*older, *newer);
    // A prerelease announces the version whose numbers it has.
    newer->prerelease = {};
    const auto lowest = parse_version(needed);
    const bool is_enough = order < 0 && lowest && compare_versions(*newer, *lowest) >= 0;
    advice["is_enough"] = is_enough;
    if (is_enough) return advice;
    if (order > 0) {
        say("SZ-DIFF-003", Severity::warning, "/version",
            "The second, " + new_text + ", is older than the first, " + old_text + ".",
            "Name the older one first; the list above reads backwards.");
    } else if (order == 0) {
        say("SZ-DIFF-001", Severity::warning, "/version",
            "The content differs, but both are version " + old_text + ".",
            "Write \"" + needed + "\" or higher: " + reason(weight) + ".");
    } else {
        say("SZ-DIFF-002", Severity::warning, "/version",
            "From " + old_text + " to " + new_text + " is too small a step: " + reason(weight) +
                ".",
            "Write \"" + needed + "\" or higher.");
    }
    return advice;
}

}  // namespace sz::tools
