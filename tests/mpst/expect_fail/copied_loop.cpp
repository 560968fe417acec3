// SPDX-License-Identifier: AGPL-3.0-or-later
// Loops over a state without std::move.
// g++: use of deleted function .*Gate::AwaitTicket::AwaitTicket\(const
// clang++: deleted copy constructor of '.*Gate::AwaitTicket'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Gate::AwaitTicket state) {
    return mpst::loop(state, [](Gate::AwaitTicket again) {
        return std::move(again).receive([](Ticket, Gate::SendEntry next) { return next; },
                                        [](Wait, Gate::AwaitTicket next) { return next; });
    });
}
