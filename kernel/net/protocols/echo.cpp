// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/protocols/echo.hpp"

#include <sz/mpst/asio.hpp>

#include <stdexcept>
#include <utility>

namespace sz::net {

mpst::task<Doctor::Guest::End> play_doctor_guest(Doctor::Guest::Start start, const Echoes& wanted,
                                                 std::vector<std::chrono::nanoseconds>& times) {
    auto state = std::move(start);
    for (std::size_t i = 0; i < wanted.count; ++i) {
        // No two alike: what comes back is to be the answer to this one.
        std::vector<std::byte> content(wanted.bytes, static_cast<std::byte>(i));
        const auto begun = wanted.now();
        auto waiting = co_await std::move(state).async_send<Doctor::echo>(content);
        auto [answer, next] = co_await std::move(waiting).async_receive();
        times.push_back(wanted.now() - begun);
        if (answer.content != content) throw std::runtime_error("Something else came back.");
        state = std::move(next);
    }
    co_return co_await std::move(state).async_send<Doctor::bye>();
}

mpst::task<Doctor::Host::End> play_doctor_host(Doctor::Host::Start start) {
    auto state = std::move(start);
    for (;;) {
        auto arrived = co_await std::move(state).async_receive();
        if (arrived.is<Doctor::bye>()) {
            auto [bye, end] = std::move(arrived).take<Doctor::bye>();
            co_return std::move(end);
        }
        auto [echo, answer] = std::move(arrived).take<Doctor::echo>();
        state = co_await std::move(answer).async_send<Doctor::echoed>(std::move(echo.content));
    }
}

}  // namespace sz::net
