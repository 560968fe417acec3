// SPDX-License-Identifier: AGPL-3.0-or-later
// What both threads know of a listener or a connection: messages on their way out, figures, and
// where its events go.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <sz/cpp/transport.hpp>

namespace direct {

using sz::plugin::TransportEvents;
using Handle = sz_transport_handle;

// Bytes of a channel that wait here, before send() says that there is no room.
inline constexpr std::array<std::size_t, SZ_CHANNELS> outbox_bytes_max{256 * 1024, 128 * 1024};

struct Figures {
    std::atomic<std::int64_t> round_trip_us{-1};  // negative: not known
    std::atomic<std::int64_t> loss_millionths{-1};
    std::atomic<std::uint64_t> sent_bytes{0}, received_bytes{0};
    std::atomic<std::uint64_t> sent_messages{0}, received_messages{0};
    std::atomic<std::uint64_t> connections{0}, refused{0};  // of a listener
};

class Line {
  public:
    Line(Handle number, bool listens, const TransportEvents& to, bool datagrams)
        : handle(number), is_listener(listens), has_datagrams(datagrams), events(to) {}

    const Handle handle;
    const bool is_listener;
    const bool has_datagrams;  // that could be protected
    const TransportEvents events;
    Figures figures;

    // [any-thread] As sz_transport.send. `is_first`: nothing was waiting, so the transport's thread
    // has to be told.
    [[nodiscard]] sz_status push(std::uint32_t channel, std::string_view message, bool& is_first);
    // The oldest message of a channel.
    [[nodiscard]] std::optional<std::string> pop(std::uint32_t channel);
    [[nodiscard]] bool has(std::uint32_t channel) const;
    [[nodiscard]] std::size_t queued_bytes() const;

    // Messages are taken from now on; no more.
    void open();
    void shut();  // what waits is still sent
    // Whether close() was asked for the first time.
    [[nodiscard]] bool begin_close();
    // What protect() says: SZ_OK the first time of a connection that is open.
    [[nodiscard]] sz_status begin_protect();

  private:
    struct Queue {
        std::deque<std::string> messages;
        std::size_t bytes = 0;
        bool is_refusing = false;  // send() has said that there is no room
    };
    mutable std::mutex mutex_;
    std::array<Queue, SZ_CHANNELS> queues_;
    bool is_open_ = false, is_closing_ = false, is_protected_ = false;
};

}  // namespace direct
