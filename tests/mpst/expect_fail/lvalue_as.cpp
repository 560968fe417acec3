// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes the next state without std::move.
// g++: write_std_move_around_this_state<.*Client::SendWait>
// clang++: write_std_move_around_this_state<.*Client::SendWait>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) {
    auto next = std::move(state).receive([](Yes, Client::SendTicket yes) { return yes; },
                                         [](No, Client::SendWait no) { return no; });
    return next.as<Client::SendWait>();
}
