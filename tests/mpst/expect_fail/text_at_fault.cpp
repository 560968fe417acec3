// SPDX-License-Identifier: AGPL-3.0-or-later
// Names a role that the protocol does not have.
// g++: the_protocol_is_at_fault<.*(Fault::unknown_role|Fault.\d+), 3, 19>
// clang++: the_protocol_is_at_fault<.*(Fault::unknown_role|Fault.\d+), 3, 19>
#include <sz/mpst/protocol.hpp>

using Faulty = mpst::protocol<
    "global protocol Faulty(role A, role B) {\n"
    "  hello() from A to B;\n"
    "  bye() from A to C; }">;
using Start = Faulty::role<"A">::Start;
