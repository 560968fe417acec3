// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes an end out of nothing.
// g++: no matching function .*end<.*Client>::end
// clang++: no matching constructor .*Client::End'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::End end;
