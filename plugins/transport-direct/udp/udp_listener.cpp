// SPDX-License-Identifier: AGPL-3.0-or-later
#include "udp_listener.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "../announce.hpp"
#include "../home.hpp"
#include "random.hpp"

namespace direct::udp {

using boost::system::error_code;

namespace {

std::uint32_t now_s() {
    using namespace std::chrono;
    return static_cast<std::uint32_t>(
        duration_cast<seconds>(steady_clock::now().time_since_epoch()).count());
}

std::string bytes_of(const Endpoint& from) {
    return from.address().to_string() + '#' + std::to_string(from.port());
}

}  // namespace

UdpListener::UdpListener(Ends& all, std::shared_ptr<Line> line, Address where,
                         const Options& options, std::shared_ptr<BulkShare> share)
    : End(std::move(line)),
      all_(all),
      where_(std::move(where)),
      options_(options),
      share_(std::move(share)),
      resolver_(all.io()) {}
UdpListener::~UdpListener() = default;

void UdpListener::begin() {
    if (where_.host.empty() || where_.host == "*" || where_.host == "::") {
        auto wire = Wire::open_anywhere(all_.io(), where_.port);
        if (wire) wire_ = *std::move(wire);
        if (!wire)
            return end(
                {SZ_CLOSED_FAILED, wire.error().code, wire.error().message, wire.error().hint, {}});
        return open(wire_->here());
    }
    resolver_.async_resolve(
        where_.host, std::to_string(where_.port), boost::asio::ip::udp::resolver::numeric_service,
        [this, weak = weak_from_this()](const error_code& wrong, const auto& all) {
            const auto kept = weak.lock();
            if (kept == nullptr || has_ended()) return;
            if (wrong || all.empty())
                return end({SZ_CLOSED_FAILED,
                            "SZ-TRANSPORT-020",
                            "No computer has the name " + where_.host + ".",
                            "Listen on an address of this computer, or on *.",
                            {}});
            open(all.begin()->endpoint());
        });
}

void UdpListener::open(const Endpoint& here) {
    if (wire_ == nullptr) {
        auto wire = Wire::open(all_.io(), here);
        if (!wire)
            return end(
                {SZ_CLOSED_FAILED, wire.error().code, wire.error().message, wire.error().hint, {}});
        wire_ = *std::move(wire);
    }
    wire_->at_door(
        [this](const Datagram& datagram, const Endpoint& from) { knock(datagram, from); });
    step("socket", "done", "Listening on UDP port " + std::to_string(wire_->port()) + ".");
    announce(line(), "udp", plain_address(wire_->here()).to_string(), wire_->port(), "udp");
}

void UdpListener::knock(const Datagram& datagram, const Endpoint& from) {
    if (const auto* hello = std::get_if<Hello>(&datagram)) knock(*hello, from);
    if (const auto* open = std::get_if<Open>(&datagram)) knock(*open, from);
}

void UdpListener::knock(const Hello& hello, const Endpoint& from) {
    if (hello.version != wire_version) return refuse(hello.nonce, Refusal::version, from);
    wire_->send(write(cookies_.bake(bytes_of(from), hello.nonce, now_s())), from);
}

void UdpListener::knock(const Open& open, const Endpoint& from) {
    if (open.version != wire_version || !cookies_.is_good(bytes_of(from), open, now_s())) return;
    const auto found = let_in_.find({from, open.nonce});
    if (found != let_in_.end()) return wire_->send(write(Opened{open.nonce, found->second}), from);
    if (proven_ >= options_.connections_max && !drop_a_parting())
        return refuse(open.nonce, Refusal::full, from);
    make_room_for(home_of(plain_address(from)));
    let_in(open.nonce, from);
}

void UdpListener::refuse(const Nonce& nonce, Refusal why, const Endpoint& from) {
    line().figures.refused += 1;
    wire_->send(write(Refused{nonce, why}), from);
}

void UdpListener::let_in(const Nonce& nonce, const Endpoint& from) {
    const std::uint64_t number = std::max<std::uint64_t>(1, random_number());
    auto connection =
        std::make_shared<UdpConnection>(all_.io(), all_.new_line(false, line().events), share_);
    connection->set_known(false);
    const std::weak_ptr<End> weak = weak_from_this();
    const auto there = [this, weak] { return !weak.expired() && !has_ended(); };
    UdpConnection* made = connection.get();
    connection->is_let_in(wire_, number, from,
                          {[this, there, made] {
                               if (!there()) return made->end({});
                               made->set_known(true);
                               line().events.accepted(line().handle, made->line().handle,
                                                      Json{{"peer", shown(made->peer())}}.dump());
                           },
                           [this, there, number] { return !there() || proves(number); },
                           [this, there, number, key = std::pair{from, nonce}] {
                               if (!there()) return;
                               let_in_.erase(key);
                               left(number);
                           }});
    guests_.push_back({number, home_of(plain_address(from)), connection, false});
    let_in_[{from, nonce}] = number;
    line().figures.connections = guests_.size();
    all_.add(connection);
    wire_->send(write(Opened{nonce, number}), from);
    connection->begin();
}

void UdpListener::make_room_for(const std::string& from) {
    std::map<std::string, std::size_t> homes;
    std::size_t unproven = 0;
    for (const Guest& guest : guests_) {
        if (guest.is_proven) continue;
        ++unproven;
        ++homes[guest.from];
    }
    const bool is_crowd = homes[from] >= unproven_from_one_max;
    if (!is_crowd && unproven < unproven_max) return;
    std::size_t most = 0;
    for (const auto& [home, count] : homes) most = std::max(most, count);
    // Of homes that have as many, whose oldest came first.
    const auto oldest = std::find_if(guests_.begin(), guests_.end(), [&](const Guest& guest) {
        if (guest.is_proven) return false;
        return is_crowd ? guest.from == from : homes.at(guest.from) == most;
    });
    line().figures.refused += 1;
    if (const auto connection = oldest->connection.lock())
        connection->end({SZ_CLOSED_REFUSED,
                         "SZ-TRANSPORT-026",
                         "It had to make room: too many connect at once and say nothing.",
                         {},
                         {}});
}

// Who is only saying goodbye leaves at once when the place is wanted.
bool UdpListener::drop_a_parting() {
    for (const Guest& guest : guests_) {
        const auto connection = guest.connection.lock();
        if (!guest.is_proven || connection == nullptr || !connection->is_parting()) continue;
        connection->leave();
        return true;
    }
    return false;
}

UdpListener::Guests::iterator UdpListener::find(std::uint64_t number) {
    return std::find_if(guests_.begin(), guests_.end(),
                        [&](const Guest& guest) { return guest.number == number; });
}

bool UdpListener::proves(std::uint64_t number) {
    const auto guest = find(number);
    if (guest == guests_.end()) return false;
    if (proven_ >= options_.connections_max && !drop_a_parting()) return false;
    guest->is_proven = true;
    ++proven_;
    return true;
}

void UdpListener::left(std::uint64_t number) {
    const auto guest = find(number);
    if (guest == guests_.end()) return;
    if (guest->is_proven) --proven_;
    guests_.erase(guest);
    line().figures.connections = guests_.size();
}

void UdpListener::close(const std::string& reason) {
    end({SZ_CLOSED_HERE, "SZ-TRANSPORT-003", "It was closed here.", {}, reason});
}

// The connections keep the socket; those that are none yet go.
void UdpListener::drop() {
    resolver_.cancel();
    if (wire_ != nullptr) wire_->at_door({});
    wire_.reset();
    for (const Guest& guest : Guests(guests_)) {
        const auto connection = guest.connection.lock();
        if (connection != nullptr && !connection->was_up()) connection->end({});
    }
}

}  // namespace direct::udp
