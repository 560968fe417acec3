// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/crypto/noise.hpp"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "kernel/crypto/sodium_bytes.hpp"

namespace sz::noise {

static_assert(crypto_scalarmult_BYTES == key_bytes);
static_assert(crypto_hash_sha256_BYTES == std::tuple_size_v<Hash>);
static_assert(protocol_name.size() == std::tuple_size_v<Hash>);

namespace {

template <std::size_t N>
std::string_view view(const std::array<std::uint8_t, N>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), N};
}

tl::unexpected<Error> wrong_length() {
    return fail(ErrorKind::input, "SZ-CRYPTO-013",
                "A message of a handshake is shorter or longer than it may be.",
                "Both sides must run a program that speaks this protocol.");
}

tl::unexpected<Error> wrong_turn() {
    return fail(ErrorKind::internal, "SZ-CRYPTO-014",
                "A step of a handshake was asked for that is not its turn.");
}

}  // namespace

KeyPair KeyPair::of(SecretKey secret) {
    KeyPair pair{std::move(secret), {}};
    crypto_scalarmult_base(pair.open.data(), pair.secret.bytes().data());
    return pair;
}

// InitializeSymmetric: the name is exactly as long as the hash, and stands for itself.
SymmetricState::SymmetricState() {
    std::copy(protocol_name.begin(), protocol_name.end(), hash_.begin());
    chaining_key_ = SecretKey(hash_);
}

void SymmetricState::mix_hash(std::string_view data) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, hash_.data(), hash_.size());
    crypto_hash_sha256_update(&state, sodium_bytes(data), data.size());
    crypto_hash_sha256_final(&state, hash_.data());
}

void SymmetricState::mix_key(const SecretKey& input) {
    auto [chaining_key, key] = hkdf_two(chaining_key_, input.view());
    chaining_key_ = std::move(chaining_key);
    cipher_.emplace(std::move(key));
}

Status SymmetricState::encrypt_and_hash(std::string_view plain, std::string& out) {
    const std::size_t before = out.size();
    if (!cipher_) {
        out += plain;
    } else {
        SZ_TRY(cipher_->encrypt(view(hash_), plain, out));
    }
    mix_hash(std::string_view(out).substr(before));
    return {};
}

Status SymmetricState::decrypt_and_hash(std::string_view sealed, std::string& out) {
    if (!cipher_) {
        out += sealed;
    } else {
        SZ_TRY(cipher_->decrypt(view(hash_), sealed, out));
    }
    mix_hash(sealed);
    return {};
}

Agreed SymmetricState::split(Role role) const {
    auto [of_initiator, of_responder] = hkdf_two(chaining_key_, {});
    KeySource keys(chaining_key_, {"SessionZero keys v1\n", view(hash_)});
    if (role == Role::responder) std::swap(of_initiator, of_responder);
    return {CipherState(std::move(of_initiator)),
            CipherState(std::move(of_responder)),
            std::move(keys),
            hash_,
            {}};
}

HandshakeState::HandshakeState(Role role, std::string_view prologue, KeyPair own_static,
                               KeyPair ephemeral)
    : role_(role), static_(std::move(own_static)), ephemeral_(std::move(ephemeral)) {
    symmetric_.mix_hash(prologue);
}

bool HandshakeState::is_my_turn() const noexcept {
    return !is_over() && (messages_ % 2 == 0) == (role_ == Role::initiator);
}

Status HandshakeState::mix_dh(const KeyPair& mine, const DhKey& theirs) {
    SecretKey shared;
    // It fails when everything is zero: RFC 7748, section 6.1, a key chosen so that it gives no
    // secret.
    if (crypto_scalarmult(shared.bytes().data(), mine.secret.bytes().data(), theirs.data()) != 0) {
        return fail(ErrorKind::input, "SZ-CRYPTO-012",
                    "The other side sent a key from which no secret can be made.",
                    "This is no accident: somebody tries to read along.");
    }
    symmetric_.mix_key(shared);
    return {};
}

// The tokens after "s": the initiator's ephemeral with the responder's static ("es") in message 2,
// the initiator's static with the responder's ephemeral ("se") in message 3.
Status HandshakeState::mix_after_static(bool is_mine) {
    return is_mine ? mix_dh(static_, peer_ephemeral_) : mix_dh(ephemeral_, peer_static_);
}

Status HandshakeState::mix_before_static() {
    return messages_ == 1 ? mix_dh(ephemeral_, peer_ephemeral_) : Status{};
}

Status HandshakeState::write_static(std::string& out) {
    SZ_TRY(mix_before_static());
    SZ_TRY(symmetric_.encrypt_and_hash(view(static_.open), out));
    return mix_after_static(true);
}

Status HandshakeState::read_static(std::string_view& rest) {
    SZ_TRY(mix_before_static());
    const std::size_t size = key_bytes + tag_bytes;
    if (rest.size() < size) return wrong_length();
    std::string key;
    SZ_TRY(symmetric_.decrypt_and_hash(rest.substr(0, size), key));
    rest.remove_prefix(size);
    std::copy(key.begin(), key.end(), peer_static_.begin());
    return mix_after_static(false);
}

Result<std::string> HandshakeState::write(const Payload& payload) {
    if (!is_my_turn()) return wrong_turn();
    std::string out;
    if (messages_ < 2) {
        out += view(ephemeral_.open);
        symmetric_.mix_hash(view(ephemeral_.open));
    }
    if (messages_ > 0) SZ_TRY(write_static(out));
    SZ_ASSIGN(const std::string content, payload(symmetric_.hash()));
    if (out.size() + content.size() + tag_bytes > message_bytes_max) return wrong_length();
    SZ_TRY(symmetric_.encrypt_and_hash(content, out));
    ++messages_;
    return out;
}

Result<HandshakeState::Read> HandshakeState::read(std::string_view message) {
    if (is_over() || is_my_turn()) return wrong_turn();
    if (message.size() > message_bytes_max) return wrong_length();
    if (messages_ < 2) {
        if (message.size() < key_bytes) return wrong_length();
        std::copy_n(message.begin(), key_bytes, peer_ephemeral_.begin());
        symmetric_.mix_hash(message.substr(0, key_bytes));
        message.remove_prefix(key_bytes);
    }
    if (messages_ > 0) SZ_TRY(read_static(message));
    if (symmetric_.has_key() && message.size() < tag_bytes) return wrong_length();
    Read read{{}, symmetric_.hash()};
    SZ_TRY(symmetric_.decrypt_and_hash(message, read.payload));
    ++messages_;
    return read;
}

Result<Agreed> HandshakeState::finish() const {
    if (!is_over()) return wrong_turn();
    Agreed agreed = symmetric_.split(role_);
    agreed.peer = peer_static_;
    return agreed;
}

}  // namespace sz::noise
