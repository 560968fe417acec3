// SPDX-License-Identifier: AGPL-3.0-or-later
// Goes round.
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Gate::SendEntry play(Gate::AwaitTicket state) {
    return mpst::loop(std::move(state), [](Gate::AwaitTicket again) {
        return std::move(again).receive([](Ticket, Gate::SendEntry next) { return next; },
                                        [](Wait, Gate::AwaitTicket next) { return next; });
    });
}
Gate::SendEntry play_by_hand(Gate::AwaitTicket state) {
    for (;;) {
        auto said = std::move(state).receive();
        if (said.is<Ticket>()) return std::move(said).take<Ticket>().next;
        state = std::move(said).take<Wait>().next;
    }
}
