// SPDX-License-Identifier: AGPL-3.0-or-later
// Matches without std::move.
// g++: write_std_move_around_this_state<.*Client::AwaitAnswer\b
// clang++: write_std_move_around_this_state<.*Client::AwaitAnswer\b
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) {
    auto answer = std::move(state).receive();
    return answer.match([](Yes, Client::SendTicket next) { return next; },
                        [](No, Client::SendWait next) { return next; });
}
