// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes a protocol that is none.
// g++: the_protocol_is_at_fault<.*(Fault::syntax|Fault.\d+), 2, 18>
// clang++: the_protocol_is_at_fault<.*(Fault::syntax|Fault.\d+), 2, 18>
#include <sz/mpst/protocol.hpp>

using Faulty = mpst::protocol<
    "global protocol Faulty(role A, role B) {\n"
    "  hello() from A B; }">;
using Start = Faulty::role<"A">::Start;
