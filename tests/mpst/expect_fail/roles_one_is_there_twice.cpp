// SPDX-License-Identifier: AGPL-3.0-or-later
// Connects with one of the roles twice.
// g++: this_role_is_here_twice<.*Gate>
// clang++: this_role_is_here_twice<.*Gate>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play() { return mpst::connect<Client, Server, Gate, Gate>(); }
