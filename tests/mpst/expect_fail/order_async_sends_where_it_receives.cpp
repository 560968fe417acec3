// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends, awaiting, where it must receive.
// g++: Client::AwaitAnswer.* has no member named '(async_)?send
// clang++: no member named '(async_)?send.* in '.*Client::AwaitAnswer'
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::AwaitAnswer state) {
    auto next = co_await std::move(state).async_send(Id{7});
}
