// SPDX-License-Identifier: AGPL-3.0-or-later
// IPv4 addresses as routers write them, and URLs of routers. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace upnp {

// Who can reach an address (RFC 6890 and the registry that it began).
enum class AddressKind {
    open,      // in the Internet
    home,      // RFC 1918, 169.254/16: behind a router
    carrier,   // RFC 6598, 100.64/10: behind a provider's router
    loopback,  // 127/8: this machine
    none,      // 0/8: not connected
    reserved,  // documentation, benchmarks, multicast, future use
};

// Four decimal numbers, without leading zeros.
[[nodiscard]] std::optional<std::uint32_t> parse_ipv4(std::string_view text);
[[nodiscard]] AddressKind kind_of(std::uint32_t address);

// http://ADDRESS[:PORT]/PATH with an address in numbers: a name would have to be looked up, and may
// lead anywhere.
struct Url {
    std::string address;
    std::uint16_t port = 80;
    std::string path;  // begins with a slash

    [[nodiscard]] std::string text() const;
    friend bool operator==(const Url&, const Url&) = default;
};
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);
// What `reference` means in the document at `base`; nothing when it leads to another machine.
[[nodiscard]] std::optional<Url> resolve(const Url& base, std::string_view reference);

}  // namespace upnp
