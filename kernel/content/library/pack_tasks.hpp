// SPDX-License-Identifier: AGPL-3.0-or-later
// What is done with packs as files: read, check, import, build, unpack, show. All [worker-thread];
// results as on the bus.
//
// Faults of the input become findings, and the result says "ok": false; faults of the surroundings
// (a missing file, a full disk) are errors.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/content/library/installer.hpp"
#include "kernel/content/library/pack_skeleton.hpp"
#include "kernel/content/library/translation_skeleton.hpp"
#include "kernel/plugin/field_change.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::library {

struct ImportRequest {
    std::vector<std::string> paths;
    std::string format;  // empty: recognised
    std::string output;  // write a .szp there instead of installing
    bool force = false;
    Json options = Json::object();  // of the format, as it understands them
};

class PackTasks {
  public:
    PackTasks(Installer& installer, const FieldTypes& fields, const PackFormats& formats)
        : installer_(installer), fields_(fields), formats_(formats) {}

    [[nodiscard]] Result<Json> import(const ImportRequest& request, TaskProgress& task);
    // A pack that came with the program, unless a person removed it; {"packs"} that are new. Faults
    // of the pack go to the log.
    [[nodiscard]] Result<Json> import_sample(const std::string& path, TaskProgress& task);
    [[nodiscard]] Result<Json> validate(const std::vector<std::string>& paths, TaskProgress& task);
    [[nodiscard]] Result<Json> build(const std::string& folder, const std::string& output,
                                     bool force, TaskProgress& task);
    // A folder for an author to begin with: {"id","dir","files"}. Without an id, one is made.
    [[nodiscard]] static Result<Json> create(const NewPack& wanted, const std::string& folder,
                                             TaskProgress& task);
    // The same for a translation of an installed pack.
    [[nodiscard]] Result<Json> create_translation(const NewTranslation& wanted,
                                                  const std::string& folder, TaskProgress& task);
    [[nodiscard]] Result<Json> unpack(const std::string& file, const std::string& folder,
                                      TaskProgress& task);
    [[nodiscard]] Result<Json> show(const std::string& path, TaskProgress& task);

    // `format` empty: recognised. `options` are the format's, as it understands them.
    [[nodiscard]] Result<ReadPacks> read(const std::string& path, std::string format,
                                         const Json& options, const Progress& progress,
                                         Findings& findings);

  private:
    [[nodiscard]] std::optional<CheckedPack> check(const PackFiles& files, const Progress& progress,
                                                   Findings& findings);
    [[nodiscard]] Status import_one(const PackFiles& files, const ImportRequest& request,
                                    const Progress& progress, Findings& findings, Json& result);

    Installer& installer_;
    const FieldTypes& fields_;
    const PackFormats& formats_;
};

// {"id","name","version","author","license","description","icon","dependencies"} of a manifest;
// missing text is "".
[[nodiscard]] Json summary_of(const Json& manifest);

}  // namespace sz::library
