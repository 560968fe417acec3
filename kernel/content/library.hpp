// SPDX-License-Identifier: AGPL-3.0-or-later
// The library: every installed pack, what is in it, and search over all of it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/bus/tasks.hpp"
#include "kernel/plugin/services.hpp"
#include "kernel/store/profile_folders.hpp"

namespace sz {

// What campaigns need of content.
class Templates {
  public:
    virtual ~Templates() = default;
    // {"id","name","version"} of the pack that `reference` means: "ID", "NAME", "ID@VERSION"; the
    // newest installed version that fits. SZ-LIB-001, 002. [kernel-thread]
    [[nodiscard]] virtual Result<Json> find_pack(std::string_view reference) const = 0;
    // The template object as it stands in its pack, with "pack" {"id","name","version"} added, and
    // with the texts of its translation into the person's language.
    // `reference` is "PACK/TEMPLATE" or "PACK@VERSION/TEMPLATE" (PACK an id or an unambiguous
    // name). `kind` is "character-template" or "session-template". SZ-LIB-001 no such pack, 002
    // ambiguous, 003 no such object. [kernel-thread]
    [[nodiscard]] virtual Result<Json> find_template(std::string_view kind,
                                                     std::string_view reference) const = 0;
    // The entry as it stands in its dataset, in its pack's own words: what is computed from it is
    // the same for everybody. `link` is {"datapackId","datasetId","entryId",
    // "version"}. SZ-LIB-010 its pack is not installed, 003, 004 it has no such object or entry.
    // [kernel-thread]
    [[nodiscard]] virtual Result<Json> linked_entry(const Json& link) const = 0;
    // {"pack":{"id","name","version"},"dataset":{"id","name"},"entry"}: the entry as it stands in
    // its dataset, translated as a template is. Each is named as for library.entry: by id, or name
    // where that is unambiguous. SZ-LIB-001, 002, 003, and 004 no such entry. [kernel-thread]
    [[nodiscard]] virtual Result<Json> find_entry(std::string_view pack, std::string_view dataset,
                                                  std::string_view entry) const = 0;
};

class Library final : public Templates {
  public:
    struct Services {
        Bus& bus;
        Tasks& tasks;
        const FieldTypes& fields;
        const PackFormats& formats;
        // The language tag in which packs are read where nobody asks for one; may be missing.
        std::function<std::string()> language = {};
    };

    // Opens the index and rebuilds it from the packs when it is missing, damaged or of another
    // version. [kernel-thread]
    [[nodiscard]] static Result<std::unique_ptr<Library>> open(const ProfileFolders& folders,
                                                               Services services);
    ~Library() override;

    [[nodiscard]] Result<Json> find_pack(std::string_view reference) const override;
    [[nodiscard]] Result<Json> find_template(std::string_view kind,
                                             std::string_view reference) const override;
    [[nodiscard]] Result<Json> linked_entry(const Json& link) const override;
    [[nodiscard]] Result<Json> find_entry(std::string_view pack, std::string_view dataset,
                                          std::string_view entry) const override;

    // Registers pack.* and library.*.
    [[nodiscard]] Status add_methods();

    // Imports the .szp files of `folder` that are not installed yet, in the background (the sample
    // packs at first start). `done` comes on the kernel thread. [kernel-thread]
    void install_samples(const std::filesystem::path& folder, std::function<void(Status)> done);

  private:
    struct Impl;
    explicit Library(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// The check of a value against a JSON Schema text (draft-07), for the bus. Findings have code
// SZ-SCHEMA-001.
[[nodiscard]] Findings check_schema(const std::string& schema, const Json& value);

}  // namespace sz
