// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes a state out of nothing, with braces.
// g++: could not convert .*receives<.*Client::AwaitAnswer
// clang++: no matching constructor .*receives<.*AwaitAnswer,
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::AwaitAnswer state{};
