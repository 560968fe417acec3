// SPDX-License-Identifier: AGPL-3.0-or-later
// Keys from keys: HMAC-SHA256 (RFC 2104, FIPS 180-4) and HKDF over it (RFC 5869). [any-thread]
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

#include "kernel/crypto/secret_key.hpp"

namespace sz {

// Of the pieces one after the other: who calls this sees to it that they cannot run together.
[[nodiscard]] SecretKey hmac_sha256(const SecretKey& key,
                                    std::initializer_list<std::string_view> pieces);

// HKDF(chaining_key, input_key_material, 2) of the Noise Protocol Framework, section 4.3: what
// RFC 5869 makes with an empty info.
[[nodiscard]] std::pair<SecretKey, SecretKey> hkdf_two(const SecretKey& chaining_key,
                                                       std::string_view input);

// Gives out keys under labels, all from one secret: HKDF-Expand of RFC 5869, section 2.3. Two ends
// with the same secret get the same key for a label; a key says nothing about another.
class KeySource {
  public:
    // HKDF-Extract of RFC 5869, section 2.2.
    KeySource(const SecretKey& salt, std::initializer_list<std::string_view> input);

    [[nodiscard]] SecretKey key(std::string_view label) const;

  private:
    SecretKey pseudo_random_;
};

}  // namespace sz
