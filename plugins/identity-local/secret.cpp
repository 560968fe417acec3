// SPDX-License-Identifier: AGPL-3.0-or-later
#include "secret.hpp"

#include <sodium.h>
#include <sz/client_id.h>

#include <new>

namespace identity {

static_assert(crypto_sign_SEEDBYTES == SigningKey::seed_bytes &&
              SZ_KEY_BYTES == SigningKey::seed_bytes);
static_assert(crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_BYTES == SigningKey::signature_bytes);

SecretBytes::SecretBytes(std::size_t size)
    : bytes_(static_cast<std::uint8_t*>(sodium_malloc(size))), size_(size) {
    if (bytes_ == nullptr) throw std::bad_alloc();
}

void SecretBytes::Free::operator()(std::uint8_t* bytes) const noexcept { sodium_free(bytes); }

void wipe(std::string& text) noexcept {
    sodium_memzero(text.data(), text.size());
    text.clear();
}

SigningKey SigningKey::random() {
    SecretBytes seed(seed_bytes);
    randombytes_buf(seed.data(), seed.size());
    return from_seed(seed);
}

SigningKey SigningKey::from_seed(const SecretBytes& seed) {
    SigningKey key;
    crypto_sign_seed_keypair(key.public_.data(), key.secret_.data(), seed.data());
    return key;
}

Result<SigningKey> SigningKey::from_token(std::string_view token) {
    SecretBytes seed(seed_bytes);
    const sz_key_fault fault =
        sz_key_read(SZ_SECRET_TOKEN_PREFIX, token.data(), token.size(), seed.data());
    if (fault.what == SZ_KEY_OK) return from_seed(seed);
    char message[SZ_KEY_MESSAGE_MAX];
    sz_key_message(SZ_SECRET_TOKEN_PREFIX, fault, message);
    return sz::plugin::invalid("SZ-IDENTITY-012", message,
                               "Copy the whole Secret Token again from where you keep it.");
}

std::string SigningKey::client_id() const {
    char text[SZ_KEY_TEXT_MAX];
    sz_key_text(SZ_CLIENT_ID_PREFIX, public_.data(), text);
    return text;
}

std::string SigningKey::token() const {
    char text[SZ_KEY_TEXT_MAX];
    sz_key_text(SZ_SECRET_TOKEN_PREFIX, secret_.data(), text);
    std::string token = text;
    sodium_memzero(text, sizeof text);
    return token;
}

std::string SigningKey::sign(std::string_view message) const {
    std::string signature(signature_bytes, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                         secret_.data());
    return signature;
}

}  // namespace identity
