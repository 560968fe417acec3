// SPDX-License-Identifier: AGPL-3.0-or-later
// Files, read with a limit and written so that a crash leaves the old content or the new, never
// half.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "kernel/base/ids.hpp"
#include "kernel/base/result.hpp"

namespace sz {

namespace fs = std::filesystem;

// The whole file. SZ-FILE-001 cannot be opened, 002 larger than the limit, 003 cannot be read.
// [any-thread]
[[nodiscard]] Result<std::string> read_file(const fs::path& path, std::uint64_t bytes_max);

enum class FileMode : std::uint8_t { normal, secret };  // secret: 0600

// Writes to a neighbour, syncs it, renames it over `path`, syncs the folder. SZ-FILE-004.
// [any-thread]
[[nodiscard]] Status write_file(const fs::path& path, std::string_view content,
                                FileMode mode = FileMode::normal);

// Beside a damaged file, for it to be kept under: "settings.json.broken-20261121T215825.123Z".
[[nodiscard]] fs::path broken_name(const fs::path& file, UnixMs now);

// Makes a folder and its parents; the last one private (0700) when asked. SZ-FILE-005.
[[nodiscard]] Status make_folder(const fs::path& path, bool is_private = false);

// Syncs a folder's own list of names. SZ-FILE-004.
[[nodiscard]] Status sync_folder(const fs::path& path);

// A folder that is removed with everything in it when the object goes, unless `keep_as` renamed it
// away.
class TempFolder {
  public:
    // Below `parent`, which must exist, with a name that begins with `prefix`. SZ-FILE-005.
    [[nodiscard]] static Result<TempFolder> create(const fs::path& parent, std::string_view prefix);
    TempFolder(TempFolder&& other) noexcept;
    TempFolder& operator=(TempFolder&& other) noexcept;
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder();

    [[nodiscard]] const fs::path& path() const noexcept { return path_; }
    // Renames the folder to `target` (same file system, must not exist) and syncs both parents.
    // SZ-FILE-006.
    [[nodiscard]] Status keep_as(const fs::path& target);

  private:
    explicit TempFolder(fs::path path) : path_(std::move(path)) {}
    fs::path path_;
};

}  // namespace sz
