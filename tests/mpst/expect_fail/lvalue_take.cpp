// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes a message without std::move.
// g++: write_std_move_around_this_state<.*Client::AwaitAnswer\b
// clang++: write_std_move_around_this_state<.*Client::AwaitAnswer\b
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) {
    auto answer = std::move(state).receive();
    return answer.take<Yes>();
}
