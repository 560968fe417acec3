// SPDX-License-Identifier: AGPL-3.0-or-later
#include "dial.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>

namespace direct::web {

namespace {

// The order in which they are tried: families in turn, beginning with that of the first.
std::vector<asio::ip::tcp::endpoint> in_turn(std::vector<asio::ip::tcp::endpoint> all) {
    if (all.empty()) return all;
    const bool first_is_v6 = all.front().address().is_v6();
    const auto others = std::stable_partition(all.begin(), all.end(), [&](const auto& one) {
        return one.address().is_v6() == first_is_v6;
    });
    std::vector<asio::ip::tcp::endpoint> mixed;
    for (auto a = all.begin(), b = others; a != others || b != all.end();) {
        if (a != others) mixed.push_back(*a++);
        if (b != all.end()) mixed.push_back(*b++);
    }
    mixed.resize(std::min(mixed.size(), tried_addresses_max));
    return mixed;
}

std::string text(const asio::ip::tcp::endpoint& one) {
    return url_of("", one.address().to_string(), one.port()).substr(3);
}

}  // namespace

Dial::Dial(asio::io_context& io, Address where, Hooks hooks)
    : io_(io), where_(std::move(where)), hooks_(std::move(hooks)), resolver_(io), timer_(io) {}

void Dial::start() {
    error_code is_name;
    const auto address = asio::ip::make_address(where_.host, is_name);
    if (is_name) return resolve();
    found({Endpoint(address, where_.port)});
}

void Dial::stop() {
    is_over_ = true;
    hooks_ = {};
    resolver_.cancel();
    timer_.cancel();
    sockets_.clear();
}

void Dial::resolve() {
    hooks_.step("resolve", "begun", "Looking up " + where_.host + ".", {});
    resolver_.async_resolve(
        where_.host, std::to_string(where_.port), asio::ip::resolver_base::numeric_service,
        [kept = shared_from_this(), this](const error_code& error,
                                          const asio::ip::tcp::resolver::results_type& results) {
            if (is_over_) return;
            if (error) return give_up("resolve", why_not_resolved(where_, error));
            std::vector<Endpoint> all;
            for (const auto& result : results) all.push_back(result.endpoint());
            hooks_.step("resolve", "done", where_.host + " was found.", {});
            found(std::move(all));
        });
}

void Dial::found(std::vector<Endpoint> all) {
    endpoints_ = in_turn(std::move(all));
    if (endpoints_.empty())
        return give_up("resolve", why_not_resolved(where_, asio::error::host_not_found));
    try_next();
}

void Dial::try_next() {
    if (is_over_ || sockets_.size() == endpoints_.size()) return;
    const std::size_t index = sockets_.size();
    const Endpoint& to = endpoints_[index];
    hooks_.step("connect", "begun", "Trying " + text(to) + ".", {});
    sockets_.push_back(std::make_unique<TcpSocket>(io_));
    sockets_.back()->async_connect(to, [kept = shared_from_this(), this, index](error_code error) {
        if (!is_over_) tried(index, error);
    });
    timer_.expires_after(next_try_after);
    timer_.async_wait([kept = shared_from_this(), this](error_code error) {
        if (!error) try_next();
    });
}

void Dial::tried(std::size_t index, const error_code& error) {
    if (!error) {
        hooks_.step("connect", "done", "Connected to " + text(endpoints_[index]) + ".", {});
        TcpSocket socket = std::move(*sockets_[index]);
        const auto connected = hooks_.connected;
        stop();
        return connected(std::move(socket));
    }
    // Somebody who refuses is there, which says more than an address that leads nowhere.
    if (failures_ == 0 || error == asio::error::connection_refused) worst_ = error;
    if (++failures_ == endpoints_.size())
        return give_up("connect", why_not_connected(where_, worst_));
    if (sockets_.size() == index + 1) try_next();
}

void Dial::give_up(const char* step_name, const Said& why) {
    hooks_.step(step_name, "failed", why.message, why.hint);
    const auto failed = hooks_.failed;
    stop();
    failed(why);
}

}  // namespace direct::web
