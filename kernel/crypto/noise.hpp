// SPDX-License-Identifier: AGPL-3.0-or-later
// Noise_XX_25519_ChaChaPoly_SHA256 of the Noise Protocol Framework, revision 34
// (noiseprotocol.org/noise.html): two that do not know each other agree on keys that nobody between
// them has, and each learns the other's static key.
//
//   -> e
//   <- e, ee, s, es
//   -> s, se
//
// X25519 is RFC 7748. A state is for one handshake and one thread at a time; after an error it is
// of no more use. [kernel-thread]
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/result.hpp"
#include "kernel/crypto/key_derivation.hpp"
#include "kernel/crypto/noise_cipher.hpp"
#include "kernel/crypto/secret_key.hpp"

namespace sz::noise {

inline constexpr std::string_view protocol_name = "Noise_XX_25519_ChaChaPoly_SHA256";
inline constexpr std::size_t key_bytes = 32;
inline constexpr std::size_t message_bytes_max = 65535;  // section 3

using Hash = std::array<std::uint8_t, 32>;   // SHA-256
using DhKey = std::array<std::uint8_t, 32>;  // a public key of X25519
enum class Role : std::uint8_t { initiator, responder };

struct KeyPair {
    SecretKey secret;
    DhKey open{};  // the public key

    [[nodiscard]] static KeyPair of(SecretKey secret);
    [[nodiscard]] static KeyPair random() { return of(SecretKey::random()); }
};

// What both ends have at the end.
struct Agreed {
    CipherState send;
    CipherState receive;
    KeySource keys;  // from the last chaining key and the hash of the handshake
    Hash hash{};     // section 11.2: names this handshake and nothing else
    DhKey peer{};    // the other's static key
};

// Section 5.2.
class SymmetricState {
  public:
    SymmetricState();
    void mix_hash(std::string_view data);
    void mix_key(const SecretKey& input);
    [[nodiscard]] Status encrypt_and_hash(std::string_view plain, std::string& out);
    [[nodiscard]] Status decrypt_and_hash(std::string_view sealed, std::string& out);
    [[nodiscard]] bool has_key() const noexcept { return cipher_.has_value(); }
    [[nodiscard]] const Hash& hash() const noexcept { return hash_; }
    // Split(), and the source of all other keys.
    [[nodiscard]] Agreed split(Role role) const;

  private:
    SecretKey chaining_key_;
    Hash hash_{};
    std::optional<CipherState> cipher_;
};

// Section 5.3, for the pattern XX.
class HandshakeState {
  public:
    // Makes a payload when the hash is known as it stands before the payload: it names everything
    // up to there, so that a signature over it fits no other handshake.
    using Payload = std::function<Result<std::string>(const Hash& so_far)>;
    struct Read {
        std::string payload;
        Hash so_far{};  // what the sender's Payload was given
    };

    // A key pair is for one handshake only, unless a test wants to know what comes out.
    HandshakeState(Role role, std::string_view prologue, KeyPair own_static, KeyPair ephemeral);

    [[nodiscard]] bool is_my_turn() const noexcept;
    [[nodiscard]] bool is_over() const noexcept { return messages_ == 3; }
    [[nodiscard]] int messages() const noexcept { return messages_; }  // written and read so far

    // Only when it is this side's turn (SZ-CRYPTO-014). SZ-CRYPTO-013: too long. What `payload`
    // fails with.
    [[nodiscard]] Result<std::string> write(const Payload& payload);
    // Only when it is the other's turn (SZ-CRYPTO-014). SZ-CRYPTO-011 not what was sent, 012 a key
    // that gives no secret, 013 too short or too long.
    [[nodiscard]] Result<Read> read(std::string_view message);

    // Of the other side, from the message on that brings it.
    [[nodiscard]] const DhKey& peer() const noexcept { return peer_static_; }
    [[nodiscard]] const DhKey& own() const noexcept { return static_.open; }
    // Once it is over (SZ-CRYPTO-014).
    [[nodiscard]] Result<Agreed> finish() const;

  private:
    [[nodiscard]] Status mix_dh(const KeyPair& mine, const DhKey& theirs);
    [[nodiscard]] Status write_static(std::string& out);
    [[nodiscard]] Status read_static(std::string_view& rest);
    [[nodiscard]] Status mix_before_static();  // ee
    [[nodiscard]] Status mix_after_static(bool is_mine);

    Role role_;
    SymmetricState symmetric_;
    KeyPair static_, ephemeral_;
    DhKey peer_static_{}, peer_ephemeral_{};
    int messages_ = 0;
};

}  // namespace sz::noise
