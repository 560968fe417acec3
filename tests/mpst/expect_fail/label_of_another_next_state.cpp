// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks for a next state that cannot be the next.
// g++: this_state_is_none_of_the_next<.*Client::SendId, .*Client::SendTicket,
// clang++: this_state_is_none_of_the_next<.*Client::SendId, .*Client::SendTicket,
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

bool play(Client::AwaitAnswer state) {
    auto next = std::move(state).receive([](Yes, Client::SendTicket yes) { return yes; },
                                         [](No, Client::SendWait no) { return no; });
    return next.is<Client::SendId>();
}
