// SPDX-License-Identifier: AGPL-3.0-or-later
// Two programs prove to each other who they are and agree on keys, before any other byte. Four
// messages on the play channel:
//
//   1 →  "SZH", version, e                     36 bytes
//   2 ←  e, ee, s, es, proof of the responder  192
//   3 →  s, se, proof of the initiator         160
//   4 ←  "I know you", sealed                  16
//
// 1 to 3 are Noise XX (kernel/crypto/noise.hpp) with static keys that are new for each connection;
// a proof is an Ed25519 public key (RFC 8032) and its signature over the role, the static key and
// the hash of all that was said before: it fits no other handshake, place or side. The responder
// tells who it is to anybody who asks; the initiator only to whom it wants to meet: when another
// answers it stops before message 3. The responder learns the initiator from message 3, and says
// with 4 that it did.
//
// Bytes in, bytes out: the owner carries them, and tells the time. After an error it is over; the
// same error comes again. [kernel-thread]
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/limits.hpp"
#include "kernel/base/result.hpp"
#include "kernel/crypto/crypto.hpp"
#include "kernel/crypto/noise.hpp"
#include "kernel/net/expected_peer.hpp"
#include "kernel/net/packet.hpp"
#include "kernel/net/secure_channel.hpp"

namespace sz::net {

inline constexpr char handshake_version = 1;

// As Identity::sign: 64 bytes of Ed25519 over the message.
using Signer = std::function<Result<std::string>(std::string_view message)>;

struct HandshakeOptions {
    noise::Role role = noise::Role::initiator;
    std::string client_id;  // whose proof `sign` makes
    Signer sign;
    std::vector<ExpectedPeer> expected;  // all of them must fit whom the other proves to be
    SteadyMs patience_ms = limits::net_handshake_ms_max;
    ChannelOptions channel;
    // For a test that wants the same bytes again; otherwise random.
    std::function<noise::KeyPair()> make_key;
};

class Handshake {
  public:
    // SZ-CRYPTO-003: the own Client ID is none.
    [[nodiscard]] static Result<Handshake> create(HandshakeOptions options, SteadyMs now);

    // The initiator's first message; of a responder nothing. Once.
    [[nodiscard]] Result<std::optional<Packet>> start();

    // What a transport brought; gives what is to be sent.
    // SZ-NET-001 it does not speak this protocol, 002 a newer program, 003 a message of a wrong
    // length, 004 changed on the way (or a key that is none), 005 a wrong proof, 006 a message when
    // none is due or on the wrong channel, 007 too late, 008 the own identity gave no signature,
    // 010 and 011 another than expected; and what `sign` fails with.
    [[nodiscard]] Result<std::optional<Packet>> receive(std::uint32_t channel,
                                                        std::string_view bytes, SteadyMs now);

    // SZ-NET-007 from the deadline on, while it is not done.
    [[nodiscard]] Status tick(SteadyMs now);
    [[nodiscard]] SteadyMs deadline() const noexcept { return deadline_; }
    // SZ-NET-009 when the transport ends before it is done.
    [[nodiscard]] Status transport_closed();

    [[nodiscard]] bool is_done() const noexcept { return state_ == State::done; }
    // Whom the other has proven to be; empty before.
    [[nodiscard]] const std::string& peer_client_id() const noexcept { return peer_; }

    // Only when it is done; then it is of no more use. SZ-NET-006.
    [[nodiscard]] Result<SecureChannel> finish();

  private:
    enum class State : std::uint8_t { starting, waiting, confirming, done, over };

    Handshake(HandshakeOptions options, PublicKey own, SteadyMs now);
    [[nodiscard]] Result<std::optional<Packet>> step(std::uint32_t channel, std::string_view bytes,
                                                     SteadyMs now);
    [[nodiscard]] Result<std::optional<Packet>> read_noise(std::string_view bytes);
    [[nodiscard]] Result<std::optional<Packet>> write_noise(std::string begin);
    [[nodiscard]] Status confirm(std::string_view bytes);
    [[nodiscard]] Result<std::string> proof(const noise::Hash& so_far) const;
    [[nodiscard]] Status take_proof(const noise::HandshakeState::Read& read);
    [[nodiscard]] bool is_initiator() const { return options_.role == noise::Role::initiator; }

    HandshakeOptions options_;
    PublicKey own_{};
    noise::HandshakeState noise_;
    std::optional<noise::Agreed> agreed_;
    State state_ = State::starting;
    SteadyMs deadline_ = 0;
    std::string peer_;
    std::optional<Error> failure_;
};

}  // namespace sz::net
