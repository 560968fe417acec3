// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes a message that cannot come here.
// g++: this_state_does_not_receive_this_message<.*Client::AwaitAnswer, .*Entry>
// clang++: this_state_does_not_receive_this_message<.*Client::AwaitAnswer, .*Entry>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) { return std::move(state).receive().take<Entry>(); }
