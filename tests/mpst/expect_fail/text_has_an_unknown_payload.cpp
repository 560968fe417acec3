// SPDX-License-Identifier: AGPL-3.0-or-later
// Uses a payload type that was not said.
// g++: no matching function .*TextTypes<.*picture
// clang++: no matching function .*message_of
#include <sz/mpst/protocol.hpp>

using Greeting = mpst::protocol<
    "global protocol Greeting(role A, role B) {"
    "  hello(picture) from A to B; bye() from B to A; }">;
using Hello = Greeting::message<"hello">;
Hello hello;
