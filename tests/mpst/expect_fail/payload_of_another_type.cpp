// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends a payload of another type.
// g++: this_message_is_not_made_of_these_values<.*Client::SendId, .*Id, const char
// clang++: this_message_is_not_made_of_these_values<.*Client::SendId, .*Id, const char
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::SendId state) { return std::move(state).send<Id>("seven"); }
