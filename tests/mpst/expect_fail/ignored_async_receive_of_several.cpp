// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores which awaited message has come.
// g++ does not see it.
// clang++: ignoring return.*nodiscard
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::AwaitAnswer state) {
    co_await std::move(state).async_receive();
}
