// SPDX-License-Identifier: AGPL-3.0-or-later
// Joins with a channel to each peer, in any order.
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

Client::Start play() {
    return mpst::join<Client>({}, mpst::to_role<Gate>(Channel{}), mpst::to_role<Server>(Channel{}));
}
