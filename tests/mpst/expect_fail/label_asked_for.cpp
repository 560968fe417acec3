// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks whether a message has come that cannot come here.
// g++: this_state_does_not_receive_this_message<.*Client::AwaitAnswer, .*Entry>
// clang++: this_state_does_not_receive_this_message<.*Client::AwaitAnswer, .*Entry>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

bool play(Client::AwaitAnswer state) {
    auto answer = std::move(state).receive();
    return answer.is<Entry>();
}
