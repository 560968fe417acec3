// SPDX-License-Identifier: AGPL-3.0-or-later
// Joins with two channels to one role.
// g++: this_role_is_here_twice<.*Client>
// clang++: this_role_is_here_twice<.*Client>
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
    return mpst::join<Server>({}, mpst::to_role<Client>(Channel{}),
                              mpst::to_role<Client>(Channel{}));
}
