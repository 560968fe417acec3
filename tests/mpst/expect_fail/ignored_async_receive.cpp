// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores an awaited message and the state behind it.
// g++ does not see it.
// clang++: ignoring return.* A message and the state behind it
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Server::End> play(Server::AwaitId state) { co_await std::move(state).async_receive(); }
