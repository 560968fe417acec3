// SPDX-License-Identifier: AGPL-3.0-or-later
// The addresses of this machine, for those who are told where to connect to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace direct {

struct Candidate {
    std::string address;      // without brackets
    std::string_view family;  // "ipv4", "ipv6"
    std::string_view scope;   // "loopback", "link", "home", "public"
    bool operator==(const Candidate&) const = default;
};

// What is known of an address; "home" is what routers of homes and providers give out (RFC 1918,
// 4193, 6598). An address that is none: public.
[[nodiscard]] Candidate candidate(const std::string& address);

// Those that somebody can be told: not the link-local ones of IPv6, which mean nothing without the
// name of an interface of the machine that they are used on. Best first; empty when the system does
// not say.
[[nodiscard]] std::vector<Candidate> addresses_of_this_machine();

}  // namespace direct
