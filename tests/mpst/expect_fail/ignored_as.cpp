// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores the next state that it asked for.
// g++: ignoring return.*Client::SendTicket
// clang++: ignoring return.* Client::SendTicket was not used
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play(Client::AwaitAnswer state) {
    auto next = std::move(state).receive([](Yes, Client::SendTicket yes) { return yes; },
                                         [](No, Client::SendWait no) { return no; });
    std::move(next).as<Client::SendTicket>();
}
