// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sentences.hpp"

#include <algorithm>
#include <array>

namespace upnp {

namespace {

using sz::plugin::Fault;

Fault stands_in_the_way(const char* code, std::string message, std::string hint) {
    return {SZ_ERR_ENVIRONMENT, code, std::move(message), std::move(hint), {}, {}};
}

std::string port_of(const Case& about) {
    return (about.protocol == Protocol::udp ? "UDP port " : "TCP port ") +
           std::to_string(about.port);
}

std::string router_of(const Case& about) {
    return about.router.empty() ? "The router" : "The router “" + about.router + "”";
}

// The way that always works.
std::string by_hand(const Case& about) {
    return "forward " + port_of(about) + " to " +
           (about.own_address.empty() ? "this computer" : about.own_address + " (this computer)") +
           " by hand in the router's settings";
}

struct Meaning {
    int number;
    const char* words;
};
constexpr std::array meanings{
    Meaning{401, "it does not know this request"},
    Meaning{402, "it does not understand the request"},
    Meaning{501, "it could not do it"},
    Meaning{602, "it cannot do that"},
    Meaning{603, "it has no memory left for it"},
    Meaning{605, "the request is too long for it"},
    Meaning{606, "it does not allow it"},
    Meaning{715, "it forwards for named senders only"},
    Meaning{716, "it wants to be told every port"},
    Meaning{724, "it can only forward a port under the same number"},
    Meaning{725, "it takes no forwarding that ends by itself"},
    Meaning{726, "it forwards for all senders only"},
    Meaning{727, "it does not let a program choose the port"},
    Meaning{728, "its list of forwarded ports is full"},
    Meaning{729, "another rule of it stands against it"},
    Meaning{732, "it wants to be told every port"},
};

std::string why(const SoapAnswer& answer) {
    const auto* found = std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& one) {
        return one.number == answer.error;
    });
    std::string said = "error " + std::to_string(answer.error);
    if (!answer.words.empty()) said += ", “" + answer.words + "”";
    return found == meanings.end() ? said : std::string(found->words) + " (" + said + ")";
}

std::string plus_tunnel() {
    return " Or ask the provider for a public IPv4 address, or play through a tunnel (a wss:// "
           "address).";
}

}  // namespace

Fault no_router(const Case& about) {
    return stands_in_the_way(
        "SZ-PORT-001", "No router in this network answered.",
        "Turn on UPnP in the router (it may be called automatic port forwarding), or " +
            by_hand(about) + ".");
}

Fault no_answer_at(const Case& about, const Url& router) {
    return stands_in_the_way(
        "SZ-PORT-001",
        "No router answered at " + router.address + ":" + std::to_string(router.port) + ".",
        "Is the router on, and UPnP turned on in it? Else " + by_hand(about) + ".");
}

Fault refused(const Case& about, const SoapAnswer& answer) {
    return stands_in_the_way(
        "SZ-PORT-002",
        router_of(about) + " refused to forward " + port_of(about) + ": " + why(answer) + ".",
        "Allow port forwarding by UPnP for this computer in the router's settings, or " +
            by_hand(about) + ".");
}

Fault all_taken(const Case& about, const std::vector<std::uint16_t>& tried) {
    std::string ports;
    for (const std::uint16_t port : tried)
        ports += (ports.empty() ? "" : ", ") + std::to_string(port);
    return stands_in_the_way(
        "SZ-PORT-003",
        router_of(about) +
            " forwards every port that was tried to somebody else already: " + ports + ".",
        "Remove a forwarding that nobody needs any more from the router's list, or host on "
        "another port.");
}

Fault no_open_address(const Case& about, const std::string& address) {
    const auto number = parse_ipv4(address);
    const AddressKind kind = number ? kind_of(*number) : AddressKind::none;
    std::string message, hint = "Players cannot reach this computer directly.";
    if (kind == AddressKind::carrier) {
        message = "The internet provider shares one address among several homes (carrier NAT): " +
                  std::string("the router") +
                  (about.router.empty() ? "" : " “" + about.router + "”") + " has " + address +
                  ", which nobody can reach from the Internet.";
        hint += plus_tunnel();
    } else if (kind == AddressKind::home) {
        message = router_of(about) + " is behind another router: its own address is " + address +
                  ", which nobody can reach from the Internet.";
        hint = "Forward " + port_of(about) + " to " + address +
               " in the other router as well, or let that one only pass through (bridge mode)." +
               plus_tunnel();
    } else if (kind == AddressKind::none) {
        message = router_of(about) +
                  " has no address in the Internet: it is not connected, or the internet provider "
                  "shares one address among several homes (carrier NAT).";
        hint += " Look whether the Internet works at all." + plus_tunnel();
    } else {
        message = router_of(about) + " says that its address in the Internet is " + address +
                  ", which is reserved and leads nowhere.";
        hint += plus_tunnel();
    }
    return stands_in_the_way("SZ-PORT-004", std::move(message), std::move(hint));
}

Fault not_connected(const Case& about) {
    return stands_in_the_way("SZ-PORT-004",
                             router_of(about) + " says that it is not connected to the Internet.",
                             "Look whether the Internet works at all, and at the router's lamps.");
}

Fault makes_no_sense(const Case& about) {
    return stands_in_the_way("SZ-PORT-005", router_of(about) + " answered what makes no sense.",
                             "Start the router again, or " + by_hand(about) + ".");
}

Fault stopped_answering(const Case& about) {
    return stands_in_the_way(
        "SZ-PORT-005", router_of(about) + " stopped answering.",
        "Try again; if it stays so, start the router again, or " + by_hand(about) + ".");
}

Fault said_yes_and_did_not(const Case& about) {
    return stands_in_the_way(
        "SZ-PORT-005",
        router_of(about) + " said that it forwards " + port_of(about) + ", and does not.",
        "Start the router again, or " + by_hand(about) + ".");
}

Fault points_elsewhere(const Case& about) {
    return stands_in_the_way(
        "SZ-PORT-005",
        router_of(about) +
            " says that another machine forwards its ports. That machine is not asked.",
        "Something in this network may be pretending to be the router. " +
            std::string("To be sure, ") + by_hand(about) + ".");
}

Fault trouble(const Case& about, const SoapAnswer& answer) {
    if (answer.error == code::cancelled) return sz::plugin::fault(SZ_ERR_CANCELLED);
    if (answer.error == code::silent) return stopped_answering(about);
    if (answer.error == code::nonsense || answer.is_ok()) return makes_no_sense(about);
    return refused(about, answer);
}

}  // namespace upnp
