// SPDX-License-Identifier: AGPL-3.0-or-later
// From an address to a TCP socket: looks the name up and tries what it stands for, IPv6 and IPv4 in
// turn, a quarter of a second apart, until one answers (RFC 8305, Happy Eyeballs).
#pragma once

#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "socket.hpp"
#include "words.hpp"

namespace direct::web {

inline constexpr std::size_t tried_addresses_max = 8;
inline constexpr std::chrono::milliseconds next_try_after{250};

// All [io-thread].
class Dial : public std::enable_shared_from_this<Dial> {
  public:
    struct Hooks {
        // As End::step.
        std::function<void(const char* name, const char* state, const std::string& message,
                           const std::string& hint)>
            step;
        std::function<void(TcpSocket)> connected;
        std::function<void(const Said&)> failed;
    };

    Dial(asio::io_context& io, Address where, Hooks hooks);

    void start();
    // Nothing is said any more.
    void stop();

  private:
    using Endpoint = asio::ip::tcp::endpoint;
    void resolve();
    void found(std::vector<Endpoint> all);
    void try_next();
    void tried(std::size_t index, const error_code& error);
    void give_up(const char* step_name, const Said& why);

    asio::io_context& io_;
    Address where_;
    Hooks hooks_;
    asio::ip::tcp::resolver resolver_;
    asio::steady_timer timer_;
    std::vector<Endpoint> endpoints_;
    std::vector<std::unique_ptr<TcpSocket>> sockets_;  // one for each that was tried
    std::size_t failures_ = 0;
    error_code worst_;  // what tells most of why it failed
    bool is_over_ = false;
};

}  // namespace direct::web
