// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends a payload of another type, of which something would be lost.
// g++: this_message_is_not_made_of_these_values<.*Client::SendId, .*Id, double>
// clang++: this_message_is_not_made_of_these_values<.*Client::SendId, .*Id, double>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::SendId state) { return std::move(state).send<Id>(7.5); }
