// SPDX-License-Identifier: AGPL-3.0-or-later
// Awaits a message within a time without std::move.
// g++: write_std_move_around_this_state<.*Client::AwaitAnswer\b
// clang++: write_std_move_around_this_state<.*Client::AwaitAnswer\b
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::AwaitAnswer state) {
    auto next = co_await state.async_receive(mpst::within{std::chrono::seconds(1)});
}
