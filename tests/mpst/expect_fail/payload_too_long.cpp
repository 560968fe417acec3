// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends more than the payload.
// g++: this_message_is_not_made_of_these_values<.*Client::SendId, .*Id, int, int>
// clang++: this_message_is_not_made_of_these_values<.*Client::SendId, .*Id, int, int>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::SendId state) { return std::move(state).send<Id>(7, 8); }
