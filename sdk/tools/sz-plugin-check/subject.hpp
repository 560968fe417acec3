// SPDX-License-Identifier: AGPL-3.0-or-later
// The plugin folder under test, and what a check finds out about it.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <sz/cpp/json.hpp>
#include <vector>

namespace check {

using sz::plugin::Json;

// Where a transport is tried: what --transport and the options behind it named.
struct TransportPlace {
    std::string url;  // to listen at
    std::string options, connect_options;
};

struct Subject {
    std::filesystem::path folder;
    Json manifest;
    std::string data_dir;  // exists; for the plugin's own files
    std::vector<TransportPlace> transports;

    [[nodiscard]] std::string text(const char* key) const {
        return sz::plugin::member_or(manifest, key, std::string{});
    }
    [[nodiscard]] std::string library() const { return (folder / text("library")).string(); }
    [[nodiscard]] std::vector<std::string> extensions() const;
    [[nodiscard]] bool offers(const std::string& extension) const;
};

// What is wrong, as a sentence; nothing when the rule is kept.
using Complaint = std::optional<std::string>;

struct Check {
    std::string name;  // "field.pure"
    std::string rule;  // one sentence
    std::function<Complaint(const Subject&)> run;
    std::string about = {};  // which of several things it tries: a URL
};

// Everything that can be asked of this subject, in order: later checks make sense only when earlier
// ones pass.
[[nodiscard]] std::vector<Check> plugin_checks();  // manifest, library, entry, extensions
[[nodiscard]] std::vector<Check> field_checks(
    const Subject& subject);  // empty without sz.field-type
[[nodiscard]] std::vector<Check> format_checks(
    const Subject& subject);  // empty without sz.pack-format
[[nodiscard]] std::vector<Check> transport_checks(
    const Subject& subject);  // empty without sz.transport

}  // namespace check
