// SPDX-License-Identifier: AGPL-3.0-or-later
// A pack's files, read and sorted: what the parts of the check (pack_objects, pack_fields,
// pack_links) work on.
#pragma once

#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "kernel/content/pack_check.hpp"
#include "kernel/content/pack_report.hpp"

namespace sz {

// An object file. `json` is null when the file could not be read; `id` is then what its name
// promises.
struct LoadedObject {
    std::string path;
    std::string type;  // by its folder
    std::string id;
    Json json;
    bool is_readable = false;
};

struct PackContents {
    Json manifest;  // null when missing or unreadable
    std::string id, version;
    bool is_session = false;            // an exported campaign, which is not for the library
    std::vector<LoadedObject> objects;  // in order of path
    std::set<std::string, std::less<>> images;  // paths below media/images
    // Texts that had to be changed to be read; the report borrows them.
    std::deque<std::string> texts;
};

inline constexpr const char* manifest_path = "szpack.json";
inline constexpr std::string_view images_folder = "media/images/";

// Reads every file: names, limits, JSON, schema. Of a session datapack (SZ-PACK-029) it reads the
// manifest only. False when `progress` asked to stop.
[[nodiscard]] bool load_contents(const PackFiles& files, const ProgressFn& progress,
                                 PackContents& contents, PackReport& report);

// Ids, file names, parts of entries and templates. Returns the number of entries.
[[nodiscard]] std::size_t check_objects(const PackContents& contents, PackReport& report);

}  // namespace sz
