// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/crypto/noise_cipher.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "kernel/crypto/sodium_bytes.hpp"

namespace sz::noise {

static_assert(crypto_aead_chacha20poly1305_IETF_KEYBYTES == SecretKey::size);
static_assert(crypto_aead_chacha20poly1305_IETF_ABYTES == tag_bytes);

namespace {

using Nonce = std::array<unsigned char, crypto_aead_chacha20poly1305_IETF_NPUBBYTES>;

// Section 12.3: 32 zero bits, then the number, little endian.
Nonce nonce_of(std::uint64_t number) {
    Nonce nonce{};
    for (std::size_t i = 0; i < 8; ++i)
        nonce[4 + i] = static_cast<unsigned char>(number >> (8 * i));
    return nonce;
}

tl::unexpected<Error> used_up() {
    return fail(ErrorKind::limit, "SZ-CRYPTO-010",
                "This connection has carried as many messages as its keys may seal.",
                "Connect again.");
}

}  // namespace

Status CipherState::encrypt(std::string_view associated, std::string_view plain, std::string& out) {
    if (next_ == nonce_reserved) return used_up();
    const std::size_t before = out.size();
    out.resize(before + plain.size() + tag_bytes);
    const Nonce nonce = nonce_of(next_++);
    crypto_aead_chacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(out.data()) + before,
                                              nullptr, sodium_bytes(plain), plain.size(),
                                              sodium_bytes(associated), associated.size(), nullptr,
                                              nonce.data(), key_.bytes().data());
    return {};
}

Status CipherState::decrypt(std::string_view associated, std::string_view sealed,
                            std::string& out) {
    if (next_ == nonce_reserved) return used_up();
    const std::size_t before = out.size();
    out.resize(before + std::max(sealed.size(), tag_bytes) - tag_bytes);
    const Nonce nonce = nonce_of(next_);
    const bool is_good = sealed.size() >= tag_bytes &&
                         crypto_aead_chacha20poly1305_ietf_decrypt(
                             reinterpret_cast<unsigned char*>(out.data()) + before, nullptr,
                             nullptr, sodium_bytes(sealed), sealed.size(), sodium_bytes(associated),
                             associated.size(), nonce.data(), key_.bytes().data()) == 0;
    if (!is_good) {
        out.resize(before);
        return fail(ErrorKind::input, "SZ-CRYPTO-011",
                    "A sealed message is not what its sender sealed.",
                    "It was changed on its way, or sealed with another key.");
    }
    ++next_;
    return {};
}

// Section 4.2: the first 32 bytes of what 32 zeros become under the reserved number.
void CipherState::rekey() {
    const std::array<unsigned char, SecretKey::size> zeros{};
    std::array<unsigned char, SecretKey::size + tag_bytes> sealed{};
    const Nonce nonce = nonce_of(nonce_reserved);
    crypto_aead_chacha20poly1305_ietf_encrypt(sealed.data(), nullptr, zeros.data(), zeros.size(),
                                              nullptr, 0, nullptr, nonce.data(),
                                              key_.bytes().data());
    std::copy_n(sealed.begin(), SecretKey::size, key_.bytes().begin());
    sodium_memzero(sealed.data(), sealed.size());
}

}  // namespace sz::noise
