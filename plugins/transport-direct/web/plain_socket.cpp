// SPDX-License-Identifier: AGPL-3.0-or-later
#include "socket_of.hpp"

#include <openssl/x509_vfy.h>

#include <boost/asio/post.hpp>

namespace direct::web {

namespace {

class PlainSocket final : public SocketOf<TcpSocket> {
  public:
    using SocketOf::SocketOf;
    void secure_as_client(const std::string&, Done done) override { secure_as_server(done); }
    void secure_as_server(Done done) override {
        asio::post(tcp().get_executor(), [done = std::move(done)] { done({}); });
    }
    [[nodiscard]] long verdict() const override { return X509_V_OK; }
};

}  // namespace

std::unique_ptr<Socket> plain_socket(TcpSocket connected) {
    return std::make_unique<PlainSocket>(std::move(connected));
}

}  // namespace direct::web
