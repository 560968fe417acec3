// SPDX-License-Identifier: AGPL-3.0-or-later
// Does not await a part of a role.
// g++: ignoring return.*task<.*end<.*Client>
// clang++: ignoring return.*nodiscard
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::SendTicket state);
mpst::task<> play_all(Client::SendTicket state) {
    play(std::move(state));
    co_return;
}
