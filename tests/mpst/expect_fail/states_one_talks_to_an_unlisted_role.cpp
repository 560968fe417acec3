// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends to a role that is missing in the role's list.
// g++: this_role_talks_to_a_role_that_is_not_here<.*Speaker, .*Gate>
// clang++: this_role_talks_to_a_role_that_is_not_here<.*Speaker, .*Gate>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

struct Listener;
struct Speaker {
    struct Speak;
    using Start = Speak;
    using End = mpst::end<Speaker>;
    using peers = mpst::roles<Listener>;
    using states = mpst::states<Speak>;
    struct Speak : mpst::sends<Speak, Speaker, Gate, mpst::to<Id, End>> {};
};
struct Listener {
    struct Listen;
    using Start = Listen;
    using End = mpst::end<Listener>;
    using peers = mpst::roles<Speaker>;
    using states = mpst::states<Listen>;
    struct Listen : mpst::receives<Listen, Listener, Speaker, mpst::to<Id, End>> {};
};

auto play(Speaker::Speak state) { return std::move(state).send(Id{7}); }
