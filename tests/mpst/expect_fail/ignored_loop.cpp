// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores the state that a loop ends in.
// g++: ignoring return.*Gate::AwaitTicket
// clang++: ignoring return.* Gate::SendEntry was not used
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play(Gate::AwaitTicket state) {
    mpst::loop(std::move(state), [](Gate::AwaitTicket again) {
        return std::move(again).receive([](Ticket, Gate::SendEntry next) { return next; },
                                        [](Wait, Gate::AwaitTicket next) { return next; });
    });
}
