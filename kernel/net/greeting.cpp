// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/greeting.hpp"

#include <utility>

namespace sz::net {

SessionSecret SessionSecret::of(const SecureChannel& channel) {
    const SecretKey name = channel.key("SessionZero session id v1");
    return {std::string(name.view().substr(0, session_id_bytes)),
            channel.key("SessionZero session secret v1")};
}

std::string SessionSecret::proof(const SecureChannel& channel, noise::Role role) const {
    const std::string_view who = role == noise::Role::initiator ? "initiator\n" : "responder\n";
    const auto& hash = channel.hash();
    const std::string_view connection(reinterpret_cast<const char*>(hash.data()), hash.size());
    const SecretKey made = hmac_sha256(secret, {"SessionZero resume v1 ", who, connection, id});
    return std::string(made.view());
}

Greeting::Greeting(SecureChannel channel, SteadyMs now)
    : channel_(std::move(channel)), deadline_(now + limits::net_handshake_ms_max) {}

Status Greeting::receive(std::uint32_t channel, std::string_view bytes) {
    SZ_ASSIGN(const Arrival arrival, channel_.receive(channel, bytes));
    if (arrival.kind != Arrival::Kind::message || is_here())
        return no_frame("it does not greet first");
    SZ_ASSIGN(Frame frame, read_frame(arrival.bytes));
    if (frame.kind != FrameKind::hello) return no_frame("it does not greet first");
    hello_ = std::move(frame);
    return {};
}

Status Greeting::tick(SteadyMs now) const {
    if (is_here() || now < deadline_) return {};
    return fail(ErrorKind::environment, "SZ-NET-046", "The other side did not greet in time.",
                "Connect again.");
}

std::vector<Packet> Greeting::refuse(const Error& error) {
    std::vector<Packet> packets;
    for (const Refusal refusal : {Refusal::identity, Refusal::unknown, Refusal::numbers,
                                  Refusal::proof, Refusal::over, Refusal::full}) {
        if (refusal_error(refusal).code != error.code) continue;
        Frame frame;
        frame.kind = FrameKind::refusal;
        frame.refusal = refusal;
        if (auto said = channel_.send(SZ_CHANNEL_PLAY, write_frame(frame))) packets = *said;
    }
    if (auto end = channel_.close(error.message)) packets.push_back(std::move(*end));
    return packets;
}

}  // namespace sz::net
