// SPDX-License-Identifier: AGPL-3.0-or-later
// Matches with no handler for one of the messages.
// g++: no_handler_of_this_state_takes_.*<.*Client::AwaitAnswer, .*Yes, .*SendTicket>
// clang++: no_handler_of_this_state_takes_.*<.*Client::AwaitAnswer, .*Yes, .*SendTicket>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) {
    auto answer = std::move(state).receive();
    return std::move(answer).match([](No, Client::SendWait next) { return next; });
}
