// SPDX-License-Identifier: AGPL-3.0-or-later
// Awaits in every way that there is.
#include <sz/mpst/asio.hpp>

#include <boost/asio/any_io_executor.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

constexpr mpst::within second{std::chrono::seconds(1)};

mpst::task<Client::End> play_ticket(Client::SendTicket state) {
    auto waiting = co_await std::move(state).async_send(Ticket{7});
    auto [entry, end] = co_await std::move(waiting).async_receive(second);
    co_return std::move(end);
}
mpst::task<Client::End> play(Client::Start state) {
    for (;;) {
        auto waiting = co_await std::move(state).async_send(Id{7});
        auto answer = co_await std::move(waiting).async_receive();
        if (answer.is<Yes>()) co_return co_await play_ticket(std::move(answer).take<Yes>().next);
        state = co_await std::move(answer).take<No>().next.async_send(Wait{});
    }
}
void play_all(Client::Start state, boost::asio::any_io_executor executor) {
    mpst::spawn(executor, std::move(state), play, [](std::exception_ptr, mpst::Outcome) {});
}
