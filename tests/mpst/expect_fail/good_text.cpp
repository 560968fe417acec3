// SPDX-License-Identifier: AGPL-3.0-or-later
// Uses a protocol that stands in the program.
#include <sz/mpst/protocol.hpp>

using Greeting = mpst::protocol<
    "global protocol Greeting(role A, role B) {"
    "  hello(string) from A to B; bye() from B to A; }">;

using Hello = Greeting::message<"hello">;
using Bye = Greeting::message<"bye">;

auto play() {
    auto [a, b] = mpst::connect<Greeting::role<"A">, Greeting::role<"B">>();
    auto waiting = std::move(a).send(Hello{"you"});
    auto [hello, next] = std::move(b).receive();
    return std::move(next).send(Bye{});
}
