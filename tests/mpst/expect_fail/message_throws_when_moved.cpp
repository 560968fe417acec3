// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends a message that may throw when it is moved.
// g++: this_message_may_throw_when_it_is_moved<.*Speaker::Speak, .*Torn>
// clang++: this_message_may_throw_when_it_is_moved<.*Speaker::Speak, .*Torn>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

struct Torn {
    Torn(Torn&&) noexcept(false);
};
struct Listener;
struct Speaker {
    struct Speak;
    using Start = Speak;
    using End = mpst::end<Speaker>;
    using peers = mpst::roles<Listener>;
    using states = mpst::states<Speak>;
    struct Speak : mpst::sends<Speak, Speaker, Listener, mpst::to<Torn, End>> {};
};
struct Listener {
    struct Listen;
    using Start = Listen;
    using End = mpst::end<Listener>;
    using peers = mpst::roles<Speaker>;
    using states = mpst::states<Listen>;
    struct Listen : mpst::receives<Listen, Listener, Speaker, mpst::to<Id, End>> {};
};

auto play(Speaker::Speak state, Torn torn) { return std::move(state).send(std::move(torn)); }
