// SPDX-License-Identifier: AGPL-3.0-or-later
// The tools of pack authors (../tools), given packs to work on: installed ones, archives, folders.
// All [worker-thread]; results as on the bus. Faults of the input become findings, faults of the
// surroundings are errors, as in pack_tasks.hpp.
#pragma once

#include <optional>
#include <string>

#include "kernel/content/library/pack_tasks.hpp"
#include "kernel/content/tools/deps.hpp"

namespace sz::library {

// One of the two.
struct PackSource {
    std::string path;  // absolute
    PackName installed;
};

class PackTools {
  public:
    PackTools(Installer& installer, PackTasks& tasks, const FieldTypes& fields)
        : installer_(installer), tasks_(tasks), fields_(fields) {}

    [[nodiscard]] Result<Json> diff(const PackSource& before, const PackSource& after,
                                    TaskProgress& task);
    [[nodiscard]] Result<Json> lint(const PackSource& source, bool is_strict, TaskProgress& task);
    [[nodiscard]] Result<Json> deps(const PackSource& source, TaskProgress& task);
    [[nodiscard]] Result<Json> migrate(const std::string& folder, bool is_dry_run,
                                       TaskProgress& task);

  private:
    struct OpenPack {
        PackFiles files;
        ExaminedPack examined;
    };
    // Nothing, with findings, when there is no pack to speak of.
    [[nodiscard]] Result<std::optional<PackFiles>> read(const PackSource& source,
                                                        const Progress& progress,
                                                        Findings& findings);
    [[nodiscard]] Result<std::optional<OpenPack>> open(const PackSource& source,
                                                       const Progress& progress,
                                                       Findings& findings);
    [[nodiscard]] tools::PackTitles titles();

    Installer& installer_;
    PackTasks& tasks_;
    const FieldTypes& fields_;
};

}  // namespace sz::library
