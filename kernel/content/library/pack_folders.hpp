// SPDX-License-Identifier: AGPL-3.0-or-later
// The installed packs as files: packs/ID/VERSION/szpack.json and the rest. A folder of that name is
// complete: it came there by one rename. Everything unfinished has a name that begins with a dot
// and is swept at the next start.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/content/library/disk.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::library {

struct PackName {
    std::string id, version;
    friend auto operator<=>(const PackName&, const PackName&) = default;
};

// The hash of paths and contents, in hex. `files` in order of path.
[[nodiscard]] std::string digest_of(const PackFiles& files);
[[nodiscard]] std::uint64_t bytes_of(const PackFiles& files);

// Writes `files` below the new folder `folder` and syncs all of it. `progress` counts. On failure
// the folder is left for the caller to remove. SZ-FILE-0xx; SZ-LIB-030 cancelled.
[[nodiscard]] Status write_files(Disk& disk, const std::filesystem::path& folder,
                                 const PackFiles& files, const ProgressFn& progress);

class PackFolders {
  public:
    PackFolders(std::filesystem::path packs, Disk& disk) : packs_(std::move(packs)), disk_(disk) {}

    [[nodiscard]] std::filesystem::path path_of(const PackName& pack) const {
        return packs_ / pack.id / pack.version;
    }

    // Writes the files into a temporary folder, syncs them, renames the folder into place. When it
    // fails nothing is there. `progress` counts files.
    [[nodiscard]] Status put(const PackName& pack, const PackFiles& files,
                             const ProgressFn& progress);

    // Takes the folder out of sight with one rename; it then counts as removed. Returns where it
    // went, empty when it was not there.
    [[nodiscard]] Result<std::filesystem::path> hide(const PackName& pack);
    [[nodiscard]] Status put_back(const std::filesystem::path& hidden, const PackName& pack);
    void discard(const std::filesystem::path&
                     hidden);  // what cannot be removed now is swept at the next start
    [[nodiscard]] Status take_away(const PackName& pack);  // hide, discard

    // What is installed, in order.
    [[nodiscard]] std::vector<PackName> list() const;
    [[nodiscard]] bool has_leftovers() const;
    void sweep();

    // The files of an installed pack, in order of path, within the limits. SZ-FILE-0xx.
    [[nodiscard]] Result<PackFiles> read(const PackName& pack) const;

  private:
    [[nodiscard]] std::filesystem::path temporary(std::string_view prefix) const;

    std::filesystem::path packs_;
    Disk& disk_;
};

}  // namespace sz::library
