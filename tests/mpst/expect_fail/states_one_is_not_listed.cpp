// SPDX-License-Identifier: AGPL-3.0-or-later
// Connects a role of which a state is missing in its list.
// g++: leads_out_of_its_list_of_states<.*Speaker
// clang++: leads_out_of_its_list_of_states<.*Speaker
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

struct Listener;
struct Speaker {
    struct Speak;
    struct SpeakMore;
    using Start = Speak;
    using End = mpst::end<Speaker>;
    using peers = mpst::roles<Listener>;
    using states = mpst::states<Speak>;
    struct Speak : mpst::sends<Speak, Speaker, Listener, mpst::to<Id, SpeakMore>> {};
    struct SpeakMore : mpst::sends<SpeakMore, Speaker, Listener, mpst::to<Id, End>> {};
};
struct Listener {
    struct Listen;
    using Start = Listen;
    using End = mpst::end<Listener>;
    using peers = mpst::roles<Speaker>;
    using states = mpst::states<Listen>;
    struct Listen : mpst::receives<Listen, Listener, Speaker, mpst::to<Id, End>> {};
};

auto play() { return mpst::connect<Speaker, Listener>(); }
