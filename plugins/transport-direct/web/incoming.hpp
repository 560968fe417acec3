// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody who has connected by TCP and is no connection yet: TLS, one HTTP request, the upgrade.
// Whoever they are, they have a bounded time for all of it and cost a bounded amount of memory.
#pragma once

#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>

#include "../seat.hpp"
#include "socket.hpp"
#include "times.hpp"

namespace direct::web {

// All [io-thread].
class Incoming : public std::enable_shared_from_this<Incoming> {
  public:
    struct Hooks {
        std::function<std::optional<Seat>()> ask_for_seat;
        std::function<void(std::unique_ptr<Socket>, Seat)> entered;
        std::function<void()> gone;  // whether it entered or not; last
    };
    Incoming(asio::io_context& io, const Times& times, std::unique_ptr<Socket> socket, Hooks hooks);

    void start();
    void drop();

  private:
    void requested(const error_code& error, bool is_upgrade);
    void answer(unsigned status, const char* text);
    void accept();
    void over();

    Times times_;
    asio::steady_timer timer_;
    std::unique_ptr<Socket> socket_;  // gone when it has entered
    Hooks hooks_;
    Seat seat_;
};

}  // namespace direct::web
