// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes a state out of nothing.
// g++: use of deleted function .*Client::AwaitAnswer::AwaitAnswer\(\)
// clang++: deleted default constructor of '.*Client::AwaitAnswer'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::AwaitAnswer state;
