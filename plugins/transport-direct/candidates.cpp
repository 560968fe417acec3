// SPDX-License-Identifier: AGPL-3.0-or-later
#include "candidates.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/NetworkInterface.h>

#include <algorithm>

namespace direct {

namespace {

using Poco::Net::IPAddress;

const char* scope_of(const IPAddress& address) {
    if (address.isLoopback()) return "loopback";
    if (address.isLinkLocal()) return "link";
    static const IPAddress shared("100.64.0.0"), ten_bits = IPAddress(10, IPAddress::IPv4);
    static const IPAddress unique("fc00::"), seven_bits = IPAddress(7, IPAddress::IPv6);
    const bool is_v4 = address.family() == IPAddress::IPv4;
    const bool is_home = is_v4 ? address.isSiteLocal() || (address & ten_bits) == shared
                               : address.isSiteLocal() || (address & seven_bits) == unique;
    return is_home ? "home" : "public";
}

int rank(const Candidate& one) {
    static constexpr std::string_view order[] = {"public", "home", "link", "loopback"};
    return static_cast<int>(std::find(std::begin(order), std::end(order), one.scope) -
                            std::begin(order));
}

}  // namespace

Candidate candidate(const std::string& address) {
    IPAddress parsed;
    if (!IPAddress::tryParse(address, parsed)) return {address, "ipv4", "public"};
    return {address, parsed.family() == IPAddress::IPv4 ? "ipv4" : "ipv6", scope_of(parsed)};
}

std::vector<Candidate> addresses_of_this_machine() {
    std::vector<Candidate> found;
    try {
        for (const auto& interface : Poco::Net::NetworkInterface::list()) {
            for (const auto& tuple : interface.addressList()) {
                const auto& address = tuple.get<0>();
                if (address.family() == IPAddress::IPv6 && address.isLinkLocal()) continue;
                // Without the name of the interface, which is ours alone.
                const std::string text = address.toString();
                const Candidate one = candidate(text.substr(0, text.find('%')));
                if (std::find(found.begin(), found.end(), one) == found.end()) found.push_back(one);
            }
        }
    } catch (const Poco::Exception&) {
        return found;  // those that it did say
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Candidate& a, const Candidate& b) { return rank(a) < rank(b); });
    return found;
}

}  // namespace direct
