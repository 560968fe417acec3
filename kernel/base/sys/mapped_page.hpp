// SPDX-License-Identifier: AGPL-3.0-or-later
// A small file mapped into memory: what is written there survives a crash of the program, for the
// price of a store.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "kernel/base/sys/file.hpp"

namespace sz::sys {

class MappedPage {
  public:
    // Opens or makes the file (0600) with exactly `bytes` bytes; new bytes are zero.
    [[nodiscard]] static Expected<MappedPage> open(const std::filesystem::path& path,
                                                   std::size_t bytes);
    MappedPage(MappedPage&& other) noexcept;
    MappedPage& operator=(MappedPage&& other) noexcept;
    MappedPage(const MappedPage&) = delete;
    MappedPage& operator=(const MappedPage&) = delete;
    ~MappedPage();

    [[nodiscard]] std::span<std::byte> bytes() const noexcept { return bytes_; }

  private:
    explicit MappedPage(std::span<std::byte> bytes) : bytes_(bytes) {}
    std::span<std::byte> bytes_;
};

}  // namespace sz::sys
