// SPDX-License-Identifier: AGPL-3.0-or-later
// Joins without a channel to one of the roles.
// g++: this_role_talks_to_a_role_that_is_not_here<.*Client, .*Gate>
// clang++: this_role_talks_to_a_role_that_is_not_here<.*Client, .*Gate>
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

auto play() { return mpst::join<Client>({}, mpst::to_role<Server>(Channel{})); }
