// SPDX-License-Identifier: AGPL-3.0-or-later
// Finds the way in: resolves the name, greets every address that it has until one answers, and
// brings the cookie back.
#pragma once

#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "../address.hpp"
#include "../end.hpp"
#include "wire.hpp"

namespace direct::udp {

// All [io-thread].
class Caller : public std::enable_shared_from_this<Caller> {
  public:
    struct Found {
        std::shared_ptr<Wire> wire;
        std::uint64_t connection = 0;
        Endpoint peer;
    };
    struct Told {
        std::function<void(const char* name, const char* state, const std::string& message,
                           const std::string& hint)>
            step;
        std::function<void()> answered;  // before it is found
        std::function<void(Found)> found;
        std::function<void(const Ending&)> failed;
    };

    Caller(boost::asio::io_context& io, Address where)
        : io_(io), where_(std::move(where)), resolver_(io), timer_(io) {}
    // One of found and failed is called, once, unless stop() comes first.
    void begin(Told told);
    void stop();

    // What to say when time is up: it tells how far it came.
    [[nodiscard]] Ending gave_up() const;
    // The wire stands, but nothing came of it.
    [[nodiscard]] static Ending no_link();

  private:
    void resolved(const boost::system::error_code& wrong,
                  const boost::asio::ip::udp::resolver::results_type& all);
    [[nodiscard]] bool open_wire();
    void greet();
    void receive(const Datagram& datagram, const Endpoint& from);
    void got(const Cookie& cookie, const Endpoint& from);
    void got(const Opened& opened, const Endpoint& from);
    void got(const Refused& refused, const Endpoint& from);
    [[nodiscard]] bool is_asked(const Nonce& nonce, const Endpoint& from) const;
    void fail(const std::string& code, const std::string& message, const std::string& hint);
    void again_in(std::chrono::milliseconds time);

    boost::asio::io_context& io_;
    Address where_;
    Told told_;
    boost::asio::ip::udp::resolver resolver_;
    boost::asio::steady_timer timer_;
    std::shared_ptr<Wire> wire_;
    std::vector<Endpoint> addresses_;  // as the wire names them
    std::size_t greeted_ = 0;          // how many of them
    Nonce nonce_{};
    std::optional<Open> open_;  // with the cookie that one of them gave
    Endpoint opening_;
    int opens_ = 0;  // how often it was brought
    bool is_stopped_ = false;
};

}  // namespace direct::udp
