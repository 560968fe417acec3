// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores a message that was taken and the state behind it.
// g++: ignoring return.*Client::SendTicket
// clang++: ignoring return.* A message and the state behind it
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play(Client::AwaitAnswer state) { std::move(state).receive().take<Yes>(); }
