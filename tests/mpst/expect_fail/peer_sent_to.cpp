// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends to another role.
// g++: this_state_talks_to_another_role<.*Client::SendId, .*Gate>
// clang++: this_state_talks_to_another_role<.*Client::SendId, .*Gate>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::SendId state) { return std::move(state).send_to<Gate>(Id{7}); }
