// SPDX-License-Identifier: AGPL-3.0-or-later
// A session whose roles are programs that meet at an MQTT 3.1.1 broker, through Eclipse Paho's C
// library (libpaho-mqtt3a). Each program:
//
//   mpst::mqtt::Options options;
//   options.broker = "tcp://127.0.0.1:1883";
//   options.session = "matinee";
//   auto outcome = mpst::perform(mpst::mqtt::join<Client>(options), watch);
//
// What is promised: messages arrive once, whole and in order, or the session fails with a reason.
// A connection that breaks, or a broker that restarts, is waited for as long as the patience; a
// program that ends without a word is noticed by the broker, and after half the patience, at most
// five seconds, it is given up. When a role is at its end its program waits until the others have
// what it sent.
//
// A program whose sessions are idle may take two seconds to connect for another one: Paho looks for
// new connections that seldom.
#pragma once

#include "join.hpp"
#include "mqtt/channel.hpp"

namespace mpst::mqtt {

namespace detail {

template <class Role>
constexpr std::uint64_t protocol_of() {
    if constexpr (requires { std::uint64_t{Role::protocol_hash}; }) {
        return Role::protocol_hash;
    } else {
        return 0;
    }
}

template <class Role, class... Peer>
typename Role::Start join(const Options& options, roles<Peer...>) {
    if (const std::string fault = fault_of(options); !fault.empty()) {
        Failure failure;
        failure.what = Trouble::not_possible;
        failure.role = role_name<Role>();
        failure.state = "Start";
        failure.why = fault;
        throw SessionFailed(std::move(failure));
    }
    const auto link = std::make_shared<Link>(options, Part{std::string(role_name<Role>()),
                                                           {std::string(role_name<Peer>())...},
                                                           protocol_of<Role>()});
    if (auto failure = link->meet()) throw SessionFailed(std::move(*failure));
    mpst::Options inside;
    inside.patience = options.patience;
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return mpst::join<Role>(inside, to_role<Peer>(Channel(link, I))...);
    }
    (std::index_sequence_for<Peer...>{});
}

}  // namespace detail

// Connects, and meets the role's peers; what comes before the first of them counts too: a peer may
// be late. Throws SessionFailed, with the state "Start": the broker cannot be reached or does not
// want this program, a peer does not come within the patience or plays another protocol, the role
// is taken.
template <class Role>
[[nodiscard]] typename Role::Start join(const Options& options) {
    return detail::join<Role>(options, typename Role::peers{});
}

}  // namespace mpst::mqtt
