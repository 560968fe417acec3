// SPDX-License-Identifier: AGPL-3.0-or-later
// ws:// and wss:// as a server.
#pragma once

#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "../ends.hpp"
#include "../options.hpp"
#include "incoming.hpp"
#include "words.hpp"

namespace direct::web {

// Those who have connected and are no connection yet; for one more somebody has to go: the oldest
// of the home that has most.
inline constexpr std::size_t half_open_max = 128;

class Link;

// All [io-thread].
class Listener final : public End {
  public:
    Listener(Ends& all, std::shared_ptr<Line> line, const Times& times, Address where,
             Options options);

    void begin() override;
    void close(const std::string& reason) override;
    void drop() override;

  private:
    using Endpoint = asio::ip::tcp::endpoint;

    void resolve();
    void listen(const Endpoint& at);
    [[nodiscard]] error_code open(const Endpoint& at);
    void accept_next();
    void take(TcpSocket socket);
    void make_room();
    [[nodiscard]] std::optional<Seat> find_seat();
    void let_in(std::unique_ptr<Socket> socket, Seat seat);
    void fail(const char* step_name, const Said& why);

    Ends& all_;
    Times times_;
    Address where_;
    Options options_;
    std::shared_ptr<asio::ssl::context> tls_;
    asio::ip::tcp::resolver resolver_;
    asio::ip::tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    struct HalfOpen {
        std::shared_ptr<Incoming> incoming;
        std::string home;
    };
    std::list<HalfOpen> half_open_;         // the oldest first
    std::list<std::weak_ptr<Link>> links_;  // that were let in, and may have ended
};

}  // namespace direct::web
