// SPDX-License-Identifier: AGPL-3.0-or-later
// Of a session: how it begins and goes on over another connection, and what comes in.
#include <algorithm>
#include <utility>

#include "kernel/net/session.hpp"

namespace sz::net {

namespace {

constexpr std::size_t answers_max = 64;  // that wait for room in the transport

tl::unexpected<Error> refused_because(Refusal refusal) { return fail(refusal_error(refusal)); }

tl::unexpected<Error> wrong_side() {
    return fail(ErrorKind::internal, "SZ-NET-051",
                "A session was begun at the wrong end of its connection.");
}

}  // namespace

Result<Session> Session::open(SecureChannel channel, SessionOptions options, SteadyMs now) {
    if (channel.role() != noise::Role::initiator) return wrong_side();
    Session session(std::move(channel), options);
    session.greet_until_ = now + limits::net_handshake_ms_max;
    session.greet(FrameKind::hello, false);
    return session;
}

Status Session::reconnect(SecureChannel channel, SteadyMs now) {
    if (state_ == State::ended) return refused_because(Refusal::over);
    if (channel.role() != noise::Role::initiator) return wrong_side();
    if (channel.peer_client_id() != peer_ || channel.own_client_id() != own_)
        return refused_because(Refusal::identity);
    if (channel_) drop(std::nullopt, now);
    if (state_ == State::ended) return refused_because(Refusal::over);  // with that connection
    connect(std::move(channel));
    state_ = State::returning;
    greet_until_ = now + limits::net_handshake_ms_max;
    greet(FrameKind::hello, was_up_);
    return {};
}

Result<Session> Session::accept(Greeting& greeting, SessionOptions options, SteadyMs now) {
    if (greeting.channel_.role() != noise::Role::responder) return wrong_side();
    if (!greeting.is_here() || !greeting.begins()) return refused_because(Refusal::unknown);
    Session session(std::move(greeting.channel_), options);
    session.greet_until_ = now + limits::net_handshake_ms_max;
    session.greet(FrameKind::welcome, false);
    return session;
}

Status Session::resume(Greeting& greeting, SteadyMs now) {
    const SecureChannel& channel = greeting.channel_;
    if (state_ == State::ended) return refused_because(Refusal::over);
    if (channel.role() != noise::Role::responder || !greeting.is_here()) return wrong_side();
    const Frame& hello = *greeting.hello_;
    if (channel.peer_client_id() != peer_ || channel.own_client_id() != own_)
        return refused_because(Refusal::identity);
    const std::string proof = secret_.proof(channel, noise::Role::initiator);
    if (hello.session != id() || !equal_secrets(hello.proof, proof))
        return refused_because(Refusal::proof);
    if (!could_expect(hello.next)) return refused_because(Refusal::numbers);
    if (channel_) drop(std::nullopt, now);
    if (state_ == State::ended) return refused_because(Refusal::over);  // with that connection
    connect(std::move(greeting.channel_));
    for (std::size_t i = 0; i < channels; ++i) pipes_[i].out.go_on_from(hello.next[i]);
    confirm(hello.next);
    greet(FrameKind::welcome, true);
    state_ = State::greeting;
    greet_until_ = now + limits::net_handshake_ms_max;
    if (was_up_) come_up();
    return {};
}

void Session::connect(SecureChannel channel) {
    channel_.emplace(std::move(channel));
    unseen_pieces_ = unseen_bytes_ = 0;
    may_bulk_ = false;
}

Numbers Session::expected() const {
    Numbers numbers{};
    for (std::size_t i = 0; i < channels; ++i) numbers[i] = pipes_[i].in.expected();
    return numbers;
}

bool Session::could_expect(const Numbers& next) const {
    for (std::size_t i = 0; i < channels; ++i) {
        if (!pipes_[i].out.could_expect(next[i])) return false;
    }
    return true;
}

void Session::greet(FrameKind kind, bool is_resumed) {
    Frame frame;
    frame.kind = kind;
    frame.is_resumed = is_resumed;
    frame.session = id();
    frame.proof = secret_.proof(*channel_, channel_->role());
    frame.next = expected();
    control_.push_back(write_frame(frame));
}

bool Session::is_waiting_for_answer() const {
    const bool is_greeting = state_ == State::greeting || state_ == State::returning;
    return is_greeting && channel_ && channel_->role() == noise::Role::initiator;
}

void Session::come_up() {
    state_ = State::up;
    note(was_up_ ? SessionEvent::Kind::back : SessionEvent::Kind::up);
    was_up_ = true;
}

Status Session::receive(std::uint32_t channel, std::string_view bytes, SteadyMs now) {
    if (!channel_ || state_ == State::ended) return {};  // what was still under way
    auto arrival = channel_->receive(channel, bytes);
    Status taken = arrival ? take(*arrival, channel, now) : Status(fail(arrival.error()));
    if (!taken && state_ != State::ended) drop(taken.error(), now);
    return taken;
}

Status Session::take(Arrival& arrival, std::uint32_t channel, SteadyMs now) {
    if (arrival.reply) {
        if (ready_.size() >= answers_max) return no_frame("it asks and does not listen");
        ready_.push_back(std::move(*arrival.reply));
    }
    if (arrival.kind == Arrival::Kind::message) {
        SZ_ASSIGN(const Frame frame, read_frame(arrival.bytes));
        SZ_TRY(take_frame(frame, channel, now));
    }
    // Closed without an end of the session: it will come back.
    if (arrival.end && state_ != State::ended) drop(std::nullopt, now);
    return {};
}

Status Session::take_frame(const Frame& frame, std::uint32_t channel, SteadyMs now) {
    const auto not_due = [] {
        return fail(ErrorKind::denied, "SZ-NET-050",
                    "The other side says something that is not its turn.", "Connect again.");
    };
    const bool is_asking = is_waiting_for_answer();
    const bool is_answer = frame.kind == FrameKind::welcome || frame.kind == FrameKind::refusal;
    if (frame.kind != FrameKind::piece && channel != SZ_CHANNEL_PLAY) return not_due();
    if (is_asking != is_answer || frame.kind == FrameKind::hello || over_at_) {
        // Behind the end only what was under way on the other channel.
        if (!over_at_ || frame.kind != FrameKind::piece || channel == SZ_CHANNEL_PLAY)
            return not_due();
    }
    if (!is_asking) may_bulk_ = true;
    if (!is_asking && state_ == State::greeting) come_up();
    switch (frame.kind) {
        case FrameKind::welcome: return take_welcome(frame);
        case FrameKind::refusal:
            channel_.reset();
            finish({}, refusal_error(frame.refusal));
            return {};
        case FrameKind::piece: return take_piece(frame, channel, now);
        case FrameKind::over:
            for (std::size_t i = 0; i < channels; ++i) {
                if (frame.next[i] < pipes_[i].in.expected())
                    return refused_because(Refusal::numbers);
            }
            over_at_ = frame.next;
            over_reason_ = frame.content;
            end_if_all_came();
            return {};
        case FrameKind::seen:
        case FrameKind::hello: break;
    }
    if (!could_expect(frame.next)) return refused_because(Refusal::numbers);
    confirm(frame.next);
    return {};
}

Status Session::take_welcome(const Frame& frame) {
    const auto give_up = [&](Refusal refusal) {
        channel_.reset();
        finish({}, refusal_error(refusal));
        return refused_because(refusal);
    };
    if (!frame.is_resumed) {
        // The host began a new one: well when nothing was ever said in this one.
        if (was_up_) return give_up(Refusal::unknown);
        secret_ = SessionSecret::of(*channel_);
    }
    const std::string proof = secret_.proof(*channel_, noise::Role::responder);
    if (frame.session != id() || !equal_secrets(frame.proof, proof)) return give_up(Refusal::proof);
    if (!could_expect(frame.next)) return give_up(Refusal::numbers);
    for (std::size_t i = 0; i < channels; ++i) pipes_[i].out.go_on_from(frame.next[i]);
    come_up();
    confirm(frame.next);
    may_bulk_ = true;
    is_seen_due_ = true;  // the word that the host's bulk waits for
    return {};
}

Status Session::take_piece(const Frame& frame, std::uint32_t channel, SteadyMs now) {
    if (frame.has_seen) {
        if (channel != SZ_CHANNEL_PLAY) return no_frame("it confirms on the wrong channel");
        if (!could_expect(frame.next)) return refused_because(Refusal::numbers);
        confirm(frame.next);
    }
    SZ_ASSIGN(auto message, pipes_[channel].in.take(frame.number, frame.is_last, frame.content));
    need_seen(frame.content.size(), now);
    if (message) events_.push_back({SessionEvent::Kind::message, channel, std::move(*message), {}});
    end_if_all_came();
    return {};
}

void Session::end_if_all_came() {
    if (!over_at_ || state_ == State::ended || *over_at_ != expected()) return;
    finish(std::move(over_reason_), std::nullopt);
}

void Session::need_seen(std::size_t bytes, SteadyMs now) {
    ++unseen_pieces_;
    unseen_bytes_ += bytes;
    if (unseen_pieces_ >= options_.seen_pieces || unseen_bytes_ >= options_.seen_bytes)
        is_seen_due_ = true;
    if (!seen_at_ && !is_seen_due_) seen_at_ = now + options_.seen_ms;
}

void Session::confirm(const Numbers& next) {
    for (std::uint32_t i = 0; i < channels; ++i) {
        Pipe& pipe = pipes_[i];
        pipe.out.confirm(next[i]);
        if (!pipe.wants_room || !pipe.out.is_half_empty()) continue;
        pipe.wants_room = false;
        events_.push_back({SessionEvent::Kind::room, i, {}, {}});
    }
}

}  // namespace sz::net
