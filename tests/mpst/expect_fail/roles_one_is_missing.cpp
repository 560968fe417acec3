// SPDX-License-Identifier: AGPL-3.0-or-later
// Connects without one of the roles.
// g++: this_role_talks_to_a_role_that_is_not_here<.*Client, .*Gate>
// clang++: this_role_talks_to_a_role_that_is_not_here<.*Client, .*Gate>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play() { return mpst::connect<Client, Server>(); }
