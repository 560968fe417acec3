// SPDX-License-Identifier: AGPL-3.0-or-later
#include "wire.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/v6_only.hpp>

#include "../address.hpp"

namespace direct::udp {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

namespace {

constexpr int socket_buffer_bytes = 1024 * 1024;  // bursts of several peers, and of bulk
constexpr int datagrams_at_once = 64;             // then others of this thread have their turn

sz::plugin::Fault no_port(std::uint16_t port, const error_code& why) {
    const std::string named = "UDP port " + std::to_string(port);
    if (why == asio::error::address_in_use)
        return {SZ_ERR_ENVIRONMENT,
                "SZ-TRANSPORT-010",
                named + " is in use by another program on this computer.",
                "Close that program, or choose another port.",
                {},
                {}};
    if (why == asio::error::access_denied)
        return {SZ_ERR_ENVIRONMENT,
                "SZ-TRANSPORT-010",
                named + " is not to be had without special rights.",
                "Choose a port from 1024 on.",
                {},
                {}};
    return {SZ_ERR_ENVIRONMENT,
            "SZ-TRANSPORT-010",
            named + " could not be opened: " + why.message() + ".",
            "Does this computer have that address?",
            {},
            {}};
}

}  // namespace

sz::plugin::Result<std::shared_ptr<Wire>> Wire::open(asio::io_context& io, const Endpoint& here) {
    auto wire = std::make_shared<Wire>(io);
    if (const error_code wrong = wire->bind(here)) return no_port(here.port(), wrong);
    wire->wait();
    return wire;
}

sz::plugin::Result<std::shared_ptr<Wire>> Wire::open_anywhere(asio::io_context& io,
                                                              std::uint16_t port) {
    if (auto wire = open(io, Endpoint(udp::v6(), port))) return wire;
    return open(io, Endpoint(udp::v4(), port));
}

error_code Wire::bind(const Endpoint& here) {
    error_code wrong;
    (void)socket_.open(here.protocol(), wrong);
    if (!wrong && here.address().is_v6())
        (void)socket_.set_option(asio::ip::v6_only(!here.address().is_unspecified()), wrong);
    if (!wrong) (void)socket_.non_blocking(true, wrong);
    if (!wrong) (void)socket_.bind(here, wrong);
    if (!wrong) here_ = socket_.local_endpoint(wrong);
    error_code ignored;  // the system's own sizes will do
    (void)socket_.set_option(udp::socket::send_buffer_size(socket_buffer_bytes), ignored);
    (void)socket_.set_option(udp::socket::receive_buffer_size(socket_buffer_bytes), ignored);
    return wrong;
}

void Wire::wait() {
    socket_.async_wait(udp::socket::wait_read, [weak = weak_from_this()](const error_code& wrong) {
        const auto wire = weak.lock();
        if (wire == nullptr || wrong == asio::error::operation_aborted) return;
        wire->receive_all();
        if (wire->socket_.is_open()) wire->wait();
    });
}

void Wire::receive_all() {
    std::array<std::uint8_t, datagram_bytes_max + 1> buffer;  // one more: longer ones are none
    for (int left = datagrams_at_once; left > 0 && socket_.is_open(); --left) {
        Endpoint from;
        error_code wrong;
        const std::size_t size = socket_.receive_from(asio::buffer(buffer), from, 0, wrong);
        if (wrong == asio::error::would_block) return;
        if (wrong) continue;  // what ICMP says of an earlier one: anybody could have sent it
        deliver(Bytes(buffer).first(size), from);
    }
}

void Wire::deliver(Bytes bytes, const Endpoint& from) {
    const auto datagram = read_datagram(bytes);
    if (!datagram) return;
    std::uint64_t connection = 0;
    if (const auto* plain = std::get_if<Plain>(&*datagram)) connection = plain->connection;
    if (const auto* sealed = std::get_if<Sealed>(&*datagram)) connection = sealed->connection;
    if (connection == 0) {
        const std::shared_ptr<Receive> door = door_;
        if (door != nullptr && *door) (*door)(*datagram, from);
        return;
    }
    const auto found = connections_.find(connection);
    if (found == connections_.end()) return;
    const std::shared_ptr<Receive> receive = found->second;
    (*receive)(*datagram, from);
}

void Wire::send(Bytes bytes, const Endpoint& to) {
    error_code ignored;
    (void)socket_.send_to(asio::buffer(bytes.data(), bytes.size()), to, 0, ignored);
}

Endpoint Wire::reachable(const Endpoint& address) const {
    if (!here_.address().is_v6() || address.address().is_v6()) return address;
    return {asio::ip::make_address_v6(asio::ip::v4_mapped, address.address().to_v4()),
            address.port()};
}

bool Wire::can_reach(const Endpoint& address) const {
    return here_.address().is_v6() || address.address().is_v4();
}

void Wire::add(std::uint64_t connection, Receive receive) {
    connections_[connection] = std::make_shared<Receive>(std::move(receive));
}
void Wire::remove(std::uint64_t connection) { connections_.erase(connection); }

void Wire::close() {
    error_code ignored;
    (void)socket_.close(ignored);
}

asio::ip::address plain_address(const Endpoint& endpoint) {
    const auto& address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    return address;
}

std::string shown(const Endpoint& endpoint) {
    return url_of("udp", plain_address(endpoint).to_string(), endpoint.port());
}

}  // namespace direct::udp
