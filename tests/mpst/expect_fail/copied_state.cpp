// SPDX-License-Identifier: AGPL-3.0-or-later
// Copies a state.
// g++: use of deleted function .*Client::SendId::SendId\(const
// clang++: deleted copy constructor of '.*Client::SendId'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::SendId play(Client::SendId& state) { return state; }
