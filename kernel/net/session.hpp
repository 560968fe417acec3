// SPDX-License-Identifier: AGPL-3.0-or-later
// A conversation that outlives its connections: messages on two channels, each delivered once and
// in order, whatever happens to the path between.
//
//   greeting ──welcome──▸ up ──lost──▸ waiting ──reconnect──▸ returning ──welcome──▸ up …
//   each of them ──▸ ended
//
// Of who was connected to the session is up when the first word after its welcome has come: before,
// its player may not know it, and may begin another. Such a one can be forgotten; whoever was up
// comes back to that very session.
//
// What is sent is kept, in numbered pieces, until the peer has confirmed it. Over a new connection
// of the same two each side says which number it expects next, and what comes from there on is said
// again: a large message goes on where it was. Who comes back proves that it is who began, with a
// secret of the first handshake.
//
// The owner moves bytes: receive() what a transport brings, next_packet() whatever the transport
// has room for, take_events() after each call, tick() when next_tick() is due, lost() when the
// transport is closed. A packet that was taken must be sent before the next one of its channel, or
// the connection be given up. [kernel-thread]
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/net/boxes.hpp"
#include "kernel/net/greeting.hpp"
#include "kernel/net/secure_channel.hpp"
#include "kernel/net/session_frame.hpp"

namespace sz::net {

struct SessionOptions {
    SteadyMs grace_ms = limits::net_grace_ms;
    std::size_t unacknowledged_bytes_max = limits::net_unacknowledged_bytes_max;  // of a channel
    // Confirmed is after so many pieces or bytes, or so long. Each time costs the other side as
    // much as a message of its own.
    std::uint64_t seen_pieces = 256;
    std::size_t seen_bytes = 256 * limits::kib;
    SteadyMs seen_ms = 100;
};

struct SessionEvent {
    enum class Kind : std::uint8_t {
        up,       // the first time
        message,  // `channel`, `bytes`
        waiting,  // without a connection; `error` when it broke a rule and is to be closed
        back,     // over a new connection
        room,     // `channel` takes messages again, after SZ-NET-044
        ended,    // `bytes` is the reason of who ended it, or `error` says why
    };
    Kind kind = Kind::up;
    std::uint32_t channel = SZ_CHANNEL_PLAY;
    std::string bytes;
    std::optional<Error> error;
};

class Session {
  public:
    enum class State : std::uint8_t { greeting, up, waiting, returning, ended };

    // Who connected (the initiator of `channel`). SZ-NET-051: it is the other.
    [[nodiscard]] static Result<Session> open(SecureChannel channel, SessionOptions options,
                                              SteadyMs now);
    // Over another connection to the same peer, in any state but ended: an old connection is
    // dropped. SZ-NET-040 another identity, 049 ended; `channel` is lost then.
    [[nodiscard]] Status reconnect(SecureChannel channel, SteadyMs now);

    // Who was connected to. SZ-NET-041: the greeting wants a session that exists. On success the
    // greeting is used up.
    [[nodiscard]] static Result<Session> accept(Greeting& greeting, SessionOptions options,
                                                SteadyMs now);
    // The peer is back. SZ-NET-040 another identity, 048 without the secret, 042 numbers that
    // cannot be, 049 ended; then the session is as it was, and the greeting is there to be refused.
    [[nodiscard]] Status resume(Greeting& greeting, SteadyMs now);

    [[nodiscard]] const std::string& id() const { return secret_.id; }
    [[nodiscard]] const std::string& own_client_id() const { return own_; }
    [[nodiscard]] const std::string& peer_client_id() const { return peer_; }
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool was_up() const { return was_up_; }
    // Of the connection that there is; null while there is none.
    [[nodiscard]] const SecureChannel* connection() const {
        return channel_ ? &*channel_ : nullptr;
    }

    // Takes a message, in any state but ended. SZ-NET-044 too much is unconfirmed: `room` will
    // come. 025 longer than any may be, 049 ended.
    [[nodiscard]] Status send(std::uint32_t channel, std::string message);
    // How many pieces of what was sent nobody has taken yet with next_packet().
    [[nodiscard]] std::uint64_t unsaid(std::uint32_t channel) const {
        return pipes_[channel].out.unsaid();
    }
    // Ends it behind everything that was sent; without a connection at once. Here it has ended now:
    // the owner takes packets until connection() is null, then closes the transport. A longer
    // reason than limits::net_reason_bytes_max is cut.
    void end(std::string_view reason);
    // As SecureChannel::set_receive_limit.
    void set_receive_limit(std::uint32_t channel, std::size_t bytes_max);

    // What a transport brought. An error ends the connection, which the owner closes; the session
    // waits for another one, or has ended: the events say which. Codes of SecureChannel::receive,
    // SZ-NET-042 numbers that cannot be, 043 no frame, 045 not the next piece, 050 nothing due
    // here.
    [[nodiscard]] Status receive(std::uint32_t channel, std::string_view bytes, SteadyMs now);
    // The next packet for the transport, if there is one.
    [[nodiscard]] std::optional<Packet> next_packet(std::uint32_t channel);
    // The transport is closed, or is to be given up.
    void lost(SteadyMs now);

    [[nodiscard]] std::vector<SessionEvent> take_events();
    // When tick() is to be called at the latest.
    [[nodiscard]] std::optional<SteadyMs> next_tick() const;
    void tick(SteadyMs now);

  private:
    struct Pipe {
        Outbox out;
        Inbox in;
        bool wants_room = false;
    };

    Session(SecureChannel channel, SessionOptions options);
    [[nodiscard]] Numbers expected() const;
    void say(const Frame& frame);
    void greet(FrameKind kind, bool is_resumed);
    void connect(SecureChannel channel);
    [[nodiscard]] bool is_waiting_for_answer() const;
    void come_up();
    void drop(std::optional<Error> error, SteadyMs now);
    void finish(std::string reason, std::optional<Error> error);
    void note(SessionEvent::Kind kind);
    void confirm(const Numbers& next);
    void need_seen(std::size_t bytes, SteadyMs now);
    [[nodiscard]] bool could_expect(const Numbers& next) const;
    [[nodiscard]] Status take(Arrival& arrival, std::uint32_t channel, SteadyMs now);
    [[nodiscard]] Status take_frame(const Frame& frame, std::uint32_t channel, SteadyMs now);
    [[nodiscard]] Status take_welcome(const Frame& frame);
    [[nodiscard]] Status take_piece(const Frame& frame, std::uint32_t channel, SteadyMs now);
    void end_if_all_came();
    [[nodiscard]] std::string piece_frame(std::uint32_t channel);
    [[nodiscard]] std::optional<Packet> last_words();
    [[nodiscard]] std::optional<Packet> sealed(std::uint32_t channel, std::string_view frame);

    SessionOptions options_;
    std::optional<SecureChannel> channel_;
    SessionSecret secret_;
    std::string own_, peer_;
    State state_ = State::greeting;
    bool was_up_ = false;
    // Over this connection. Between channels there is no order: a host's bulk could overtake its
    // welcome, and waits for a word of the player.
    bool may_bulk_ = false;
    std::array<Pipe, channels> pipes_;

    std::deque<Packet> ready_;         // sealed already: answers to questions
    std::deque<std::string> control_;  // frames to be sealed before any piece
    bool is_seen_due_ = false;         // what came is to be confirmed now …
    std::optional<SteadyMs> seen_at_;  // … or then
    std::uint64_t unseen_pieces_ = 0;
    std::size_t unseen_bytes_ = 0;

    enum class Leaving : std::uint8_t { no, over, close };
    Leaving leaving_ = Leaving::no;
    std::string reason_;              // of this side
    std::optional<Numbers> over_at_;  // the peer's end is behind these …
    std::string over_reason_;         // … and this is why
    SteadyMs grace_until_ = 0, greet_until_ = 0;
    std::vector<SessionEvent> events_;
};

}  // namespace sz::net
