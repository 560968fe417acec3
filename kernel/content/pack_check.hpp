// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole check of a pack's files: schemas, ids, file names, links, field values, dependencies.
// One run reports every fault.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/plugin/services.hpp"

namespace sz {

struct PackObject {
    std::string path;  // "objects/datasets/core-items.json"
    std::string type;  // "dataset", "character-template", "session-template", "translation"
    std::string id;
    Json json;  // as written, with every field value canonical
};

// Of the texts that may be translated.
struct TextCount {
    std::size_t translated = 0, all = 0;

    TextCount& operator+=(const TextCount& more) {
        translated += more.translated;
        all += more.all;
        return *this;
    }
};

// A pack that was read and checked. `manifest` is szpack.json.
struct CheckedPack {
    Json manifest;
    std::vector<PackObject> objects;  // in order of path
    std::vector<std::string> images;  // paths below media/images
    std::size_t entries = 0;
    // Of a translation, held against the installed pack that it translates.
    std::optional<TextCount> texts = {};
};

// What a pack says that it needs.
struct PackDependency {
    std::string id;
    std::string version;  // or a range
    std::string name = {};
};

// Whether a pack is installed, and what of it exists, for links that leave the pack. Empty: nothing
// is known about others.
struct OtherPacks {
    // Versions of a pack that are installed.
    std::function<std::vector<std::string>(const std::string& pack)> versions;
    // Is there such an entry (empty entry: such an object)?
    std::function<bool(const std::string& pack, const std::string& version,
                       const std::string& object, const std::string& entry)>
        has;
    // What an installed pack needs, to find circles. May be empty: then only a pack that needs
    // itself is found.
    std::function<std::vector<PackDependency>(const std::string& pack, const std::string& version)>
        dependencies;
    // The objects of an installed pack, canonical, to hold a translation against. May be empty.
    std::function<std::vector<PackObject>(const std::string& pack, const std::string& version)>
        objects = {};
};

// Findings have codes SZ-PACK-0xx (schemas/README.md lists them), a file, a JSON pointer with line
// and column, a message, a hint. Returns the pack when there is no error among the new findings;
// nothing, without a finding, when `progress` asks to stop. [any-thread]
[[nodiscard]] std::optional<CheckedPack> check_pack(const PackFiles& files,
                                                    const FieldTypes& fields,
                                                    const OtherPacks& others,
                                                    const ProgressFn& progress, Findings& findings);

// The same for those who want to look at a pack whatever its faults: what of it can be read.
struct ExaminedPack {
    CheckedPack pack;  // of a faulty pack: values are canonical where they fit; it may lack parts
    bool is_sound = false;
};
[[nodiscard]] std::optional<ExaminedPack> examine_pack(const PackFiles& files,
                                                       const FieldTypes& fields,
                                                       const OtherPacks& others,
                                                       const ProgressFn& progress,
                                                       Findings& findings);

// Does `version` (semver 2.0) satisfy `range`? "1.2.0" exactly that one; "^1.2.0" (also "^1.2",
// "^1") anything compatible; "~1.2.0" the same minor version; "1.x", "1.2.*", "*"; ">=1.0.0 <2.0.0"
// all of them; "^1.0.0 || ^2.0.0" one of them. A prerelease only where the range names one of its
// numbers.
[[nodiscard]] bool version_satisfies(std::string_view version, std::string_view range);
[[nodiscard]] bool is_version(std::string_view text);
[[nodiscard]] bool is_version_range(std::string_view text);
// The lowest version that is in every one of the ranges; nothing when none can be.
[[nodiscard]] std::optional<std::string> version_in_all(const std::vector<std::string>& ranges);
[[nodiscard]] bool version_less(std::string_view a, std::string_view b);

}  // namespace sz
