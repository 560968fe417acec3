// SPDX-License-Identifier: AGPL-3.0-or-later
// What counts as one home when many call: an address of IPv4, a network of IPv6 as providers give
// them to customers (RFC 6177: up to a /48).
#pragma once

#include <boost/asio/ip/address.hpp>
#include <string>

namespace sz::net {

// Of an address as transports name peers: "udp://192.0.2.1:41977", "ws://[2001:db8::1]:5/". What
// is none of these is its own home.
[[nodiscard]] inline std::string home_of(const std::string& address) {
    const std::size_t scheme = address.find("://");
    const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
    const bool is_bracketed = begin < address.size() && address[begin] == '[';
    const std::size_t host = is_bracketed ? begin + 1 : begin;
    const std::size_t end = address.find_first_of(is_bracketed ? "]" : ":/", host);
    boost::system::error_code wrong;
    const auto made = boost::asio::ip::make_address(address.substr(host, end - host), wrong);
    if (wrong) return address;
    if (made.is_v4()) return made.to_string();
    if (made.to_v6().is_v4_mapped())
        return make_address_v4(boost::asio::ip::v4_mapped, made.to_v6()).to_string();
    auto network = made.to_v6().to_bytes();
    std::fill(network.begin() + 6, network.end(), std::uint8_t{0});
    return boost::asio::ip::address_v6(network).to_string();
}

}  // namespace sz::net
