// SPDX-License-Identifier: AGPL-3.0-or-later
// Receives from another role.
// g++: this_state_talks_to_another_role<.*Client::AwaitAnswer, .*Gate>
// clang++: this_state_talks_to_another_role<.*Client::AwaitAnswer, .*Gate>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) { return std::move(state).receive_from<Gate>(); }
