// SPDX-License-Identifier: AGPL-3.0-or-later
// The few things that are done to files, behind one edge: a test stands in for the disk and lets
// the nth of them fail.
#pragma once

#include <filesystem>
#include <string_view>

#include "kernel/base/result.hpp"

namespace sz::library {

class Disk {
  public:
    virtual ~Disk() = default;
    // All [worker-thread] and [kernel-thread]. SZ-FILE-0xx.
    [[nodiscard]] virtual Status make_folder(
        const std::filesystem::path& path) = 0;  // with its parents, private
    // A new file; durable only after sync_file().
    [[nodiscard]] virtual Status write_file(const std::filesystem::path& path,
                                            std::string_view content) = 0;
    [[nodiscard]] virtual Status sync_file(const std::filesystem::path& path) = 0;
    [[nodiscard]] virtual Status sync_folder(const std::filesystem::path& path) = 0;
    // SZ-FILE-006 when `to` is there. Durable after sync_folder() of both parents.
    [[nodiscard]] virtual Status rename(const std::filesystem::path& from,
                                        const std::filesystem::path& to) = 0;
    // The file `to` is gone afterwards, or untouched.
    [[nodiscard]] virtual Status replace(const std::filesystem::path& from,
                                         const std::filesystem::path& to) = 0;
    // With everything below it; nothing there is fine.
    [[nodiscard]] virtual Status remove(const std::filesystem::path& path) = 0;
};

class RealDisk final : public Disk {
  public:
    [[nodiscard]] Status make_folder(const std::filesystem::path& path) override;
    [[nodiscard]] Status write_file(const std::filesystem::path& path,
                                    std::string_view content) override;
    [[nodiscard]] Status sync_file(const std::filesystem::path& path) override;
    [[nodiscard]] Status sync_folder(const std::filesystem::path& path) override;
    [[nodiscard]] Status rename(const std::filesystem::path& from,
                                const std::filesystem::path& to) override;
    [[nodiscard]] Status replace(const std::filesystem::path& from,
                                 const std::filesystem::path& to) override;
    [[nodiscard]] Status remove(const std::filesystem::path& path) override;
};

}  // namespace sz::library
