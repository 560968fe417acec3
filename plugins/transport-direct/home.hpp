// SPDX-License-Identifier: AGPL-3.0-or-later
// What counts as one home when too many come: an address of IPv4, a network of IPv6 as providers
// give them to customers (RFC 6177: up to a /48).
#pragma once

#include <boost/asio/ip/address.hpp>
#include <string>

namespace direct {

[[nodiscard]] inline std::string home_of(const boost::asio::ip::address& address) {
    if (address.is_v4()) return address.to_string();
    const auto bytes = address.to_v6().to_bytes();
    return {bytes.begin(), bytes.begin() + 6};
}

// As text; what is no address is its own home.
[[nodiscard]] inline std::string home_of(const std::string& address) {
    boost::system::error_code wrong;
    const auto made = boost::asio::ip::make_address(address, wrong);
    return wrong ? address : home_of(made);
}

}  // namespace direct
