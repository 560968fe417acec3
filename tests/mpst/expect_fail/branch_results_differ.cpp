// SPDX-License-Identifier: AGPL-3.0-or-later
// Has handlers that give things of different kinds.
// g++: these_handlers_give_different_things<.*Client::SendTicket, int>
// clang++: these_handlers_give_different_things<.*Client::SendTicket, int>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) {
    return std::move(state).receive([](Yes, Client::SendTicket next) { return next; },
                                    [](No, Client::SendWait) { return 7; });
}
