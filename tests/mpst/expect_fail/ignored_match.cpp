// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores the state that the handlers give.
// g++: ignoring return.*one_of<.*Client::SendTicket, .*Client::SendWait>
// clang++: ignoring return.*nodiscard
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play(Client::AwaitAnswer state) {
    std::move(state).receive().match([](Yes, Client::SendTicket next) { return next; },
                                     [](No, Client::SendWait next) { return next; });
}
