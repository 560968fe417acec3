// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends the payload alone.
// g++: this_state_does_not_send_this_message<.*Client::SendId, int>
// clang++: this_state_does_not_send_this_message<.*Client::SendId, int>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::SendId state) { return std::move(state).send(7); }
