// SPDX-License-Identifier: AGPL-3.0-or-later
// Of a session: what is sent, what ends, and the time. session_link.cpp has what comes in.
#include "kernel/net/session.hpp"

#include <algorithm>
#include <utility>

namespace sz::net {

Session::Session(SecureChannel channel, SessionOptions options)
    : options_(options),
      channel_(std::move(channel)),
      secret_(SessionSecret::of(*channel_)),
      own_(channel_->own_client_id()),
      peer_(channel_->peer_client_id()),
      pipes_{
          Pipe{{piece_content_max(SZ_CHANNEL_PLAY), options.unacknowledged_bytes_max}, {}, false},
          Pipe{{piece_content_max(SZ_CHANNEL_BULK), options.unacknowledged_bytes_max}, {}, false}} {
    for (std::uint32_t i = 0; i < channels; ++i)
        set_receive_limit(i, limits::net_stranger_message_bytes_max);
}

void Session::set_receive_limit(std::uint32_t channel, std::size_t bytes_max) {
    if (channel < channels)
        pipes_[channel].in.set_bytes_max(std::min(bytes_max, message_bytes_max(channel)));
}

Status Session::send(std::uint32_t channel, std::string message) {
    if (state_ == State::ended) return fail(refusal_error(Refusal::over));
    if (channel >= channels || message.size() > message_bytes_max(channel)) {
        return fail(
            ErrorKind::limit, "SZ-NET-025",
            "A message of " + std::to_string(message.size()) + " bytes is too long to send.",
            "Send it in parts.");
    }
    Pipe& pipe = pipes_[channel];
    if (!pipe.out.has_room(message.size())) {
        pipe.wants_room = true;
        return fail(ErrorKind::limit, "SZ-NET-044",
                    "Too much waits for the other side to confirm it.",
                    "Wait until it has confirmed something.");
    }
    pipe.out.push(std::move(message));
    return {};
}

void Session::end(std::string_view reason) {
    if (state_ == State::ended) return;
    reason_ = cut_reason(reason);
    const bool can_say_so = state_ == State::up;
    finish(reason_, std::nullopt);
    if (can_say_so) {
        leaving_ = Leaving::over;
    } else {
        channel_.reset();
    }
}

std::optional<Packet> Session::sealed(std::uint32_t channel, std::string_view frame) {
    auto record = channel_->send_one(channel, frame);
    if (!record) return std::nullopt;  // closed, by this side
    return std::move(*record);
}

std::string Session::piece_frame(std::uint32_t channel) {
    const Outbox::Piece piece = *pipes_[channel].out.take();
    Frame frame;
    frame.number = piece.number;
    frame.is_last = piece.is_last;
    frame.content = piece.content;
    frame.has_seen = channel == SZ_CHANNEL_PLAY && (is_seen_due_ || seen_at_);
    if (frame.has_seen) {
        frame.next = expected();
        is_seen_due_ = false;
        seen_at_.reset();
        unseen_pieces_ = unseen_bytes_ = 0;
    }
    return write_frame(frame);
}

std::optional<Packet> Session::next_packet(std::uint32_t channel) {
    if (!channel_ || channel >= channels) return std::nullopt;
    if (channel == SZ_CHANNEL_PLAY && !ready_.empty()) {
        Packet packet = std::move(ready_.front());
        ready_.pop_front();
        return packet;
    }
    if (channel == SZ_CHANNEL_PLAY && !control_.empty()) {
        const std::string frame = std::move(control_.front());
        control_.pop_front();
        return sealed(channel, frame);
    }
    const bool is_talking = state_ == State::up || leaving_ == Leaving::over;
    if (!is_talking) return channel == SZ_CHANNEL_PLAY ? last_words() : std::nullopt;
    if (channel == SZ_CHANNEL_PLAY && is_seen_due_ && !pipes_[channel].out.has_more()) {
        Frame seen;
        seen.kind = FrameKind::seen;
        seen.next = expected();
        is_seen_due_ = false;
        seen_at_.reset();
        unseen_pieces_ = unseen_bytes_ = 0;
        return sealed(channel, write_frame(seen));
    }
    const bool may_say = channel == SZ_CHANNEL_PLAY || may_bulk_;
    if (may_say && pipes_[channel].out.has_more()) return sealed(channel, piece_frame(channel));
    return channel == SZ_CHANNEL_PLAY ? last_words() : std::nullopt;
}

// The session is over when all pieces have been said; then the connection is closed.
std::optional<Packet> Session::last_words() {
    if (leaving_ == Leaving::over) {
        for (const Pipe& pipe : pipes_) {
            if (pipe.out.has_more()) return std::nullopt;
        }
        Frame over;
        over.kind = FrameKind::over;
        for (std::size_t i = 0; i < channels; ++i) over.next[i] = pipes_[i].out.end();
        over.content = reason_;
        leaving_ = Leaving::close;
        return sealed(SZ_CHANNEL_PLAY, write_frame(over));
    }
    if (leaving_ == Leaving::close) {
        leaving_ = Leaving::no;
        auto packet = channel_->close(reason_);
        channel_.reset();
        if (packet) return std::move(*packet);
    }
    return std::nullopt;
}

void Session::note(SessionEvent::Kind kind) { events_.push_back({kind, SZ_CHANNEL_PLAY, {}, {}}); }

void Session::finish(std::string reason, std::optional<Error> error) {
    state_ = State::ended;
    events_.push_back(
        {SessionEvent::Kind::ended, SZ_CHANNEL_PLAY, std::move(reason), std::move(error)});
}

void Session::drop(std::optional<Error> error, SteadyMs now) {
    channel_.reset();
    ready_.clear();
    control_.clear();
    is_seen_due_ = false;
    seen_at_.reset();
    leaving_ = Leaving::no;
    if (state_ == State::ended) return;
    // The other side has ended it, and only bulk was still under way: it will not be back.
    if (over_at_) return finish(std::move(over_reason_), std::nullopt);
    // Trying in vain to come back gives no new time.
    if (state_ == State::up || state_ == State::greeting) grace_until_ = now + options_.grace_ms;
    state_ = State::waiting;
    events_.push_back({SessionEvent::Kind::waiting, SZ_CHANNEL_PLAY, {}, std::move(error)});
}

void Session::lost(SteadyMs now) {
    if (channel_) drop(std::nullopt, now);
}

std::vector<SessionEvent> Session::take_events() { return std::exchange(events_, {}); }

std::optional<SteadyMs> Session::next_tick() const {
    switch (state_) {
        case State::greeting:
        case State::returning: return greet_until_;
        case State::waiting: return grace_until_;
        case State::up: return seen_at_;
        case State::ended: break;
    }
    return std::nullopt;
}

void Session::tick(SteadyMs now) {
    if (state_ == State::waiting && now >= grace_until_) {
        finish({}, Error{ErrorKind::environment,
                         "SZ-NET-047",
                         "The connection did not come back in time, and the session has ended.",
                         "Join anew.",
                         {}});
    }
    const bool is_greeting = state_ == State::greeting || state_ == State::returning;
    if (is_greeting && now >= greet_until_) {
        drop(Error{ErrorKind::environment,
                   "SZ-NET-046",
                   "The other side did not greet in time.",
                   "Connect again.",
                   {}},
             now);
    }
    if (seen_at_ && now >= *seen_at_) {
        seen_at_.reset();
        is_seen_due_ = true;
    }
}

}  // namespace sz::net
