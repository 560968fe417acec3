// SPDX-License-Identifier: AGPL-3.0-or-later
// The address in a URL, taken apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <sz/cpp/result.hpp>

namespace direct {

// What is listened to when a URL names no port. Not assigned to anybody by IANA.
inline constexpr std::uint16_t usual_port = 41977;
inline constexpr std::size_t url_bytes_max = 2000;
inline constexpr std::size_t host_bytes_max = 253;  // RFC 1035, section 2.3.4

struct Address {
    std::string scheme;  // "udp", in lower case
    std::string host;    // a name, an IPv4 or an IPv6 address without brackets; empty: every one
    std::uint16_t port = 0;
    std::string path;  // "/", and what stood behind it with its query
    [[nodiscard]] bool is_everywhere() const {
        return host.empty() || host == "*" || host == "0.0.0.0" || host == "::";
    }
};

enum class Use : std::uint8_t { listening, connecting };

// SZ-TRANSPORT-001: it makes no sense, and why. Without a port: the usual one for listening and for
// udp, that of HTTP for connecting to ws (80) and wss (443).
[[nodiscard]] sz::plugin::Result<Address> parse_address(std::string_view url, Use use);

// "udp://[2001:db8::1]:41977"
[[nodiscard]] std::string url_of(std::string_view scheme, std::string_view host,
                                 std::uint16_t port);

}  // namespace direct
