// SPDX-License-Identifier: AGPL-3.0-or-later
// Two programs that talk: a session, the connection that carries it now, and the protocols that are
// spoken over it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "kernel/net/meeting/place.hpp"
#include "kernel/net/protocols/protocol_mux.hpp"
#include "kernel/net/session.hpp"

namespace sz::net {

// [kernel-thread] None of its events comes from inside one of its functions.
class Conversation : public std::enable_shared_from_this<Conversation> {
  public:
    struct Events {
        std::function<void()> waiting;  // nothing is heard from the other side; it is waited for
        std::function<void()> back;
        // The connection is gone, or silent, and whoever has called should call again.
        std::function<void()> call_again;
        std::function<void(const Error& why)> ended;  // the last; "SZ-NET-140" when in good order
    };

    Conversation(Place& place, Session session, bool is_caller);
    ~Conversation();
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    // How much is kept for the other side.
    [[nodiscard]] static SessionOptions session_options();

    void on(Events events) { events_ = std::move(events); }
    // Carries it from now on. After the session was opened, accepted, resumed or reconnected.
    void carry(std::unique_ptr<TransportConnection> path);

    [[nodiscard]] Session& session() { return session_; }
    [[nodiscard]] ProtocolMux& protocols() { return *mux_; }
    [[nodiscard]] const std::string& peer() const { return session_.peer_client_id(); }
    [[nodiscard]] const std::string& peer_address() const { return peer_address_; }
    void set_peer_address(std::string url) { peer_address_ = std::move(url); }
    [[nodiscard]] bool is_waiting() const { return is_waiting_; }
    // Who has called may stay. Of those that nobody admits a door rids itself soon.
    void admit() { is_admitted_ = true; }
    [[nodiscard]] bool is_admitted() const { return is_admitted_; }
    // Its last words are out, or nobody is there to hear them.
    [[nodiscard]] bool is_gone() const { return is_over_ && path_ == nullptr; }
    // Of the connection that there is: sz_transport.statistics.
    [[nodiscard]] Json statistics() const;

    // Behind everything that was sent.
    void end(const std::string& reason);

  private:
    void deviated(const Error& error);
    [[nodiscard]] bool has_room(std::uint32_t channel);
    void received(std::uint32_t channel, const std::string& bytes);
    void path_ended(const TransportEnd& end);
    void path_is(PathState state);
    void lose_path();
    void lose_path_without_channel();
    void pump();
    void pump(std::uint32_t channel);
    void take_events();
    void take(SessionEvent& event);
    void set_waiting(bool is_waiting);
    void watch();
    void finish(const Error& why);

    Place& place_;
    Session session_;
    Events events_;
    std::unique_ptr<TransportConnection> path_;
    std::string peer_address_;
    // What the transport had no room for; it goes first.
    std::array<std::optional<Packet>, channels> pending_;
    std::unique_ptr<ProtocolMux> mux_;
    std::array<bool, channels> has_room_{};
    bool bulk_waits_ = false;  // for the transport
    Alarm alarm_;
    std::size_t deviations_ = 0;
    bool is_waiting_ = false, is_pumping_ = false, is_again_ = false, is_over_ = false;
    bool is_admitted_ = false;
};

}  // namespace sz::net
