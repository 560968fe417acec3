// SPDX-License-Identifier: AGPL-3.0-or-later
// Cryptography behind few functions. libsodium stands behind it, here and in plugins/identity-local
// only.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "kernel/base/result.hpp"

namespace sz {

using Digest = std::array<std::uint8_t, 32>;     // BLAKE2b-256, RFC 7693
using PublicKey = std::array<std::uint8_t, 32>;  // Ed25519, RFC 8032
using Signature = std::array<std::uint8_t, 64>;

// Must succeed once before anything else. SZ-CRYPTO-001. [any-thread]
[[nodiscard]] Status crypto_init();

[[nodiscard]] Digest blake2b(std::span<const std::uint8_t> bytes);
[[nodiscard]] Digest blake2b(std::string_view bytes);

// A hash over pieces; each piece is preceded by its length (8 bytes, little endian), so that pieces
// cannot run together.
class Hasher {
  public:
    explicit Hasher(std::string_view domain);  // "SessionZero leaf v1"
    Hasher& add(std::string_view piece);
    Hasher& add(std::span<const std::uint8_t> piece);
    Hasher& add(std::uint64_t number);
    [[nodiscard]] Digest finish();

  private:
    struct State;
    struct Free {
        void operator()(State* state) const noexcept;
    };
    std::unique_ptr<State, Free> state_;
};

[[nodiscard]] std::string sha256_hex(std::string_view bytes);  // of files in manifests, FIPS 180-4

[[nodiscard]] bool verify(const PublicKey& key, std::string_view message,
                          const Signature& signature);

void random_bytes(std::span<std::uint8_t> out);
[[nodiscard]] std::string random_hex(std::size_t bytes);

[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);
[[nodiscard]] Result<Digest> digest_from_hex(std::string_view hex);  // SZ-CRYPTO-002

// "szid1…": Bech32m (BIP-350) over the public key. SZ-CRYPTO-003 says that it was mistyped.
[[nodiscard]] std::string client_id_text(const PublicKey& key);
[[nodiscard]] Result<PublicKey> client_id_key(std::string_view client_id);

}  // namespace sz
