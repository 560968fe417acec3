// SPDX-License-Identifier: AGPL-3.0-or-later
// Does not await what is to be received.
// g++: ignoring return.*Client::AwaitAnswer
// clang++: ignoring return.*nodiscard
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play(Client::AwaitAnswer state) { std::move(state).async_receive(); }
