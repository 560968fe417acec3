// SPDX-License-Identifier: AGPL-3.0-or-later
// One way between this program and its host, whatever it is made of: the same questions to each.
//
// The first byte of a message says what is wanted: `echo_word` the same back, `more_word` nothing,
// `span_word` a word that all of this span has come. No more than two spans are on their way, as
// in a transfer, which pauses to hear that its pieces were taken.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sz::netbench {

inline constexpr char echo_word = 'e', more_word = 'm', span_word = 's', taken_word = 't';
// The kernel ends connections with more than 4 MiB that it has not looked at, small messages
// counted with what they take beside themselves.
inline constexpr std::size_t span_bytes = 1024 * 1024, message_more_bytes = 320;
inline constexpr std::size_t spans_on_way = 2;

using Clock = std::chrono::steady_clock;

struct Stream {
    std::uint32_t channel = 0;
    std::size_t bytes = 0;  // of a message
    std::size_t count = 0;

    [[nodiscard]] std::size_t messages_in_span() const {
        return std::max<std::size_t>(1, span_bytes / (bytes + message_more_bytes));
    }
    // Of message `at`, counted from 0.
    [[nodiscard]] char word(std::size_t at) const {
        const bool is_last = at + 1 == count || (at + 1) % messages_in_span() == 0;
        return is_last ? span_word : more_word;
    }
    [[nodiscard]] std::size_t spans() const {
        return (count + messages_in_span() - 1) / messages_in_span();
    }
};

class Side {
  public:
    Side() = default;
    virtual ~Side() = default;
    Side(const Side&) = delete;
    Side& operator=(const Side&) = delete;

    // Microseconds of each round trip, one after another.
    [[nodiscard]] virtual std::vector<double> echo(std::size_t bytes, std::size_t count) = 0;
    // Seconds until the other side has it all.
    [[nodiscard]] virtual double stream(const Stream& what) = 0;
};

class Program;

// Of a host that listens there: see ways.hpp, host.cpp.
[[nodiscard]] std::unique_ptr<Side> plain_side(Program& program, const std::string& url);
[[nodiscard]] std::unique_ptr<Side> session_side(Program& program, const std::string& url);
// With the protocols of kernel/net/protocols, played by roles: Doctor and Transfer.
[[nodiscard]] std::unique_ptr<Side> talk_side(Program& program, const std::string& url);
// ENet as its library gives it, with its own socket.
[[nodiscard]] std::unique_ptr<Side> enet_side(std::uint16_t port);
// Boost.Beast's WebSocket, one thread that waits.
[[nodiscard]] std::unique_ptr<Side> beast_side(std::uint16_t port);

// What answers them, on a thread of its own until it goes.
class Answerer {
  public:
    virtual ~Answerer() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
};
[[nodiscard]] std::unique_ptr<Answerer> enet_answerer();
[[nodiscard]] std::unique_ptr<Answerer> beast_answerer();

}  // namespace sz::netbench
