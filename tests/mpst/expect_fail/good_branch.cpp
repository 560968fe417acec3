// SPDX-License-Identifier: AGPL-3.0-or-later
// Receives one of several messages in every way that there is.
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

constexpr mpst::within second{std::chrono::seconds(1)};
using Next = mpst::one_of<Client::SendTicket, Client::SendWait>;

Next play(Client::AwaitAnswer state) {
    return std::move(state).receive([](Yes, Client::SendTicket next) { return next; },
                                    [](No, Client::SendWait next) { return next; });
}
Next play_within(Client::AwaitAnswer state) {
    return std::move(state).receive(
        second, [](No, Client::SendWait next) { return next; },
        [](const Yes&, Client::SendTicket next) { return next; });
}
Next play_from(Client::AwaitAnswer state) {
    return std::move(state).receive_from<Server>([](Yes, Client::SendTicket next) { return next; },
                                                 [](auto, auto next) { return next; });
}
Next play_match(Client::AwaitAnswer state) {
    auto answer = std::move(state).receive(second);
    return std::move(answer).match([](auto, auto next) { return next; });
}
Next play_take(Client::AwaitAnswer state) {
    auto answer = std::move(state).receive();
    if (answer.is<Yes>()) return std::move(answer).take<Yes>().next;
    return std::move(answer).take<No>().next;
}
int play_values(Client::AwaitAnswer state) {
    return std::move(state).receive([](Yes, Client::SendTicket) { return 1; },
                                    [](No, Client::SendWait) { return 2; });
}
Client::SendWait play_as(Next next) {
    if (!next.is<Client::SendWait>()) throw 7;
    return std::move(next).as<Client::SendWait>();
}
