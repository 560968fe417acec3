// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores a message and the state behind it.
// g++: ignoring return.*Server::AwaitId
// clang++: ignoring return.* A message and the state behind it
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play(Server::AwaitId state) { std::move(state).receive(); }
