// SPDX-License-Identifier: AGPL-3.0-or-later
// What talkers say to each other: the kernel's protocols, played at a pace.
#pragma once

#include <sz/mpst/asio.hpp>
#include <sz/mpst/task.hpp>

#include <Doctor/Guest.hpp>
#include <Doctor/Host.hpp>
#include <Transfer/Giver.hpp>
#include <Transfer/Taker.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kernel/net/packet.hpp"

namespace talker {

using Clock = std::chrono::steady_clock;

// As Python's time.monotonic(), in milliseconds.
inline double in_ms(Clock::time_point at) {
    return std::chrono::duration<double, std::milli>(at.time_since_epoch()).count();
}

// co_await: goes on at that time. Who is dropped meanwhile is not woken.
class Until {
  public:
    Until(boost::asio::io_context& io, Clock::time_point at) : timer_(io, at) {}
    Until(Until&&) = delete;
    ~Until() { *is_here_ = false; }
    [[nodiscard]] bool await_ready() const { return timer_.expiry() <= Clock::now(); }
    void await_suspend(std::coroutine_handle<> waiting) {
        timer_.async_wait([here = is_here_, waiting](const boost::system::error_code&) {
            if (*here) waiting.resume();
        });
    }
    void await_resume() const noexcept {}

  private:
    boost::asio::steady_timer timer_;
    std::shared_ptr<bool> is_here_ = std::make_shared<bool>(true);
};

inline std::vector<std::byte> bytes_of(const std::string& text) {
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

// Echoes at their times, of several that take turns: `first`, then every `pause`. What an echo
// takes is counted from when it was due, so that one which waits hides none behind it.
struct Turns {
    boost::asio::io_context& io;
    Clock::time_point first;
    Clock::duration pause;
    std::size_t count;
    std::vector<double>& ms;  // of each, as they come
};
inline constexpr std::size_t echo_bytes = 64;

inline mpst::task<Doctor::Guest::End> play_turns(Doctor::Guest::Start start, Turns turns) {
    auto state = std::move(start);
    for (std::size_t i = 0; i < turns.count; ++i) {
        const auto due = turns.first + turns.pause * static_cast<int>(i);
        co_await Until(turns.io, due);
        const std::vector<std::byte> content(echo_bytes, static_cast<std::byte>(i));
        auto waiting = co_await std::move(state).async_send<Doctor::echo>(content);
        auto [answer, next] = co_await std::move(waiting).async_receive();
        turns.ms.push_back(in_ms(Clock::now()) - in_ms(due));
        if (answer.content != content) throw std::runtime_error("Something else came back.");
        state = std::move(next);
    }
    co_return co_await std::move(state).async_send<Doctor::bye>();
}

// Numbered messages, one way: Transfer over the play channel, a number a piece. `want` says every
// how many milliseconds there is to be one.
struct Numbered {
    std::uint64_t number;
    double said_ms, came_ms;
};

inline mpst::task<Transfer::Giver::End> play_numbers(Transfer::Giver::Start start,
                                                     boost::asio::io_context& io,
                                                     std::shared_ptr<const bool> is_over) {
    auto [want, choose] = co_await std::move(start).async_receive();
    const std::chrono::milliseconds every(std::stoi(want.what));
    auto more = co_await std::move(choose).async_send<Transfer::have>(std::uint64_t{0});
    auto due = Clock::now();
    for (std::uint64_t number = 0; !*is_over; ++number, due += every) {
        co_await Until(io, due);
        std::string content;
        sz::net::put_number(content, number);
        sz::net::put_number(content, static_cast<std::uint64_t>(in_ms(Clock::now()) * 1000));
        more = co_await std::move(more).async_send<Transfer::piece>(bytes_of(content));
    }
    co_return co_await std::move(more).async_send<Transfer::end>(std::vector<std::byte>{});
}

inline mpst::task<Transfer::Taker::End> take_numbers(Transfer::Taker::Start start,
                                                     std::string every_ms,
                                                     std::vector<Numbered>& taken) {
    auto asked = co_await std::move(start).async_send<Transfer::want>(std::move(every_ms));
    auto answer = co_await std::move(asked).async_receive();
    auto [have, more] = std::move(answer).take<Transfer::have>();
    for (;;) {
        auto arrived = co_await std::move(more).async_receive();
        if (arrived.is<Transfer::end>()) {
            auto [end, last] = std::move(arrived).take<Transfer::end>();
            co_return std::move(last);
        }
        if (!arrived.is<Transfer::piece>()) throw std::runtime_error("That is no number.");
        auto [piece, next] = std::move(arrived).take<Transfer::piece>();
        if (piece.content.size() != 16) throw std::runtime_error("A number is cut.");
        const std::string_view text(reinterpret_cast<const char*>(piece.content.data()), 16);
        taken.push_back({sz::net::get_number(text),
                         static_cast<double>(sz::net::get_number(text.substr(8))) / 1000,
                         in_ms(Clock::now())});
        more = std::move(next);
    }
}

}  // namespace talker
