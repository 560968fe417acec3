// SPDX-License-Identifier: AGPL-3.0-or-later
// Forgets to return the end from a coroutine.
// g++ does not see it.
// clang++: does not return a value
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::SendId state) {
    auto next = co_await std::move(state).async_send(Id{7});
}
