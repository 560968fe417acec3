// SPDX-License-Identifier: AGPL-3.0-or-later
// Uses states twice, which compiles.
// clang-tidy: 15: 'first' used after it was moved
// clang-tidy: 23: 'state' used after it was moved
// clang-tidy: 29: 'next' used after it was moved
#include <sz/mpst/asio.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

void play_twice(Client::SendId state) {
    auto first = std::move(state).send(Id{7});
    auto answer = std::move(first).receive();
    auto again = std::move(first).receive();
}

void play_in_a_loop(Server::SendAnswer state, bool is_welcome) {
    if (!is_welcome) {
        auto next = std::move(state).send(No{});
    }
    // Nobody has returned yet.
    auto end = std::move(state).send(Yes{});
}

mpst::task<> play_awaiting(Client::SendTicket state) {
    auto next = co_await std::move(state).async_send(Ticket{7});
    auto [entry, end] = co_await std::move(next).async_receive();
    auto [again, other] = co_await std::move(next).async_receive();
}
