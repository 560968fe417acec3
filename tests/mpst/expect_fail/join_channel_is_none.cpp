// SPDX-License-Identifier: AGPL-3.0-or-later
// Joins with a channel that cannot be cancelled.
// g++: no matching function .*to_role<.*Client>
// clang++: no matching function .*to_role
#include <sz/mpst/join.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

struct Channel {
    mpst::Passage send(const mpst::Frame& frame, mpst::Clock::time_point until);
    mpst::Passage receive(mpst::Frame& frame, mpst::Clock::time_point until);
};

auto play() { return mpst::join<Server>({}, mpst::to_role<Client>(Channel{})); }
