// SPDX-License-Identifier: AGPL-3.0-or-later
// A connection that was asked for here: dials, makes TLS, asks for the upgrade; then it is a Link.
#pragma once

#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "dial.hpp"
#include "link.hpp"

namespace direct::web {

// All [io-thread].
class Client final : public Link {
  public:
    Client(Ends& all, std::shared_ptr<Line> line, const Times& times, Address where,
           Options options);

    void begin() override;
    void drop() override;

  private:
    void dial();
    void dialed(TcpSocket socket);
    void secured(const error_code& error);
    void upgraded(const error_code& error, const Socket::Answer& answer);
    void fail(const char* step_name, const Said& why, const std::string& reason = {});
    void out_of_patience();

    Address where_;
    Options options_;
    asio::steady_timer patience_;
    std::shared_ptr<Dial> dial_;
    std::shared_ptr<asio::ssl::context> tls_;
    std::shared_ptr<Socket> trying_;  // until it is open
    const char* step_ = "resolve";    // that it is in
};

}  // namespace direct::web
