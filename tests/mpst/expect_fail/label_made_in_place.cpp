// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends the message of a later state, made in place.
// g++: this_state_does_not_send_this_message<.*Client::SendId, .*Ticket>
// clang++: this_state_does_not_send_this_message<.*Client::SendId, .*Ticket>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::SendId state) { return std::move(state).send<Ticket>(7); }
