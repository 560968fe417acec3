// SPDX-License-Identifier: AGPL-3.0-or-later
// Receives where the protocol sends.
// g++: protocol_state<.*Greeting.*, 0, 0>.* has no member named 'receive'
// clang++: no member named 'receive' in 'mpst::protocol_state<.*, 0, 0>'
#include <sz/mpst/protocol.hpp>

using Greeting = mpst::protocol<
    "global protocol Greeting(role A, role B) {"
    "  hello(string) from A to B; bye() from B to A; }">;

auto play(Greeting::role<"A">::Start state) { return std::move(state).receive(); }
