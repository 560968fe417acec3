// SPDX-License-Identifier: AGPL-3.0-or-later
// Matches with a handler for a message that cannot come here.
// g++: this_handler_takes_no_message_of_this_state<.*Client::AwaitAnswer, .*Entry
// clang++: this_handler_takes_no_message_of_this_state<.*Client::AwaitAnswer, .*lambda at
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) {
    auto answer = std::move(state).receive();
    return std::move(answer).match([](Yes, Client::SendTicket next) { return next; },
                                   [](No, Client::SendWait next) { return next; },
                                   [](Entry, Client::SendTicket next) { return next; });
}
