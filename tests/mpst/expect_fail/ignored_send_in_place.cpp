// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores the state that a message made in place leads to.
// g++: ignoring return.*Client::SendId
// clang++: ignoring return.* Client::AwaitAnswer was not used
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play(Client::SendId state) { std::move(state).send<Id>(7); }
