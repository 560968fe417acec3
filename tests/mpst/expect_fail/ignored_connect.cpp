// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores the first states.
// g++: ignoring return.*Client, .*Server, .*Gate
// clang++: ignoring return.*nodiscard
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play() { mpst::connect<Client, Server, Gate>(); }
