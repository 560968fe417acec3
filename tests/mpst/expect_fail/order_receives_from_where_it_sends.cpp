// SPDX-License-Identifier: AGPL-3.0-or-later
// Receives, and says from whom, where it must send.
// g++: Client::SendId.* has no member named '(async_)?receive
// clang++: no member named '(async_)?receive.* in '.*Client::SendId'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::SendId state) { return std::move(state).receive_from<Server>(); }
