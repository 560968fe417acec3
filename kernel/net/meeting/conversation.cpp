// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/meeting/conversation.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/base/log.hpp"

namespace sz::net {

namespace {

// More is not asked for until the transport has taken half of it: what is large would keep this
// thread, and play, for as long as it takes to read and seal all of it.
constexpr std::uint64_t bulk_unsaid_max = 16;  // pieces

// A peer that takes nothing more does not keep its place by that.
constexpr SteadyMs last_words_ms = 10'000;

template <class Fn, class... Args>
void tell(const Fn& fn, Args&&... args) {
    if (!fn) return;
    const Fn kept = fn;
    kept(std::forward<Args>(args)...);
}

}  // namespace

Conversation::Conversation(Place& place, Session session, bool is_caller)
    : place_(place), session_(std::move(session)), alarm_(place.thread) {
    has_room_.fill(true);
    for (std::uint32_t channel = 0; channel < channels; ++channel)
        session_.set_receive_limit(channel, limits::net_protocol_message_bytes_max + 512);
    ProtocolMux::Carrier carrier;
    carrier.has_room = [this](std::uint32_t channel) { return has_room(channel); };
    carrier.is_held = [this] { return is_waiting_; };
    carrier.send = [this](std::uint32_t channel, std::string message) -> Status {
        auto sent = session_.send(channel, std::move(message));
        if (!sent && sent.error().code == "SZ-NET-044") has_room_[channel] = false;
        if (sent) pump();
        return sent;
    };
    carrier.deviated = [this](const Error& error) { deviated(error); };
    mux_ = std::make_unique<ProtocolMux>(std::move(carrier), is_caller);
}

bool Conversation::has_room(std::uint32_t channel) {
    if (is_over_ || !has_room_[channel]) return false;
    if (channel == SZ_CHANNEL_PLAY) return true;
    const bool is_full = session_.unsaid(channel) >= bulk_unsaid_max;
    bulk_waits_ = bulk_waits_ || is_full;  // until pump() has told it
    return !is_full;
}

Conversation::~Conversation() { is_over_ = true; }

SessionOptions Conversation::session_options() {
    SessionOptions options;
    options.unacknowledged_bytes_max = limits::net_kept_bytes_max;
    return options;
}

// One talk that breaks is a defect; one after the other is an attack, if only on the log.
void Conversation::deviated(const Error& error) {
    if (is_over_) return;
    log::warning("net", peer() + ": " + error.message);
    if (++deviations_ >= limits::net_deviations_max)
        end("Too much was said that no protocol expects.");
}

void Conversation::carry(std::unique_ptr<TransportConnection> path) {
    path_ = std::move(path);
    pending_ = {};
    const std::weak_ptr<Conversation> weak = weak_from_this();
    TransportConnection* const carried = path_.get();
    // An older connection may have something to say still.
    const auto self = [weak, carried]() -> std::shared_ptr<Conversation> {
        auto found = weak.lock();
        return found != nullptr && found->path_.get() == carried ? found : nullptr;
    };
    TransportConnection::Events events;
    events.message = [self](std::uint32_t channel, const std::string& bytes) {
        if (const auto here = self()) here->received(channel, bytes);
    };
    events.writable = [self](std::uint32_t) {
        if (const auto here = self()) here->pump();
    };
    events.path = [self](PathState state, const std::string& address) {
        const auto here = self();
        if (here == nullptr) return;
        if (state == PathState::changed) here->peer_address_ = address;
        here->path_is(state);
    };
    events.ended = [self](const TransportEnd& end) {
        if (const auto here = self()) here->path_ended(end);
    };
    path_->on(std::move(events));
    pump();
}

Json Conversation::statistics() const {
    return path_ == nullptr ? Json::object() : path_->statistics();
}

void Conversation::end(const std::string& reason) {
    session_.end(reason);
    pump();
}

void Conversation::received(std::uint32_t channel, const std::string& bytes) {
    const Status taken = session_.receive(channel, bytes, place_.now());
    if (!taken) {
        log::warning("net", peer() + ": " + taken.error().message);
        if (path_ != nullptr) path_->close(taken.error().message);
        return lose_path();
    }
    pump();
    lose_path_without_channel();
}

// The session has given its channel up by itself, or the peer has closed it.
void Conversation::lose_path_without_channel() {
    const bool is_left = path_ != nullptr && session_.connection() == nullptr;
    if (is_left && session_.state() != Session::State::ended) lose_path();
}

void Conversation::path_is(PathState state) {
    if (state == PathState::silent) {
        set_waiting(true);
        tell(events_.call_again);
    } else if (session_.state() == Session::State::up) {
        set_waiting(false);
    }
}

void Conversation::path_ended(const TransportEnd&) { lose_path(); }

void Conversation::lose_path() {
    const auto kept = shared_from_this();
    path_.reset();
    pending_ = {};
    session_.lost(place_.now());
    pump();
    if (!is_over_) tell(events_.call_again);
}

// Events may lead back here: one at a time, and once more after it.
void Conversation::pump() {
    if (std::exchange(is_pumping_, true)) {
        is_again_ = true;
        return;
    }
    const auto kept = shared_from_this();
    do {
        is_again_ = false;
        pump(SZ_CHANNEL_PLAY);
        pump(SZ_CHANNEL_BULK);
        // The last words go on play, behind the last of bulk.
        if (session_.state() == Session::State::ended) pump(SZ_CHANNEL_PLAY);
        if (bulk_waits_ && session_.unsaid(SZ_CHANNEL_BULK) <= bulk_unsaid_max / 2) {
            bulk_waits_ = false;
            mux_->writable();
        }
        take_events();
    } while (is_again_ && !is_over_);
    is_pumping_ = false;
    if (!is_over_) watch();
}

void Conversation::pump(std::uint32_t channel) {
    while (path_ != nullptr) {
        auto& packet = pending_[channel];
        if (!packet) packet = session_.next_packet(channel);
        if (!packet) return;
        const auto sent = path_->send(packet->channel, packet->bytes);
        // `writable` will come; or the end, behind what has come before it and nobody has read yet:
        // the other side's last words may be among that.
        if (!sent || !*sent) return;
        packet.reset();
    }
}

void Conversation::take_events() {
    for (SessionEvent& event : session_.take_events()) {
        if (!is_over_) take(event);
    }
    const bool has_left = session_.state() == Session::State::ended &&
                          session_.connection() == nullptr && path_ != nullptr &&
                          !pending_[SZ_CHANNEL_PLAY] && !pending_[SZ_CHANNEL_BULK];
    if (has_left) path_->close("The conversation is over.");
}

void Conversation::take(SessionEvent& event) {
    switch (event.kind) {
        case SessionEvent::Kind::up: return set_waiting(false);
        case SessionEvent::Kind::message: return mux_->receive(event.channel, event.bytes);
        case SessionEvent::Kind::waiting:
            if (event.error) log::warning("net", peer() + ": " + event.error->message);
            return set_waiting(true);
        case SessionEvent::Kind::back: return set_waiting(false);
        case SessionEvent::Kind::room: has_room_[event.channel] = true; return mux_->writable();
        case SessionEvent::Kind::ended:
            return finish(event.error.value_or(
                Error{ErrorKind::cancelled,
                      "SZ-NET-140",
                      event.bytes.empty() ? "The conversation is over."
                                          : "The conversation is over: " + event.bytes,
                      {},
                      {}}));
    }
}

void Conversation::set_waiting(bool is_waiting) {
    if (std::exchange(is_waiting_, is_waiting) == is_waiting) return;
    tell(is_waiting ? events_.waiting : events_.back);
}

void Conversation::watch() {
    const auto at = session_.next_tick();
    if (!at) return;
    alarm_.set_by(*at, place_.now(), [this, weak = weak_from_this()] {
        const auto self = weak.lock();
        if (self == nullptr) return;
        session_.tick(place_.now());
        pump();
        lose_path_without_channel();
    });
}

// The connection stays until its last words are out, or for so long.
void Conversation::finish(const Error& why) {
    if (std::exchange(is_over_, true)) return;
    alarm_.off();
    if (path_ != nullptr) {
        alarm_.set(last_words_ms, [this, weak = weak_from_this()] {
            const auto self = weak.lock();
            if (self == nullptr || path_ == nullptr) return;
            path_->close("The conversation is over.");
            path_.reset();
        });
    }
    mux_->end(why.message);
    tell(events_.ended, why);
}

}  // namespace sz::net
