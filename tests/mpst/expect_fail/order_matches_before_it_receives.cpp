// SPDX-License-Identifier: AGPL-3.0-or-later
// Looks at the message before it has received it.
// g++: Client::AwaitAnswer.* has no member named 'match'
// clang++: no member named 'match' in '.*Client::AwaitAnswer'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) {
    return std::move(state).match([](Yes, Client::SendTicket next) { return next; },
                                  [](No, Client::SendWait next) { return next; });
}
