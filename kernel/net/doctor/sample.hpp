// SPDX-License-Identifier: AGPL-3.0-or-later
// What the doctor has transferred to learn how fast it goes: bytes that mean nothing.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <memory>
#include <string>

#include "kernel/base/limits.hpp"
#include "kernel/net/protocols/transfer.hpp"

namespace sz::net {

class Sample final : public TransferSource {
  public:
    explicit Sample(std::uint64_t bytes) : left_(bytes), size_(bytes) {}
    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] Result<std::string> read(std::size_t bytes_max) override {
        std::string some(static_cast<std::size_t>(std::min<std::uint64_t>(bytes_max, left_)), '\0');
        // A line that compresses would seem faster than it is (a linear congruential generator).
        for (char& c : some) c = static_cast<char>((state_ = state_ * 1664525 + 1013904223) >> 24);
        left_ -= some.size();
        return some;
    }
    [[nodiscard]] static std::string name(std::uint64_t bytes) {
        return "sample/" + std::to_string(bytes);
    }
    // SZ-NET-150: no sample, or a longer one than limits::net_sample_bytes_max.
    [[nodiscard]] static Result<std::unique_ptr<TransferSource>> find(const std::string& what) {
        std::uint64_t bytes = 0;
        const std::string_view number =
            std::string_view(what).substr(std::min<std::size_t>(7, what.size()));
        const auto read = std::from_chars(number.data(), number.data() + number.size(), bytes);
        const bool is_whole = read.ec == std::errc{} && read.ptr == number.data() + number.size();
        if (!what.starts_with("sample/") || !is_whole || bytes > limits::net_sample_bytes_max)
            return fail(ErrorKind::not_found, "SZ-NET-150", "There is no such sample.",
                        "It has 64 MiB at most.");
        return std::make_unique<Sample>(bytes);
    }

  private:
    std::uint64_t left_, size_;
    std::uint32_t state_ = 1;
};

}  // namespace sz::net
