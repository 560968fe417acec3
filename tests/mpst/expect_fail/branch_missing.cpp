// SPDX-License-Identifier: AGPL-3.0-or-later
// Receives with no handler for one of the messages.
// g++: no_handler_of_this_state_takes_.*<.*Client::AwaitAnswer, .*No, .*SendWait>
// clang++: no_handler_of_this_state_takes_.*<.*Client::AwaitAnswer, .*No, .*SendWait>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) {
    return std::move(state).receive([](Yes, Client::SendTicket next) { return next; });
}
