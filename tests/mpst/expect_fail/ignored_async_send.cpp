// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores the state that an awaited message leads to.
// g++ does not see it.
// clang++: ignoring return.* Client::AwaitAnswer was not used
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::SendId state) { co_await std::move(state).async_send(Id{7}); }
