// SPDX-License-Identifier: AGPL-3.0-or-later
#include "udp_connection.hpp"

#include <array>
#include <boost/asio/post.hpp>
#include <utility>

#include "caller.hpp"

namespace direct::udp {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds silent_after{3000};  // three times as long as between two pings
constexpr milliseconds goodbye_time{2000};

}  // namespace

UdpConnection::UdpConnection(boost::asio::io_context& io, std::shared_ptr<Line> line,
                             std::shared_ptr<BulkShare> share)
    : End(std::move(line)), io_(io), timer_(io), patience_(io), share_(std::move(share)) {}
UdpConnection::~UdpConnection() = default;

void UdpConnection::is_let_in(std::shared_ptr<Wire> wire, std::uint64_t number,
                              const Endpoint& peer, Hooks hooks) {
    wire_ = std::move(wire);
    number_ = number;
    peer_ = peer;
    hooks_ = std::move(hooks);
}

void UdpConnection::calls(std::shared_ptr<Caller> caller, milliseconds patience) {
    caller_ = std::move(caller);
    patience_time_ = patience;
    called_ = true;
}

void UdpConnection::be_patient() {
    patience_.expires_after(patience_time_);
    patience_.async_wait([this, weak = weak_from_this()](const boost::system::error_code& wrong) {
        const auto kept = weak.lock();
        if (!wrong && kept != nullptr && !was_up_)
            end(caller_ ? caller_->gave_up() : Caller::no_link());
    });
}

void UdpConnection::begin() {
    be_patient();
    if (caller_ == nullptr) return start_link(false);
    caller_->begin({
        [this](const char* name, const char* state, const std::string& message,
               const std::string& hint) { step(name, state, message, hint); },
        // Who is there at last is not left at the last moment.
        [this] { be_patient(); },
        [this](Caller::Found found) {
            wire_ = std::move(found.wire);
            number_ = found.connection;
            peer_ = found.peer;
            start_link(true);
        },
        [this](const Ending& ending) { end(ending); },
    });
}

void UdpConnection::start_link(bool calls) {
    wire_->add(number_,
               [this](const Datagram& datagram, const Endpoint& from) { receive(datagram, from); });
    auto link = EnetLink::create(io_, *this, *share_, calls);
    if (!link)
        return end(
            {SZ_CLOSED_FAILED, link.error().code, link.error().message, link.error().hint, {}});
    link_ = *std::move(link);
    tick();
}

void UdpConnection::receive(const Datagram& datagram, const Endpoint& from) {
    const auto kept = shared_from_this();
    if (const auto* sealed = std::get_if<Sealed>(&datagram)) {
        if (!opener_) return;
        std::array<std::uint8_t, datagram_bytes_max> room;
        const auto content = opener_->open(*sealed, room);
        if (!content) return;
        seals_ = wants_sealed_ = true;
        if (from != peer_ && content->is_newest) {
            if (const auto question = path_.ask(from, std::chrono::steady_clock::now()))
                send_content(Kind::challenge, *question, from);
        }
        receive_content(content->bytes, from);
    } else if (const auto* plain = std::get_if<Plain>(&datagram)) {
        const bool is_content = plain->kind == static_cast<std::uint8_t>(Kind::enet);
        if (wants_sealed_ || from != peer_ || !is_content || link_ == nullptr) return;
        take(plain->content);
    }
}

void UdpConnection::receive_content(Bytes content, const Endpoint& from) {
    const Bytes rest = content.subspan(1);
    switch (static_cast<Kind>(content[0])) {
        case Kind::enet:
            if (link_ != nullptr) take(rest);
            return;
        case Kind::challenge:
            if (rest.size() == PathCheck::Question{}.size()) send_content(Kind::answer, rest, from);
            return;
        case Kind::answer:
            if (!path_.is_answer(rest, from) || from == peer_) return;
            peer_ = from;
            line().events.path(line().handle, SZ_PATH_CHANGED, Json{{"peer", shown(peer_)}}.dump());
            return;
    }
}

// What has come together is looked at together.
void UdpConnection::take(Bytes datagram) {
    link_->receive(datagram);
    if (std::exchange(has_arrivals_, true)) return;
    boost::asio::post(io_, [this, kept = shared_from_this()] {
        has_arrivals_ = false;
        run();
    });
}

void UdpConnection::send_content(Kind kind, Bytes content, const Endpoint& to) {
    if (wire_ == nullptr) return;
    std::array<std::uint8_t, datagram_bytes_max> plain, out;
    if (content.size() > content_bytes_max) return;
    // The seal is over kind and content; they stand behind the header that is not sealed, too.
    const auto header = std::span(plain).first<plain_header_bytes>();
    plain[plain_header_bytes] = static_cast<std::uint8_t>(kind);
    std::copy(content.begin(), content.end(), plain.begin() + plain_header_bytes + 1);
    const Bytes whole = Bytes(plain).first(plain_header_bytes + 1 + content.size());
    if (seals_ && sealer_) {
        const std::size_t size =
            sealer_->seal(number_, whole.subspan(plain_header_bytes), std::span(out));
        wire_->send(Bytes(out).first(size), to);
    } else if (kind == Kind::enet) {
        write_plain_header(header, number_);
        wire_->send(whole, to);
    }
}

void UdpConnection::protect(const Key& send, const Key& receive) {
    if (sealer_) return;
    sealer_.emplace(send);
    opener_.emplace(receive);
    // The one that was called has the keys last: what it seals can be opened. The caller waits to
    // be answered so, or the other could not read what led it to the keys.
    seals_ = !called_;
    if (hooks_.may_stay && !hooks_.may_stay()) close("The table is full.");
}

void UdpConnection::flush() {
    if (link_ == nullptr || !link_->is_up()) return;
    (void)fill();
    run();
}

// Hands on what there is room for. Whether that was anything.
bool UdpConnection::fill() {
    bool has_sent = false;
    for (std::uint32_t channel = 0; channel < SZ_CHANNELS; ++channel) {
        while (link_->can_take(channel)) {
            const auto message = line().pop(channel);
            if (!message) break;
            line().figures.sent_messages += 1;
            line().figures.sent_bytes += message->size();
            link_->send(channel, *message);
            has_sent = true;
        }
    }
    link_->set_bulk_waiting(line().has(SZ_CHANNEL_BULK));
    return say_goodbye() || has_sent;
}

bool UdpConnection::say_goodbye() {
    if (!is_closing_ || has_said_goodbye_ || line().queued_bytes() > 0) return false;
    has_said_goodbye_ = true;
    if (!reason_.empty()) link_->send(EnetLink::goodbye_channel, reason_);
    link_->disconnect();
    return true;
}

void UdpConnection::run() {
    if (link_ == nullptr) return;
    const auto kept = shared_from_this();
    const milliseconds again = link_->pump();
    if (!has_ended()) tick_in(again);
}

void UdpConnection::tick() {
    due_.reset();
    run();
    if (has_ended()) return;
    look_for_silence();
    note_figures();
}

void UdpConnection::tick_in(milliseconds time) {
    const auto at = std::chrono::steady_clock::now() + time;
    if (due_ && *due_ <= at) return;
    due_ = at;
    timer_.expires_at(at);
    timer_.async_wait([this, weak = weak_from_this()](const boost::system::error_code& wrong) {
        const auto kept = weak.lock();
        if (!wrong && kept != nullptr && !has_ended()) tick();
    });
}

void UdpConnection::look_for_silence() {
    if (!link_->is_up()) return;
    const bool is_silent = link_->since_heard() > silent_after;
    if (std::exchange(is_silent_, is_silent) == is_silent) return;
    line().events.path(line().handle, is_silent ? SZ_PATH_SILENT : SZ_PATH_ALIVE);
}

void UdpConnection::note_figures() {
    if (!link_->is_up()) return;
    using std::chrono::microseconds;
    line().figures.round_trip_us = microseconds(link_->round_trip()).count();
    line().figures.loss_millionths = static_cast<std::int64_t>(link_->loss() * 1e6);
}

void UdpConnection::close(const std::string& reason) {
    reason_ = reason;
    is_closing_ = true;
    line().shut();
    if (link_ == nullptr || !link_->is_up())
        return end({SZ_CLOSED_HERE, "SZ-TRANSPORT-003", "It was closed here.", {}, reason});
    patience_.expires_after(goodbye_time);
    patience_.async_wait([this, weak = weak_from_this()](const boost::system::error_code& wrong) {
        if (!wrong && !weak.expired()) link_down(false);
    });
    flush();
}

void UdpConnection::drop() {
    timer_.cancel();
    patience_.cancel();
    if (caller_) caller_->stop();
    if (wire_ != nullptr) wire_->remove(number_);
    if (link_ != nullptr) {
        link_->let_go();
        // It may be what is calling us.
        boost::asio::post(io_,
                          [link = std::move(link_), share = share_]() mutable { link.reset(); });
    }
    if (hooks_.gone) std::exchange(hooks_.gone, nullptr)();
    hooks_ = {};
    wire_.reset();
}

void UdpConnection::carry(Bytes datagram) { send_content(Kind::enet, datagram, peer_); }

void UdpConnection::link_up() {
    if (!is_closing_) patience_.cancel();
    was_up_ = true;
    line().open();
    const std::string peer = Json{{"peer", shown(peer_)}}.dump();
    if (called_) {
        step("connect", "done", "The connection stands.");
        line().events.connected(line().handle, peer);
    } else {
        std::exchange(hooks_.up, nullptr)();
    }
}

void UdpConnection::link_message(std::uint32_t channel, std::string_view message) {
    if (channel < SZ_CHANNELS) {
        if (!message.empty()) received(channel, message);
    } else {
        peers_reason_ = message;
    }
}

bool UdpConnection::link_has_room() { return fill(); }

void UdpConnection::link_down(bool is_goodbye) {
    if (is_closing_)
        return end({SZ_CLOSED_HERE, "SZ-TRANSPORT-003", "It was closed here.", {}, reason_});
    if (is_goodbye)
        return end({SZ_CLOSED_PEER,
                    "SZ-TRANSPORT-004",
                    "The other side has closed the connection.",
                    {},
                    peers_reason_});
    if (!was_up_) return end(Caller::no_link());
    end({SZ_CLOSED_LOST,
         "SZ-TRANSPORT-005",
         "Nothing has been heard from the other side for several seconds.",
         "Is the network there?",
         {}});
}

void UdpConnection::link_abused() {
    end({SZ_CLOSED_REFUSED,
         "SZ-TRANSPORT-007",
         "The other side broke the rules of the connection.",
         "It may be another program, or another version of this one.",
         {}});
}

}  // namespace direct::udp
