// SPDX-License-Identifier: AGPL-3.0-or-later
// What the kernel asks, and what it keeps of an answer. Pure.
#pragma once

#include <sz/cpp/json.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "addresses.hpp"
#include "description.hpp"

namespace upnp {

using sz::plugin::Json;
using sz::plugin::Result;

enum class Protocol { udp, tcp };

// What `unmap` needs, and what a renewal begins with.
struct Mapping {
    Url router;       // where it describes itself
    Service service;  // on the same machine
    Protocol protocol = Protocol::udp;
    std::uint16_t outside_port = 0, inside_port = 0;
    std::string inside_address;

    [[nodiscard]] Json json() const;
};

struct Request {
    Protocol protocol = Protocol::udp;
    std::uint16_t port = 0;
    std::uint32_t lease_s = 3600;
    std::chrono::milliseconds patience{4000};
    std::string description = "SessionZero";
    std::optional<Mapping> previous;
    // "router":"http://192.168.1.1:5000/rootDesc.xml": for people whose router does not answer the
    // search, which is then left out.
    std::optional<Url> router;
};

// SZ-PORT-006 with a pointer. A `previous` that makes no sense any more is not an error: it is a
// wish that is not followed.
[[nodiscard]] Result<Request> parse_request(std::string_view text);
[[nodiscard]] Result<Mapping> parse_mapping(std::string_view text);

}  // namespace upnp
