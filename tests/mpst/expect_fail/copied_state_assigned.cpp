// SPDX-License-Identifier: AGPL-3.0-or-later
// Assigns a copy of a state.
// g++: use of deleted function .*Client::SendId::operator=
// clang++: '.*Client::SendId' cannot be assigned
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play(Client::SendId& to, const Client::SendId& from) { to = from; }
