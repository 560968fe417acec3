// SPDX-License-Identifier: AGPL-3.0-or-later
// Handles a message with another next state.
// g++: no_handler_of_this_state_takes_.*<.*Client::AwaitAnswer, .*No, .*SendWait>
// clang++: no_handler_of_this_state_takes_.*<.*Client::AwaitAnswer, .*No, .*SendWait>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) {
    return std::move(state).receive([](Yes, Client::SendTicket next) { return next; },
                                    [](No, Client::SendId next) { return next; });
}
