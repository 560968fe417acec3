// SPDX-License-Identifier: AGPL-3.0-or-later
// Does not await what is to be sent.
// g++: ignoring return.*Client::SendId
// clang++: ignoring return.*nodiscard
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play(Client::SendId state) { std::move(state).async_send(Id{7}); }
