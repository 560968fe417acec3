// SPDX-License-Identifier: AGPL-3.0-or-later
// A host's first words with somebody who has proven who they are: they say whether they begin a
// session or come back to one, and the owner finds the session, or makes one.
//
//   Greeting greeting(handshake.finish(), now);
//   greeting.receive(…) until it is here, then
//   known session: session.resume(greeting, now)
//   not known, greeting.begins(): Session::accept(greeting, …)
//   else, or when those fail: send greeting.refuse(error), close the transport.
//
// [kernel-thread]
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/net/secure_channel.hpp"
#include "kernel/net/session_frame.hpp"

namespace sz::net {

// What both ends derive from their first handshake: a name, and a secret that proves who began.
struct SessionSecret {
    std::string id;  // session_id_bytes
    SecretKey secret;

    [[nodiscard]] static SessionSecret of(const SecureChannel& channel);
    // That `role` is one of the two, on this connection and no other.
    [[nodiscard]] std::string proof(const SecureChannel& channel, noise::Role role) const;
};

class Greeting {
  public:
    Greeting(SecureChannel channel, SteadyMs now);

    // SZ-NET-043 it says something else first; as SecureChannel::receive.
    [[nodiscard]] Status receive(std::uint32_t channel, std::string_view bytes);
    [[nodiscard]] bool is_here() const { return hello_.has_value(); }
    // SZ-NET-046 from the deadline on, while nothing was said.
    [[nodiscard]] Status tick(SteadyMs now) const;
    [[nodiscard]] SteadyMs deadline() const { return deadline_; }

    [[nodiscard]] const std::string& peer_client_id() const { return channel_.peer_client_id(); }
    // Once it is here: the session's id, as Session::id(), and whether a new one will do.
    [[nodiscard]] const std::string& session() const { return hello_->session; }
    [[nodiscard]] bool begins() const { return !hello_->is_resumed; }

    // The last words, in order. Only an error of a session has a word of its own.
    [[nodiscard]] std::vector<Packet> refuse(const Error& error);

  private:
    friend class Session;
    SecureChannel channel_;
    SteadyMs deadline_;
    std::optional<Frame> hello_;
};

}  // namespace sz::net
