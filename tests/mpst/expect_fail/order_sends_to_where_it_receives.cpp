// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends, and says to whom, where it must receive.
// g++: Client::AwaitAnswer.* has no member named '(async_)?send
// clang++: no member named '(async_)?send.* in '.*Client::AwaitAnswer'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) { return std::move(state).send_to<Server>(Id{7}); }
