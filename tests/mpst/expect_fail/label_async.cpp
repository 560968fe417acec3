// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends, awaiting, the message of a later state.
// g++: this_state_does_not_send_this_message<.*Client::SendId, .*Ticket>
// clang++: this_state_does_not_send_this_message<.*Client::SendId, .*Ticket>
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::SendId state) {
    auto next = co_await std::move(state).async_send(Ticket{7});
}
