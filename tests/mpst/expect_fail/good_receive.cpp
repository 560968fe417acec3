// SPDX-License-Identifier: AGPL-3.0-or-later
// Receives one message in every way that there is.
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

constexpr mpst::within second{std::chrono::seconds(1)};

auto play(Client::AwaitEntry state) {
    auto [entry, end] = std::move(state).receive();
    return std::move(end);
}
auto play_from(Client::AwaitEntry state) { return std::move(state).receive_from<Gate>().next; }
auto play_within(Client::AwaitEntry state) { return std::move(state).receive(second).next; }
Client::End play_with_a_handler(Client::AwaitEntry state) {
    return std::move(state).receive([](Entry, Client::End end) { return end; });
}
