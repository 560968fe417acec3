// SPDX-License-Identifier: AGPL-3.0-or-later
// One program that is connected to the bus. All [kernel-thread].
#pragma once

#include <utility>
// Boost.Asio 1.74 uses std::exchange without including <utility> under C++20.
#include <boost/asio/local/stream_protocol.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "kernel/bus/bus.hpp"
#include "kernel/bus/wire.hpp"

namespace sz {

// Kept alive by its own reads and writes; ends with the last of them, after close().
class SocketConnection : public std::enable_shared_from_this<SocketConnection> {
  public:
    using Socket = boost::asio::local::stream_protocol::socket;

    SocketConnection(Socket socket, Bus& bus) : socket_(std::move(socket)), bus_(bus) {}

    // Greets, then reads. `on_closed` runs once.
    void start(std::string_view version, std::function<void()> on_closed);
    // Says why and closes when that is sent.
    void refuse(const Error& error);
    // Ends reads and writes; cancels the calls and subscriptions of this connection.
    void close();

  private:
    void read();
    void handle(std::string_view line);
    void begin_call(wire::Request request);
    void subscribe(const wire::Request& request);
    void unsubscribe(const wire::Request& request);
    void reply(std::uint64_t id, const Result<Json>& result);
    void send(std::string line);
    void write();
    [[nodiscard]] bool has_too_much_to_do() const;

    Socket socket_;
    Bus& bus_;
    std::function<void()> on_closed_;
    std::string inbox_;
    std::deque<std::string> outbox_;
    std::size_t outbox_bytes_ = 0;
    std::map<std::uint64_t, std::uint64_t> calls_;        // the client's id → the bus's number
    std::map<std::string, std::uint64_t> subscriptions_;  // topic → the bus's number
    bool is_reading_ = false, is_writing_ = false, is_refused_ = false, is_closed_ = false;
};

}  // namespace sz
