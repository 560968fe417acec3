// SPDX-License-Identifier: AGPL-3.0-or-later
// Awaits a message where it must send.
// g++: Client::SendId.* has no member named '(async_)?receive
// clang++: no member named '(async_)?receive.* in '.*Client::SendId'
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::SendId state) {
    auto next = co_await std::move(state).async_receive();
}
