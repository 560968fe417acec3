// SPDX-License-Identifier: AGPL-3.0-or-later
// Joins a role of which a message cannot become bytes.
// g++: this_message_has_no_encoding<.*Here>
// clang++: this_message_has_no_encoding<.*Here>
#include <sz/mpst/join.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

struct Here {
    void* address;
};
struct Listener;
struct Speaker {
    struct Speak;
    using Start = Speak;
    using End = mpst::end<Speaker>;
    using peers = mpst::roles<Listener>;
    using states = mpst::states<Speak>;
    struct Speak : mpst::sends<Speak, Speaker, Listener, mpst::to<Here, End>> {};
};
struct Listener {
    struct Listen;
    using Start = Listen;
    using End = mpst::end<Listener>;
    using peers = mpst::roles<Speaker>;
    using states = mpst::states<Listen>;
    struct Listen : mpst::receives<Listen, Listener, Speaker, mpst::to<Id, End>> {};
};

struct Channel {
    mpst::Passage send(const mpst::Frame& frame, mpst::Clock::time_point until);
    mpst::Passage receive(mpst::Frame& frame, mpst::Clock::time_point until);
    void cancel(const mpst::Notice& notice) noexcept;
    mpst::Notice notice();
    void when_ready(std::function<void()> call);
};

auto play() { return mpst::join<Speaker>({}, mpst::to_role<Listener>(Channel{})); }
