// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends, awaiting, the payload alone.
// g++: this_state_does_not_send_this_message<.*Client::SendId, int>
// clang++: this_state_does_not_send_this_message<.*Client::SendId, int>
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::SendId state) {
    auto next = co_await std::move(state).async_send(7);
}
