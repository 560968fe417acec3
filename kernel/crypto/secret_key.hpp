// SPDX-License-Identifier: AGPL-3.0-or-later
// 32 bytes that nobody else may know: moved, never copied, and wiped when they are no longer held.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace sz {

class SecretKey {
  public:
    static constexpr std::size_t size = 32;

    SecretKey() = default;  // zeros: a place to write to
    explicit SecretKey(std::span<const std::uint8_t, size> bytes);
    SecretKey(SecretKey&& other) noexcept;
    SecretKey& operator=(SecretKey&& other) noexcept;
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    ~SecretKey();

    [[nodiscard]] static SecretKey random();

    [[nodiscard]] std::span<const std::uint8_t, size> bytes() const noexcept { return bytes_; }
    [[nodiscard]] std::span<std::uint8_t, size> bytes() noexcept { return bytes_; }
    [[nodiscard]] std::string_view view() const noexcept;

  private:
    std::array<std::uint8_t, size> bytes_{};
};

// Whether two texts of secrets are the same, in a time that tells nothing about where they differ.
[[nodiscard]] bool equal_secrets(std::string_view one, std::string_view other) noexcept;

}  // namespace sz
