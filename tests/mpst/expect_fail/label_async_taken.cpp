// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes a message that cannot come here.
// g++: this_state_does_not_receive_this_message<.*Client::AwaitAnswer, .*Entry>
// clang++: this_state_does_not_receive_this_message<.*Client::AwaitAnswer, .*Entry>
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::AwaitAnswer state) {
    auto next = (co_await std::move(state).async_receive()).take<Entry>();
}
