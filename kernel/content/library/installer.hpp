// SPDX-License-Identifier: AGPL-3.0-or-later
// Puts packs into the library and takes them out, so that a crash between any two steps leaves a
// pack as a whole or not at all: the folder comes to its place by one rename, the index follows in
// one transaction, and whatever of the two is missing at the next start is made good from the
// folders.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "kernel/content/library/index.hpp"
#include "kernel/content/library/pack_folders.hpp"
#include "kernel/content/library/progress.hpp"

namespace sz::library {

struct Installed {
    PackName pack;
    std::string title;
    std::uint64_t datasets = 0, entries = 0;
    bool was_there = false;  // the same content was installed before
};

// The one writer of packs/ and of the index. All functions [worker-thread], several at once: the
// last step takes turns.
class Installer {
  public:
    Installer(std::filesystem::path packs, Index index, std::unique_ptr<Disk> disk,
              const FieldTypes& fields);

    // For the check of links that leave a pack. Lives as long as the installer.
    [[nodiscard]] OtherPacks others();

    // Installs a pack that was checked. SZ-LIB-020: other content is installed under that id and
    // version.
    [[nodiscard]] Result<Installed> install(const PackFiles& files, const CheckedPack& pack,
                                            const Progress& progress);

    // SZ-LIB-001 is for the caller to find; nothing there is fine.
    [[nodiscard]] Status remove(const PackName& pack);

    // What is to be done before index and folders say the same. [kernel-thread] before any work
    // begins
    struct Difference {
        std::vector<PackName> to_index;   // a folder without rows
        std::vector<PackName> to_forget;  // rows without a folder
        bool has_leftovers = false;
        [[nodiscard]] bool is_empty() const {
            return to_index.empty() && to_forget.empty() && !has_leftovers;
        }
    };
    [[nodiscard]] Result<Difference> compare();

    // Does it. A folder that no longer passes the check stays where it is and is told of in the
    // log.
    [[nodiscard]] Status reconcile(const Difference& difference, TaskProgress& task);

    // Puts a damaged index aside as "NAME.damaged-TIME", with its journal files. Nobody may have it
    // open. SZ-LIB-012.
    [[nodiscard]] static Status move_aside(const std::filesystem::path& file);
    // Closes the index, puts it aside and makes an empty one in its place.
    [[nodiscard]] Status replace_index(const std::filesystem::path& file);

    // Small facts that outlive packs (the samples that a person removed).
    [[nodiscard]] Result<std::optional<std::string>> setting(std::string_view key);
    [[nodiscard]] Status set_setting(std::string_view key, std::string_view value);
    [[nodiscard]] Result<std::optional<PackRow>> find(const PackName& pack);
    // The files of an installed pack, as PackFolders::read.
    [[nodiscard]] Result<PackFiles> files(const PackName& pack) const {
        return folders_.read(pack);
    }

  private:
    [[nodiscard]] Status index_folder(const PackName& pack, const Progress& progress);

    std::mutex mutex_;  // guards index_, and the order of folder and rows
    Index index_;
    std::unique_ptr<Disk> disk_;
    PackFolders folders_;
    const FieldTypes& fields_;
};

}  // namespace sz::library
