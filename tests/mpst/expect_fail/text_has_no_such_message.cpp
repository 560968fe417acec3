// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks a protocol for a message that it does not have.
// g++: static assertion failed: the protocol has no such name
// clang++: static.assert.* failed.*the protocol has no such name
#include <sz/mpst/protocol.hpp>

using Greeting = mpst::protocol<
    "global protocol Greeting(role A, role B) {"
    "  hello(string) from A to B; bye() from B to A; }">;
using Hi = Greeting::message<"hi">;
Hi hi;
