// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/crypto/crypto.hpp"

#include <sodium.h>
#include <sz/client_id.h>

namespace sz {

static_assert(crypto_sign_PUBLICKEYBYTES == std::tuple_size_v<PublicKey>);
static_assert(crypto_sign_BYTES == std::tuple_size_v<Signature>);
static_assert(crypto_generichash_BYTES == std::tuple_size_v<Digest>);

namespace {

// libsodium wants its own unsigned char; text and bytes are the same to a hash.
const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::array<std::uint8_t, 8> little_endian(std::uint64_t number) {
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    return bytes;
}

}  // namespace

Status crypto_init() {
    if (sodium_init() < 0) {
        return fail(ErrorKind::environment, "SZ-CRYPTO-001",
                    "The cryptographic library could not be started.",
                    "Check that the system offers random numbers (/dev/urandom) and that libsodium "
                    "is installed.");
    }
    return {};
}

Digest blake2b(std::span<const std::uint8_t> bytes) {
    Digest digest;
    crypto_generichash(digest.data(), digest.size(), bytes.data(), bytes.size(), nullptr, 0);
    return digest;
}

Digest blake2b(std::string_view bytes) { return blake2b(std::span(bytes_of(bytes), bytes.size())); }

struct Hasher::State {
    crypto_generichash_state hash;
};

void Hasher::Free::operator()(State* state) const noexcept { delete state; }

Hasher::Hasher(std::string_view domain) : state_(new State) {
    crypto_generichash_init(&state_->hash, nullptr, 0, std::tuple_size_v<Digest>);
    add(domain);
}

Hasher& Hasher::add(std::string_view piece) {
    return add(std::span(bytes_of(piece), piece.size()));
}

Hasher& Hasher::add(std::span<const std::uint8_t> piece) {
    const auto size = little_endian(piece.size());
    crypto_generichash_update(&state_->hash, size.data(), size.size());
    crypto_generichash_update(&state_->hash, piece.data(), piece.size());
    return *this;
}

Hasher& Hasher::add(std::uint64_t number) {
    const auto bytes = little_endian(number);
    return add(std::span<const std::uint8_t>(bytes));
}

Digest Hasher::finish() {
    Digest digest;
    crypto_generichash_final(&state_->hash, digest.data(), digest.size());
    return digest;
}

std::string sha256_hex(std::string_view bytes) {
    std::array<std::uint8_t, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), bytes_of(bytes), bytes.size());
    return to_hex(digest);
}

bool verify(const PublicKey& key, std::string_view message, const Signature& signature) {
    return crypto_sign_verify_detached(signature.data(), bytes_of(message), message.size(),
                                       key.data()) == 0;
}

void random_bytes(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

std::string random_hex(std::size_t bytes) {
    std::string raw(bytes, '\0');
    randombytes_buf(raw.data(), raw.size());
    return to_hex(std::span(bytes_of(raw), raw.size()));
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

Result<Digest> digest_from_hex(std::string_view hex) {
    Digest digest;
    const bool is_plain = hex.find_first_not_of("0123456789abcdef") == hex.npos;
    if (!is_plain || hex.size() != digest.size() * 2 ||
        sodium_hex2bin(digest.data(), digest.size(), hex.data(), hex.size(), nullptr, nullptr,
                       nullptr) != 0) {
        return fail(ErrorKind::input, "SZ-CRYPTO-002",
                    "This is not a digest: it must be 64 digits of 0-9 and a-f.",
                    "Copy the whole digest again.");
    }
    return digest;
}

std::string client_id_text(const PublicKey& key) {
    char text[SZ_KEY_TEXT_MAX];
    sz_key_text(SZ_CLIENT_ID_PREFIX, key.data(), text);
    return text;
}

Result<PublicKey> client_id_key(std::string_view client_id) {
    PublicKey key;
    const sz_key_fault fault =
        sz_key_read(SZ_CLIENT_ID_PREFIX, client_id.data(), client_id.size(), key.data());
    if (fault.what == SZ_KEY_OK) return key;
    char message[SZ_KEY_MESSAGE_MAX];
    sz_key_message(SZ_CLIENT_ID_PREFIX, fault, message);
    return fail(ErrorKind::input, "SZ-CRYPTO-003", message,
                "Copy the whole Client ID from where it is shown, and paste it.");
}

}  // namespace sz
