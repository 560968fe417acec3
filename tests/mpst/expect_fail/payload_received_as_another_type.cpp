// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes what was received for another type.
// g++: could not convert 'ticket.*seat' from .*int64_t
// clang++: no viable conversion .*int64_t.* to .*string
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

std::string play(Gate::AwaitTicket state) {
    auto [ticket, next] = std::move(state).receive().take<Ticket>();
    return ticket.seat;
}
