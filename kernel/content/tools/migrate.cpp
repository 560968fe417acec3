// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/migrate.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "kernel/base/limits.hpp"
#include "kernel/content/pack_contents.hpp"
#include "kernel/content/pointer.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/tools/walk.hpp"

namespace sz::tools {

namespace {

constexpr const char* draft = "0.0.0";

// The kind of a file by its place; empty for what is no JSON of a pack.
std::string type_of(const std::string& path) {
    if (path == manifest_path) return "szpack";
    constexpr std::array<std::pair<std::string_view, const char*>, 3> folders{{
        {"objects/datasets/", "dataset"},
        {"objects/character-templates/", "character-template"},
        {"objects/session-templates/", "session-template"},
    }};
    if (!path.ends_with(".json")) return {};
    for (const auto& [folder, type] : folders) {
        if (path.starts_with(folder) && path.find('/', folder.size()) == std::string::npos)
            return type;
    }
    return {};
}

// The version that a file says it follows, and whether it says so in full.
struct Declared {
    std::string version = draft;
    bool is_in_full = true;
};

Declared declared_version(const Json& json) {
    for (const char* key : {"schemaVersion", "SchemaVersion"}) {
        const auto& value = member(json, key);
        if (value.is_null()) continue;
        auto text = value.is_string() ? value.get<std::string>() : value.dump();
        for (const char* rest : {"", ".0", ".0.0"}) {
            if (is_version(text + rest))
                return {text + rest, value.is_string() && std::string_view(rest).empty()};
        }
    }
    return {};
}

std::string_view major_of(std::string_view version) { return version.substr(0, version.find('.')); }

struct OpenFile {
    std::string path, type, text;
    const std::string* before;
    Json json;
};

class Migrator {
  public:
    explicit Migrator(Findings& findings) : findings_(findings) {}

    void open(const PackFiles& files) {
        for (const auto& file : files) {
            const auto type = type_of(file.path);
            if (type.empty()) continue;
            auto json =
                parse_json(file.content, {limits::pack_json_file_bytes_max, limits::json_depth_max,
                                          limits::json_string_bytes_max});
            if (json && json->is_object()) {
                files_.push_back({file.path, type, file.content, &file.content, std::move(*json)});
            } else {
                error("SZ-MIGRATE-002", file.path,
                      "The file cannot be read: " +
                          (json ? std::string("it is no JSON object.") : json.error().message),
                      "Mend it first; “szctl pack validate” says where.");
            }
        }
        const auto has_manifest = std::any_of(files.begin(), files.end(), [](const PackFile& file) {
            return file.path == manifest_path;
        });
        if (!has_manifest)
            error("SZ-MIGRATE-004", manifest_path, "The folder has no szpack.json.",
                  "Give the folder of a pack, the one that szpack.json stands in.");
        // The manifest goes first: links are completed from it.
        std::stable_partition(files_.begin(), files_.end(),
                              [](const OpenFile& file) { return file.type == "szpack"; });
    }

    Migration run() {
        for (auto& file : files_) migrate(file);
        if (has_error(findings_)) return {};
        std::sort(migration_.files.begin(), migration_.files.end(),
                  [](const FileChange& a, const FileChange& b) { return a.path < b.path; });
        return std::move(migration_);
    }

  private:
    void error(const char* code, const std::string& file, std::string message, std::string hint) {
        findings_.push_back(
            {code, Severity::error, file, "", 0, 0, std::move(message), std::move(hint)});
    }

    void migrate(OpenFile& file) {
        const auto [version, is_in_full] =
            file.type == "szpack" ? Declared{} : declared_version(file.json);
        if (!is_ours(file, version)) return;
        // Drafts never had versions that meant anything. "1.0" only wants to be written out.
        const std::string from = version_less(version, "1.0.0") ? draft
                                 : is_in_full                   ? version
                                                                : migration_steps().back().from;
        for (const auto& step : migration_steps()) {
            if (version_less(from, step.to) && !take_step(file, step)) return;
        }
        if (file.type == "szpack") manifest_ = file.json;
        if (file.text != *file.before)
            migration_.files.push_back({file.path, *file.before, file.text});
    }

    bool is_ours(const OpenFile& file, const std::string& version) {
        if (!version_less(current_schema_version, version)) return true;
        if (major_of(version) == major_of(current_schema_version)) {
            findings_.push_back(
                {"SZ-MIGRATE-003", Severity::note, file.path, "/schemaVersion", 0, 0,
                 "The file follows version " + version + " of the schemas, a later one than " +
                     current_schema_version + "; it is left as it is.",
                 "It can be read, but for what is new in it."});
            return false;
        }
        error("SZ-MIGRATE-001", file.path,
              "The file follows version " + version + " of the schemas; this program knows " +
                  current_schema_version + " and cannot take a file back.",
              "Use a newer SessionZero for this pack.");
        return false;
    }

    bool take_step(OpenFile& file, const MigrationStep& step) {
        std::vector<JsonEdit> edits;
        step.apply({file.path, file.type, file.json, manifest_}, edits);
        if (edits.empty()) return true;
        auto text = apply_edits(file.text, edits);
        auto json = text ? parse_json(*text) : Result<Json>(fail(Error{}));
        if (!json) {
            error("SZ-MIGRATE-006", file.path,
                  std::string("A step could not be taken here: ") + step.what + ".",
                  "Please report it with the file; nothing was changed.");
            return false;
        }
        for (const auto& edit : edits) note_change(file, step, edit);
        file.text = std::move(*text);
        file.json = std::move(*json);
        return true;
    }

    void note_change(const OpenFile& file, const MigrationStep& step, const JsonEdit& edit) {
        if (migration_.changes.size() == limits::changes_listed_max) {
            ++migration_.left_out;
            return;
        }
        MigrationChange change{file.path, edit.pointer, step.what, nullptr, edit.value};
        if (edit.kind == JsonEdit::Kind::rename) {
            const auto slash = edit.pointer.rfind('/');
            change.before = edit.pointer.substr(slash + 1);
            change.after = edit.key;
        } else if (edit.kind == JsonEdit::Kind::add) {
            change.pointer = Pointer(edit.pointer).with(edit.key);
        } else {
            change.before = file.json.at(Json::json_pointer(edit.pointer));
        }
        migration_.changes.push_back(std::move(change));
    }

    Findings& findings_;
    std::vector<OpenFile> files_;
    Json manifest_ = Json::object();
    Migration migration_;
};

}  // namespace

Migration plan_migration(const PackFiles& files, Findings& findings) {
    Migrator migrator(findings);
    migrator.open(files);
    return migrator.run();
}

}  // namespace sz::tools
