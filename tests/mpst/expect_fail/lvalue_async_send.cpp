// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends, awaiting, without std::move.
// g++: write_std_move_around_this_state<.*Client::SendId,
// clang++: write_std_move_around_this_state<.*Client::SendId,
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::SendId state) { auto next = co_await state.async_send(Id{7}); }
