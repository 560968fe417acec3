// SPDX-License-Identifier: AGPL-3.0-or-later
// Brings the files of a pack to the current version of the schemas, step by step, and leaves the
// rest of each file as its author wrote it.
//
// Which older versions there are: the source document and these schemas know 1.0.0 only, and no
// other has been released. What is found is drafts: files without a schemaVersion, or with one
// below 1.0.0, in the forms that README.md lists. The table of steps is for them, and for what
// comes after 1.0.0.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kernel/content/pack_check.hpp"
#include "kernel/content/tools/json_edit.hpp"

namespace sz::tools {

inline constexpr const char* current_schema_version = "1.0.0";

// A file while it is migrated.
struct MigratedFile {
    std::string path;
    std::string type;  // "szpack", "dataset", "character-template", "session-template"
    const Json& json;
    const Json& manifest;  // of the pack, for what only it knows
};

struct MigrationStep {
    const char* from;
    const char* to;
    const char* what;  // a sentence for the person who reads the list of changes
    void (*apply)(const MigratedFile& file, std::vector<JsonEdit>& edits);
};

// In order; a file takes part from its own version on.
[[nodiscard]] std::span<const MigrationStep> migration_steps();

struct MigrationChange {
    std::string file, pointer, what;
    Json before, after;  // null: there was none; a renamed key is text
};

struct FileChange {
    std::string path, before, after;  // whole contents
};

struct Migration {
    std::vector<MigrationChange> changes;  // at most limits::changes_listed_max
    std::size_t left_out = 0;
    std::vector<FileChange> files;
};

// What is to be done; nothing is written. Errors among the findings mean: do nothing at all.
// SZ-MIGRATE-001 newer schemas than ours, 002 a file that is not JSON, 003 a newer minor version
// (note), 004 no szpack.json, 006 a step that failed on a file (a defect of ours). [any-thread]
[[nodiscard]] Migration plan_migration(const PackFiles& files, Findings& findings);

}  // namespace sz::tools
