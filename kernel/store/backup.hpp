// SPDX-License-Identifier: AGPL-3.0-or-later
// A copy of a database that is in use, made some pages at a time (SQLite's online backup). What is
// written to the source through its own connection between two steps is in the copy too.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "kernel/store/database.hpp"

namespace sz {

// Used on the source's thread; goes before the source does.
class DatabaseBackup {
  public:
    // `target` must not exist; it is made 0600. SZ-STORE-001 it cannot be made.
    [[nodiscard]] static Result<DatabaseBackup> begin(Database& source,
                                                      const std::filesystem::path& target);
    DatabaseBackup(DatabaseBackup&&) noexcept;
    DatabaseBackup& operator=(DatabaseBackup&&) noexcept;
    ~DatabaseBackup();  // removes what is not complete

    // Copies at most so many pages; true when the copy is complete and on the disk. After an error
    // (SZ-STORE-002 or 003) nothing more can be done with it. A writer that is another connection
    // makes it begin again.
    [[nodiscard]] Result<bool> step(int pages);

    // Pages that were to be copied, and those that are left, as of the last step.
    [[nodiscard]] std::uint64_t pages() const noexcept;
    [[nodiscard]] std::uint64_t pages_left() const noexcept;

  private:
    struct Impl;
    explicit DatabaseBackup(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace sz
