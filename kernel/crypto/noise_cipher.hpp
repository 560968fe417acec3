// SPDX-License-Identifier: AGPL-3.0-or-later
// The CipherState of the Noise Protocol Framework, revision 34, section 5.1, with ChaCha20-Poly1305
// (RFC 8439): a key and the number of the next message. [kernel-thread]
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/base/result.hpp"
#include "kernel/crypto/secret_key.hpp"

namespace sz::noise {

inline constexpr std::size_t tag_bytes = 16;
inline constexpr std::uint64_t nonce_reserved = ~std::uint64_t{0};  // for REKEY()

class CipherState {
  public:
    explicit CipherState(SecretKey key) : key_(std::move(key)) {}

    // EncryptWithAd: what is written behind `out` is tag_bytes longer than `plain`.
    // SZ-CRYPTO-010: all numbers are used up.
    [[nodiscard]] Status encrypt(std::string_view associated, std::string_view plain,
                                 std::string& out);
    // DecryptWithAd: writes behind `out`. SZ-CRYPTO-011: it is not what was encrypted; then nothing
    // is written and the number stays. SZ-CRYPTO-010.
    [[nodiscard]] Status decrypt(std::string_view associated, std::string_view sealed,
                                 std::string& out);
    // REKEY(): a key from which the old one cannot be found. The number goes on.
    void rekey();

    [[nodiscard]] std::uint64_t next() const noexcept { return next_; }  // n
    void set_next(std::uint64_t next) noexcept { next_ = next; }         // SetNonce

  private:
    SecretKey key_;
    std::uint64_t next_ = 0;
};

}  // namespace sz::noise
