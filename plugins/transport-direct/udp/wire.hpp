// SPDX-License-Identifier: AGPL-3.0-or-later
// The UDP socket that owns a port. What comes in goes to the connection that it names, or to the
// door when it belongs to none yet.
#pragma once

#include <utility>
// Boost.Asio 1.74 uses std::exchange without including <utility> under C++20.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <sz/cpp/result.hpp>

#include "datagram.hpp"

namespace direct::udp {

using Endpoint = boost::asio::ip::udp::endpoint;

// All [io-thread].
class Wire : public std::enable_shared_from_this<Wire> {
  public:
    using Receive = std::function<void(const Datagram&, const Endpoint& from)>;

    // SZ-TRANSPORT-010: the port is taken, or not to be had.
    [[nodiscard]] static sz::plugin::Result<std::shared_ptr<Wire>> open(boost::asio::io_context& io,
                                                                        const Endpoint& here);
    // For connecting: both families where there are both.
    [[nodiscard]] static sz::plugin::Result<std::shared_ptr<Wire>> open_anywhere(
        boost::asio::io_context& io, std::uint16_t port = 0);

    explicit Wire(boost::asio::io_context& io) : socket_(io) {}
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    // Lost when the system does not take it now, as any datagram may be.
    void send(Bytes bytes, const Endpoint& to);
    // As this socket has to name it.
    [[nodiscard]] Endpoint reachable(const Endpoint& address) const;
    [[nodiscard]] bool can_reach(const Endpoint& address) const;

    void at_door(Receive receive) { door_ = std::make_shared<Receive>(std::move(receive)); }
    void add(std::uint64_t connection, Receive receive);
    void remove(std::uint64_t connection);

    [[nodiscard]] std::uint16_t port() const { return here_.port(); }
    [[nodiscard]] const Endpoint& here() const { return here_; }
    void close();

  private:
    [[nodiscard]] boost::system::error_code bind(const Endpoint& here);
    void wait();
    void receive_all();
    void deliver(Bytes bytes, const Endpoint& from);

    boost::asio::ip::udp::socket socket_;
    Endpoint here_;
    // Shared with the call under way, which may remove itself.
    std::shared_ptr<Receive> door_;
    std::map<std::uint64_t, std::shared_ptr<Receive>> connections_;
};

// The address as a person writes it; an IPv4 address that a socket of both families names is one.
[[nodiscard]] boost::asio::ip::address plain_address(const Endpoint& endpoint);
[[nodiscard]] std::string shown(const Endpoint& endpoint);  // "udp://192.0.2.1:41977"

}  // namespace direct::udp
