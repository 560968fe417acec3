// SPDX-License-Identifier: AGPL-3.0-or-later
// Secrets in memory: never swapped out where the system allows it, not in a core dump, wiped when
// they go.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <sz/cpp/result.hpp>

namespace identity {

using sz::plugin::Fault;
using sz::plugin::Result;
using sz::plugin::Status;

class SecretBytes {
  public:
    // Throws std::bad_alloc.
    explicit SecretBytes(std::size_t size);

    [[nodiscard]] std::uint8_t* data() noexcept { return bytes_.get(); }
    [[nodiscard]] const std::uint8_t* data() const noexcept { return bytes_.get(); }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

  private:
    struct Free {
        void operator()(std::uint8_t* bytes) const noexcept;  // wipes
    };
    std::unique_ptr<std::uint8_t, Free> bytes_;
    std::size_t size_;
};

// Overwrites ordinary text that held a secret on its way.
void wipe(std::string& text) noexcept;

// An Ed25519 key pair (RFC 8032). Its secret is the 32-byte seed.
class SigningKey {
  public:
    static constexpr std::size_t seed_bytes = 32;
    static constexpr std::size_t signature_bytes = 64;

    [[nodiscard]] static SigningKey random();
    [[nodiscard]] static SigningKey from_seed(const SecretBytes& seed);
    // Of a Secret Token. SZ-IDENTITY-012 says where it was mistyped.
    [[nodiscard]] static Result<SigningKey> from_token(std::string_view token);

    [[nodiscard]] std::string client_id() const;
    [[nodiscard]] std::string token() const;  // ordinary memory: wipe it
    [[nodiscard]] const std::uint8_t* seed() const noexcept { return secret_.data(); }
    [[nodiscard]] std::string sign(std::string_view message) const;

  private:
    SigningKey() : secret_(64) {}
    SecretBytes secret_;  // libsodium's form: the seed, then the public key
    std::array<std::uint8_t, 32> public_{};
};

}  // namespace identity
