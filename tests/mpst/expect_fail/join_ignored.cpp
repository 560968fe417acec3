// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores the first state.
// g++: ignoring return.*Server::AwaitId
// clang++: ignoring return.* Server::AwaitId was not used
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

void play() { mpst::join<Server>({}, mpst::to_role<Client>(Channel{})); }
