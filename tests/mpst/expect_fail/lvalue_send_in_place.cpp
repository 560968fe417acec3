// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends a message made in place without std::move.
// g++: write_std_move_around_this_state<.*Client::SendId,
// clang++: write_std_move_around_this_state<.*Client::SendId,
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::SendId state) { return state.send<Id>(7); }
