// SPDX-License-Identifier: AGPL-3.0-or-later
// Connects two roles of which one sends what the other does not receive.
// g++: these_two_roles_do_not_fit<.*(Caller|Stranger), .*(Caller|Stranger)>
// clang++: these_two_roles_do_not_fit<.*(Caller|Stranger), .*(Caller|Stranger)>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

struct Stranger;
struct Caller {
    struct SendId;
    using Start = SendId;
    using End = mpst::end<Caller>;
    using peers = mpst::roles<Stranger>;
    using states = mpst::states<SendId>;
    struct SendId : mpst::sends<SendId, Caller, Stranger, mpst::to<Id, End>> {};
};
struct Stranger {
    struct AwaitTicket;
    using Start = AwaitTicket;
    using End = mpst::end<Stranger>;
    using peers = mpst::roles<Caller>;
    using states = mpst::states<AwaitTicket>;
    struct AwaitTicket : mpst::receives<AwaitTicket, Stranger, Caller, mpst::to<Ticket, End>> {};
};

auto play() { return mpst::connect<Caller, Stranger>(); }
