// SPDX-License-Identifier: AGPL-3.0-or-later
// Seals datagrams with a key that only the two ends have (ChaCha20-Poly1305, RFC 8439). The
// datagram's counter is its nonce; what arrives twice, or very late, is not opened again (RFC 4303,
// section 3.4.3).
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "datagram.hpp"

namespace direct::udp {

using Key = std::array<std::uint8_t, 32>;

class Cipher {
  public:
    Cipher(const Key& key, bool seals);
    // `out` is as long as `in`, and a tag longer.
    [[nodiscard]] bool seal(std::uint64_t counter, Bytes header, Bytes in,
                            std::span<std::uint8_t> out);
    // `in` ends with the tag. False: somebody else wrote it, and `out` is worth nothing.
    [[nodiscard]] bool open(std::uint64_t counter, Bytes header, Bytes in,
                            std::span<std::uint8_t> out);

  private:
    struct Context;
    struct Free {
        void operator()(Context* context) const noexcept;
    };
    std::unique_ptr<Context, Free> context_;
};

class Sealer {
  public:
    explicit Sealer(const Key& key) : cipher_(key, true) {}
    // Header and sealed content for a connection, in `out`; how many bytes these are. 0: it failed.
    // `content` begins with its kind.
    [[nodiscard]] std::size_t seal(std::uint64_t connection, Bytes content,
                                   std::span<std::uint8_t, datagram_bytes_max> out);

  private:
    Cipher cipher_;
    std::uint64_t next_ = 1;
};

class Opener {
  public:
    explicit Opener(const Key& key) : cipher_(key, false) {}
    // The content, in `out`, when it is of the peer and was not opened before. `is_newest`: nothing
    // later has come yet.
    struct Content {
        Bytes bytes;
        bool is_newest = false;
    };
    [[nodiscard]] std::optional<Content> open(const Sealed& sealed,
                                              std::span<std::uint8_t, datagram_bytes_max> out);

  private:
    static constexpr std::size_t window = 1024;  // datagrams that may come out of order
    [[nodiscard]] bool is_new(std::uint64_t counter) const;
    void remember(std::uint64_t counter);

    Cipher cipher_;
    std::uint64_t newest_ = 0;
    std::bitset<window> seen_;  // by counter modulo window
};

}  // namespace direct::udp
