// SPDX-License-Identifier: AGPL-3.0-or-later
// Returns from a coroutine before the end.
// g++: (return_value|what_the_task_gives<).*Client::AwaitAnswer
// clang++: return_value|what_the_task_gives<.*Client::AwaitAnswer
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::SendId state) {
    co_return co_await std::move(state).async_send(Id{7});
}
