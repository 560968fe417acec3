// SPDX-License-Identifier: AGPL-3.0-or-later
// An open file and the few operations on folders that the standard library does not offer safely.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <tl/expected.hpp>

namespace sz::sys {

template <class T>
using Expected = tl::expected<T, std::error_code>;

// Owns a descriptor. All [any-thread], one thread at a time.
class File {
  public:
    File() = default;
    // A regular file; anything else (a folder, a pipe that would block for ever) is
    // std::errc::invalid_argument.
    [[nodiscard]] static Expected<File> open_to_read(const std::filesystem::path& path);
    // Must not exist. `is_secret`: 0600, else 0644 less the umask.
    [[nodiscard]] static Expected<File> create_new(const std::filesystem::path& path,
                                                   bool is_secret);
    // Made when missing (0600), for reading and writing; not cut short.
    [[nodiscard]] static Expected<File> open_or_create_secret(const std::filesystem::path& path);
    // A folder, to reach what is in it by /proc/self/fd; cannot be read or written.
    [[nodiscard]] static Expected<File> open_folder(const std::filesystem::path& path);

    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File();

    [[nodiscard]] Expected<std::uint64_t> size() const;
    // At most out.size() bytes; 0 at the end.
    [[nodiscard]] Expected<std::size_t> read(std::span<char> out);
    [[nodiscard]] std::error_code write_all(std::string_view content);
    [[nodiscard]] std::error_code resize(std::uint64_t bytes);
    [[nodiscard]] std::error_code sync();
    [[nodiscard]] std::error_code close();  // reports what a delayed write came to
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    // Gives the descriptor away.
    [[nodiscard]] int release() noexcept;

  private:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

// Syncs the list of names of a folder.
[[nodiscard]] std::error_code sync_folder(const std::filesystem::path& path);

// Makes one folder, 0700. std::errc::file_exists when something is there.
[[nodiscard]] std::error_code make_private_folder(const std::filesystem::path& path);

// Renames; std::errc::file_exists when `to` is there, also when it is an empty folder.
[[nodiscard]] std::error_code rename_to_new(const std::filesystem::path& from,
                                            const std::filesystem::path& to);

// Why a system call failed, as the end of a sentence: "it does not exist", "the disk is full".
[[nodiscard]] std::string reason(std::error_code error);

}  // namespace sz::sys
