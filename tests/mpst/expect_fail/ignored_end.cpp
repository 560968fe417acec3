// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores the end.
// g++: ignoring return.*Gate::SendEntry
// clang++: ignoring return.*nodiscard
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play(Gate::SendEntry state) { std::move(state).send(Entry{}); }
