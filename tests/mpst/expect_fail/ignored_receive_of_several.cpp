// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores which message has come.
// g++: ignoring return.*Client::AwaitAnswer
// clang++: ignoring return.*nodiscard
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play(Client::AwaitAnswer state) { std::move(state).receive(); }
