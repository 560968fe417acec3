// SPDX-License-Identifier: AGPL-3.0-or-later
// Joins with a channel to a role that it does not talk to.
// g++: this_role_does_not_talk_to_this_role<.*Server, .*Gate>
// clang++: this_role_does_not_talk_to_this_role<.*Server, .*Gate>
#include <sz/mpst/join.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

struct Channel {
    mpst::Passage send(const mpst::Frame& frame, mpst::Clock::time_point until);
    mpst::Passage receive(mpst::Frame& frame, mpst::Clock::time_point until);
    void cancel(const mpst::Notice& notice) noexcept;
    mpst::Notice notice();
    void when_ready(std::function<void()> call);
};

auto play() {
    return mpst::join<Server>({}, mpst::to_role<Client>(Channel{}), mpst::to_role<Gate>(Channel{}));
}
