// SPDX-License-Identifier: AGPL-3.0-or-later
#include "socket_of.hpp"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket/ssl.hpp>

namespace direct::web {

namespace {

using Stream = beast::ssl_stream<TcpSocket>;

class TlsSocket final : public SocketOf<Stream> {
  public:
    TlsSocket(TcpSocket connected, std::shared_ptr<asio::ssl::context> context)
        : SocketOf(std::move(connected), *context), context_(std::move(context)) {}

    void secure_as_client(const std::string& server, Done done) override {
        if (!expect(server)) {
            return asio::post(tcp().get_executor(),
                              [done = std::move(done)] { done(asio::error::invalid_argument); });
        }
        stream().async_handshake(asio::ssl::stream_base::client, std::move(done));
    }
    void secure_as_server(Done done) override {
        stream().async_handshake(asio::ssl::stream_base::server, std::move(done));
    }
    [[nodiscard]] long verdict() const override { return SSL_get_verify_result(tls_); }

  private:
    // An address is looked for among those of the certificate, and is no name to ask for (RFC 6066,
    // section 3).
    [[nodiscard]] bool expect(const std::string& server) {
        error_code no_address;
        asio::ip::make_address(server, no_address);
        if (!no_address)
            return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls_), server.c_str()) == 1;
        return SSL_set_tlsext_host_name(tls_, server.c_str()) == 1 &&
               SSL_set1_host(tls_, server.c_str()) == 1;
    }

    std::shared_ptr<asio::ssl::context> context_;
    SSL* tls_ = stream().native_handle();
};

}  // namespace

std::unique_ptr<Socket> tls_socket(TcpSocket connected,
                                   std::shared_ptr<asio::ssl::context> context) {
    return std::make_unique<TlsSocket>(std::move(connected), std::move(context));
}

}  // namespace direct::web
