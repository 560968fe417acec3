// SPDX-License-Identifier: AGPL-3.0-or-later
#include "listener.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/v6_only.hpp>

#include <algorithm>
#include <map>

#include "../announce.hpp"
#include "../home.hpp"
#include "link.hpp"
#include "tls.hpp"

namespace direct::web {

namespace {

// When the system gives no socket, it is asked again after that.
constexpr std::chrono::milliseconds pause_time{100};

}  // namespace

Listener::Listener(Ends& all, std::shared_ptr<Line> line, const Times& times, Address where,
                   Options options)
    : End(std::move(line)),
      all_(all),
      times_(times),
      where_(std::move(where)),
      options_(std::move(options)),
      resolver_(all.io()),
      acceptor_(all.io()),
      pause_(all.io()) {}

void Listener::begin() {
    if (where_.scheme == "wss") {
        const TlsContext made = tls_of_listener(options_);
        if (made.context == nullptr) return fail("tls", made.wrong);
        tls_ = made.context;
    }
    if (where_.host.empty() || where_.host == "*") where_.host = "::";
    error_code is_name;
    const auto address = asio::ip::make_address(where_.host, is_name);
    if (is_name) return resolve();
    listen(Endpoint(address, where_.port));
}

void Listener::resolve() {
    step("resolve", "begun", "Looking up " + where_.host + ".");
    resolver_.async_resolve(
        where_.host, std::to_string(where_.port), asio::ip::resolver_base::numeric_service,
        [kept = shared_from_this(), this](const error_code& error,
                                          const asio::ip::tcp::resolver::results_type& results) {
            if (has_ended()) return;
            if (error || results.empty()) return fail("resolve", why_not_resolved(where_, error));
            step("resolve", "done", where_.host + " was found.");
            listen(results.begin()->endpoint());
        });
}

error_code Listener::open(const Endpoint& at) {
    error_code error;
    acceptor_.close(error);
    acceptor_.open(at.protocol(), error);
    if (error) return error;
    acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error && at.address().is_v6())
        acceptor_.set_option(asio::ip::v6_only(!at.address().is_unspecified()), error);
    if (!error) acceptor_.bind(at, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    return error;
}

void Listener::listen(const Endpoint& at) {
    step("socket", "begun", "Opening port " + std::to_string(at.port()) + ".");
    error_code error = open(at);
    // Every address, on a system that has no IPv6.
    if (error && at.address() == asio::ip::address(asio::ip::address_v6::any()) &&
        error != asio::error::address_in_use && error != asio::error::access_denied)
        error = open(Endpoint(asio::ip::address_v4::any(), at.port()));
    const Endpoint bound = error ? Endpoint() : acceptor_.local_endpoint(error);
    if (error) return fail("socket", why_not_listening(where_, error));
    step("socket", "done", "Port " + std::to_string(bound.port()) + " is open.");
    announce(line(), where_.scheme, bound.address().to_string(), bound.port(), "tcp");
    accept_next();
}

void Listener::accept_next() {
    acceptor_.async_accept([kept = shared_from_this(), this](error_code error, TcpSocket socket) {
        if (has_ended()) return;
        if (!error) {
            accept_next();
            return take(std::move(socket));
        }
        pause_.expires_after(pause_time);
        pause_.async_wait([kept, this](error_code stopped) {
            if (!stopped && !has_ended()) accept_next();
        });
    });
}

void Listener::take(TcpSocket socket) {
    if (half_open_.size() == half_open_max) make_room();
    auto opened = new_socket(std::move(socket), tls_);
    const std::string home = home_of(opened->peer_address());
    const auto place = half_open_.emplace(half_open_.end());
    Incoming::Hooks hooks;
    // It lives in the list, and drop() silences it before this goes.
    hooks.ask_for_seat = [this] { return find_seat(); };
    hooks.entered = [this](std::unique_ptr<Socket> open, Seat seat) {
        let_in(std::move(open), std::move(seat));
    };
    hooks.gone = [this, place] { half_open_.erase(place); };
    place->home = home;
    place->incoming =
        std::make_shared<Incoming>(all_.io(), times_, std::move(opened), std::move(hooks));
    place->incoming->start();
}

void Listener::make_room() {
    std::map<std::string, std::size_t> homes;
    for (const HalfOpen& one : half_open_) ++homes[one.home];
    std::size_t most = 0;
    for (const auto& [home, count] : homes) most = std::max(most, count);
    const auto oldest = std::find_if(half_open_.begin(), half_open_.end(),
                                     [&](const auto& one) { return homes.at(one.home) == most; });
    ++line().figures.refused;
    oldest->incoming->drop();
    half_open_.erase(oldest);
}

// Who is only saying goodbye leaves at once when the seat is wanted.
std::optional<Seat> Listener::find_seat() {
    std::erase_if(links_, [](const auto& link) { return link.expired(); });
    const bool is_full = line().figures.connections >= options_.connections_max;
    for (const auto& weak : is_full ? links_ : std::list<std::weak_ptr<Link>>()) {
        const auto link = weak.lock();
        if (link == nullptr || !link->is_parting()) continue;
        link->leave();
        break;
    }
    return Seat::take(shared_line(), options_.connections_max);
}

void Listener::let_in(std::unique_ptr<Socket> socket, Seat seat) {
    const std::string peer = url_of(where_.scheme, socket->peer_address(), socket->peer_port());
    const auto link =
        std::make_shared<Link>(all_, all_.new_line(false, line().events, false), times_);
    link->is_let_in(std::move(socket), std::move(seat));
    all_.add(link);
    links_.push_back(link);
    link->line().open();
    line().events.accepted(line().handle, link->line().handle, Json{{"peer", peer}}.dump());
    link->begin();
}

void Listener::close(const std::string& reason) {
    end({SZ_CLOSED_HERE, "SZ-TRANSPORT-003", "It was closed here.", {}, reason});
}

void Listener::drop() {
    resolver_.cancel();
    pause_.cancel();
    error_code ignored;
    acceptor_.close(ignored);
    for (const HalfOpen& one : half_open_) one.incoming->drop();
    half_open_.clear();
}

void Listener::fail(const char* step_name, const Said& why) {
    step(step_name, "failed", why.message, why.hint);
    end({SZ_CLOSED_FAILED, why.code, why.message, why.hint, {}});
}

}  // namespace direct::web
