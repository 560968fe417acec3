// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/crypto/key_derivation.hpp"

#include <sodium.h>

#include "kernel/crypto/sodium_bytes.hpp"

namespace sz {

static_assert(crypto_auth_hmacsha256_BYTES == SecretKey::size);

SecretKey hmac_sha256(const SecretKey& key, std::initializer_list<std::string_view> pieces) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.bytes().data(), key.bytes().size());
    for (const std::string_view piece : pieces) {
        crypto_auth_hmacsha256_update(&state, sodium_bytes(piece), piece.size());
    }
    SecretKey out;
    crypto_auth_hmacsha256_final(&state, out.bytes().data());
    sodium_memzero(&state, sizeof state);
    return out;
}

std::pair<SecretKey, SecretKey> hkdf_two(const SecretKey& chaining_key, std::string_view input) {
    const SecretKey temporary = hmac_sha256(chaining_key, {input});
    SecretKey first = hmac_sha256(temporary, {"\x01"});
    SecretKey second = hmac_sha256(temporary, {first.view(), "\x02"});
    return {std::move(first), std::move(second)};
}

KeySource::KeySource(const SecretKey& salt, std::initializer_list<std::string_view> input)
    : pseudo_random_(hmac_sha256(salt, input)) {}

SecretKey KeySource::key(std::string_view label) const {
    return hmac_sha256(pseudo_random_, {label, "\x01"});
}

}  // namespace sz
