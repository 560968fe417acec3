// SPDX-License-Identifier: AGPL-3.0-or-later
// A host and a player who meet over nothing but a test's hands. With the same seeds they say the
// same bytes again.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "kernel/net/handshake.hpp"
#include "tests/support/test_key.hpp"

namespace sz::test {

inline constexpr std::uint32_t play = SZ_CHANNEL_PLAY, bulk = SZ_CHANNEL_BULK;

inline noise::KeyPair seeded_key(std::uint8_t seed) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(seed);
    return noise::KeyPair::of(SecretKey(bytes));
}

struct PairOptions {
    std::uint8_t seed = 1;  // of the connection's own keys; 0: new ones each time
    std::uint8_t player = 11, host = 22;
    std::vector<net::ExpectedPeer> expected{};  // by the player
    net::ChannelOptions channel{};
};

inline net::Signer signer_of(std::uint8_t seed) {
    return [seed](std::string_view message) {
        const Signature signature = TestKey(seed).sign(message);
        return Result<std::string>(std::string(signature.begin(), signature.end()));
    };
}

inline net::Handshake handshake_of(noise::Role role, const PairOptions& options) {
    const bool is_player = role == noise::Role::initiator;
    const std::uint8_t who = is_player ? options.player : options.host;
    net::HandshakeOptions ours{
        role, TestKey(who).client_id(), signer_of(who), {}, 1000, options.channel, {}};
    if (is_player) ours.expected = options.expected;
    if (options.seed != 0) {
        auto next = static_cast<std::uint8_t>(4 * options.seed + (is_player ? 0 : 2));
        ours.make_key = [next]() mutable { return seeded_key(next++); };
    }
    return net::Handshake::create(std::move(ours), 0).value();
}

// Both handshakes, done.
struct Met {
    std::optional<net::SecureChannel> player, host;
    std::vector<net::Packet> said;
};

inline Met meet(const PairOptions& options = {}) {
    net::Handshake player = handshake_of(noise::Role::initiator, options);
    net::Handshake host = handshake_of(noise::Role::responder, options);
    Met met;
    std::optional<net::Packet> next = player.start().value();
    for (bool is_from_player = true; next; is_from_player = !is_from_player) {
        met.said.push_back(*next);
        net::Handshake& to = is_from_player ? host : player;
        const net::Packet packet = std::move(*next);
        next = to.receive(packet.channel, packet.bytes, 10).value();
    }
    met.player.emplace(player.finish().value());
    met.host.emplace(host.finish().value());
    return met;
}

// Delivers records; what came as messages.
inline std::vector<std::string> deliver(net::SecureChannel& to,
                                        const std::vector<net::Packet>& records) {
    std::vector<std::string> messages;
    for (const net::Packet& record : records) {
        auto arrival = to.receive(record.channel, record.bytes).value();
        if (arrival.kind == net::Arrival::Kind::message)
            messages.push_back(std::move(arrival.bytes));
    }
    return messages;
}

// One word each way on play, so that bulk is open.
inline Met meet_and_greet(const PairOptions& options = {}) {
    Met met = meet(options);
    (void)deliver(*met.host, met.player->send(SZ_CHANNEL_PLAY, "hello").value());
    (void)deliver(*met.player, met.host->send(SZ_CHANNEL_PLAY, "welcome").value());
    return met;
}

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "" : result.error().code;
}

}  // namespace sz::test
