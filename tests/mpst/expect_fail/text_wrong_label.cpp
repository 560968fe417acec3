// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends another message than the protocol has.
// g++: this_state_does_not_send_this_message<mpst::protocol_state<.*Greeting.*, 0, 0>
// clang++: this_state_does_not_send_this_message<mpst::protocol_state<.*, 0, 0>
#include <sz/mpst/protocol.hpp>

using Greeting = mpst::protocol<
    "global protocol Greeting(role A, role B) {"
    "  hello(string) from A to B; bye() from B to A; }">;

auto play(Greeting::role<"A">::Start state) {
    return std::move(state).send(Greeting::message<"bye">{});
}
