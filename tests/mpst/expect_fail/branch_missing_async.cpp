// SPDX-License-Identifier: AGPL-3.0-or-later
// Matches what was awaited with no handler for one of the messages.
// g++: no_handler_of_this_state_takes_.*<.*Client::AwaitAnswer, .*Yes, .*SendTicket>
// clang++: no_handler_of_this_state_takes_.*<.*Client::AwaitAnswer, .*Yes, .*SendTicket>
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::AwaitAnswer state) {
    auto next = (co_await std::move(state).async_receive()).match([](No, Client::SendWait no) {
        return no;
    });
}
