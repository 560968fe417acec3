// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/crypto/secret_key.hpp"

#include <sodium.h>

#include <algorithm>

namespace sz {

SecretKey::SecretKey(std::span<const std::uint8_t, size> bytes) {
    std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) {
    sodium_memzero(other.bytes_.data(), size);
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
    if (this == &other) return *this;
    bytes_ = other.bytes_;
    sodium_memzero(other.bytes_.data(), size);
    return *this;
}

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), size); }

SecretKey SecretKey::random() {
    SecretKey key;
    randombytes_buf(key.bytes_.data(), size);
    return key;
}

std::string_view SecretKey::view() const noexcept {
    return {reinterpret_cast<const char*>(bytes_.data()), size};
}

bool equal_secrets(std::string_view one, std::string_view other) noexcept {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace sz
