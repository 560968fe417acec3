// SPDX-License-Identifier: AGPL-3.0-or-later
// Returns nothing for the end from a coroutine.
// g++: end<.*Client>
// clang++: return_value|end<.*Client>
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::SendId state) {
    auto next = co_await std::move(state).async_send(Id{7});
    co_return {};
}
