// SPDX-License-Identifier: AGPL-3.0-or-later
#include "link.hpp"

#include <algorithm>
#include <cstring>

namespace direct::web {

namespace {

// A time as eight bytes that mean something to us alone.
std::string stamp(std::chrono::steady_clock::time_point time) {
    const auto ticks = time.time_since_epoch().count();
    std::string bytes(sizeof ticks, '\0');
    std::memcpy(bytes.data(), &ticks, sizeof ticks);
    return bytes;
}

constexpr std::size_t stamp_bytes = sizeof(std::chrono::steady_clock::rep);

}  // namespace

Link::Link(Ends& all, std::shared_ptr<Line> line, const Times& times)
    : End(std::move(line)), all_(all), times_(times), timer_(all.io()) {}

void Link::is_let_in(std::unique_ptr<Socket> socket, Seat seat) {
    socket_ = std::move(socket);
    seat_ = std::move(seat);
}

void Link::begin() { start(nullptr); }

void Link::start(std::shared_ptr<Socket> socket) {
    if (socket != nullptr) socket_ = std::move(socket);
    heard_ = Clock::now();
    ping_at_ = heard_;
    read_next();
    watch();
}

void Link::read_next() {
    socket_->read([kept = shared_from_this(), this](error_code error, std::string_view message) {
        if (has_ended()) return;
        if (error == boost::system::errc::message_size)
            return refuse("It sent a message that is too long.");
        if (error == boost::system::errc::protocol_error)
            return refuse("What it sent are no messages.");
        if (error) return over();
        take(message);
        if (!has_ended()) read_next();
    });
}

void Link::take(std::string_view message) {
    heard_ = Clock::now();
    if (is_silent_) {
        is_silent_ = false;
        line().events.path(line().handle, SZ_PATH_ALIVE);
    }
    if (peer_said_goodbye_) return refuse("It went on after its goodbye.");
    if (message.empty()) return refuse("It sent an empty message.");
    const std::string_view content = message.substr(1);
    switch (static_cast<std::uint8_t>(message.front())) {
        case kind_play:
        case kind_bulk:
            if (content.empty()) return refuse("It sent an empty message.");
            return received(static_cast<std::uint8_t>(message.front()), content);
        case kind_goodbye:
            peer_said_goodbye_ = true;
            peers_reason_ = content.substr(0, SZ_TRANSPORT_REASON_BYTES_MAX);
            line().shut();
            timer_.expires_after(times_.goodbye_max);
            return watch();
        case kind_ping:
            if (content.size() != stamp_bytes) return refuse("It sent a ping of another size.");
            to_answer_ = content;
            return write_next();
        case kind_pong: return take_pong(content);
        default: return refuse("It sent a message of a kind that there is not.");
    }
}

void Link::take_pong(std::string_view content) {
    if (asked_.empty() || content != asked_) return;  // that of a ping before the last
    asked_.clear();
    const std::int64_t us =
        std::chrono::duration_cast<std::chrono::microseconds>(heard_ - asked_at_).count();
    auto& known = line().figures.round_trip_us;
    known = known < 0 ? us : (known * 7 + us) / 8;  // as TCP does, RFC 6298
}

// Play goes before bulk, one message at a time: a message that was handed to the socket cannot be
// overtaken.
std::optional<Kind> Link::next_message() {
    if (to_answer_) {
        out_ = *std::exchange(to_answer_, std::nullopt);
        return kind_pong;
    }
    if (std::exchange(wants_ping_, false)) {
        asked_at_ = Clock::now();
        asked_ = out_ = stamp(asked_at_);
        return kind_ping;
    }
    for (const Kind channel : {kind_play, kind_bulk}) {
        if (auto message = line().pop(channel)) {
            out_ = *std::move(message);
            return channel;
        }
    }
    if (!is_closing_) return std::nullopt;
    said_goodbye_ = true;
    out_ = reason_;
    return kind_goodbye;
}

void Link::write_next() {
    if (socket_ == nullptr || is_writing_ || said_goodbye_ || peer_said_goodbye_ || has_ended())
        return;
    const auto kind = next_message();
    if (!kind || has_ended()) return;
    out_kind_ = *kind;
    is_writing_ = true;
    socket_->write(out_kind_, out_, [kept = shared_from_this(), this](error_code error) {
        is_writing_ = false;
        if (has_ended()) return;
        // What the peer has said before it hung up is still read.
        if (!error) written();
    });
}

void Link::written() {
    if (out_kind_ == kind_play || out_kind_ == kind_bulk) {
        line().figures.sent_messages += 1;
        line().figures.sent_bytes += out_.size();
    }
    if (!said_goodbye_) return write_next();
    socket_->close([kept = shared_from_this(), this](error_code) { over(); });
}

void Link::close(const std::string& reason) {
    if (socket_ == nullptr)
        return end({SZ_CLOSED_HERE, "SZ-TRANSPORT-003", "It was closed here.", {}, reason});
    is_closing_ = true;
    reason_ = reason;
    timer_.expires_after(times_.goodbye_max);
    watch();
    write_next();
}

void Link::drop() {
    timer_.cancel();
    if (socket_ != nullptr) socket_->drop();
    seat_ = Seat();
}

// One timer: the next ping or the next silence, whichever comes first; or the end of a goodbye.
void Link::watch() {
    const bool is_parting = is_closing_ || peer_said_goodbye_;
    if (!is_parting)
        timer_.expires_at(
            std::min(ping_at_, heard_ + (is_silent_ ? times_.lost_after : times_.silent_after)));
    timer_.async_wait([kept = shared_from_this(), this](error_code error) {
        // Another wait may have taken its place, even after it was over.
        if (error || has_ended() || Clock::now() < timer_.expiry()) return;
        if (is_closing_ || peer_said_goodbye_) return over();
        look_for_silence(Clock::now());
        if (!has_ended()) watch();
    });
}

void Link::look_for_silence(Clock::time_point now) {
    if (now >= heard_ + times_.lost_after)
        return end({SZ_CLOSED_LOST,
                    "SZ-TRANSPORT-005",
                    "Nothing was heard from the other side for a long time.",
                    "Its network or program may have stopped. Connect again.",
                    {}});
    if (!is_silent_ && now >= heard_ + times_.silent_after) {
        is_silent_ = true;
        line().events.path(line().handle, SZ_PATH_SILENT);
    }
    if (now >= ping_at_) {
        ping_at_ = now + times_.ping_every;
        wants_ping_ = true;
        write_next();
    }
}

void Link::refuse(const char* what) {
    end({SZ_CLOSED_REFUSED,
         "SZ-TRANSPORT-007",
         std::string("The other side broke the rules of the connection. ") + what,
         "It may be another program, or another version of this one.",
         {}});
}

void Link::over() {
    if (has_ended()) return;
    if (is_closing_)
        return end({SZ_CLOSED_HERE, "SZ-TRANSPORT-003", "It was closed here.", {}, reason_});
    if (peer_said_goodbye_)
        return end({SZ_CLOSED_PEER,
                    "SZ-TRANSPORT-004",
                    "The other side has closed the connection.",
                    {},
                    peers_reason_});
    end({SZ_CLOSED_LOST,
         "SZ-TRANSPORT-005",
         "The connection broke off.",
         "The other side's network or program may have stopped. Connect again.",
         {}});
}

}  // namespace direct::web
