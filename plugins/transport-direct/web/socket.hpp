// SPDX-License-Identifier: AGPL-3.0-or-later
// A WebSocket, plain or inside of TLS, behind one face, so that Boost.Beast is compiled twice and
// included nowhere else. The steps of a client: secure, upgrade, then messages; of a server:
// secure, read_request, accept or answer, then messages.
#pragma once

#include <utility>

#include <sz/ext/transport.h>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace direct::web {

using boost::system::error_code;
using TcpSocket = boost::asio::ip::tcp::socket;
namespace asio = boost::asio;

// Bytes of the head of an HTTP request or answer.
inline constexpr std::size_t http_head_bytes_max = 8192;
// A message of ours: what kind it is, and its content.
inline constexpr std::size_t message_bytes_max = 1 + SZ_TRANSPORT_MESSAGE_BYTES_MAX;
// What both sides name, so that another kind of server is not taken for ours.
inline constexpr const char* subprotocol = "sessionzero.1";

// All [io-thread]. One operation of a kind at a time: reading, writing, closing. What is given to a
// function keeps the owner, and so the socket, until it was called.
class Socket {
  public:
    using Done = std::function<void(error_code)>;

    Socket() = default;
    virtual ~Socket() = default;
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    // TLS, if there is any. A client names the server, which its certificate must bear.
    virtual void secure_as_client(const std::string& server, Done done) = 0;
    virtual void secure_as_server(Done done) = 0;
    // What OpenSSL said of the server's certificate, X509_V_…; X509_V_OK where there is none.
    [[nodiscard]] virtual long verdict() const = 0;

    // The answer to an upgrade: the status of HTTP, 0 when none came; and a text for a person that
    // one of ours sent with a refusal.
    struct Answer {
        unsigned status = 0;
        std::string reason;
        bool is_ours = false;
    };
    using Answered = std::function<void(error_code, const Answer&)>;
    virtual void upgrade(const std::string& host, const std::string& target, Answered done) = 0;

    // An error: what came is no HTTP, too long, or nothing.
    using Requested = std::function<void(error_code, bool is_upgrade)>;
    virtual void read_request(Requested done) = 0;
    virtual void accept(Done done) = 0;
    // Answers in HTTP and hangs up.
    virtual void answer(unsigned status, const std::string& text, Done done) = 0;

    // One message; an error is the end: errc::message_size and errc::protocol_error when the peer
    // broke the rules. `message` is valid until `done` has returned.
    using Read = std::function<void(error_code, std::string_view message)>;
    virtual void read(Read done) = 0;
    // `content` is valid until `done` was called.
    virtual void write(std::uint8_t kind, std::string_view content, Done done) = 0;
    // Closes as WebSockets do. A reading that is under way ends, too.
    virtual void close(Done done) = 0;

    // Hangs up at once; what is under way ends with an error.
    virtual void drop() = 0;
    [[nodiscard]] virtual std::string peer_address() const = 0;
    [[nodiscard]] virtual std::uint16_t peer_port() const = 0;
};

[[nodiscard]] std::unique_ptr<Socket> plain_socket(TcpSocket connected);
[[nodiscard]] std::unique_ptr<Socket> tls_socket(TcpSocket connected,
                                                 std::shared_ptr<asio::ssl::context> context);
// That of `context`, or plain without one.
[[nodiscard]] inline std::unique_ptr<Socket> new_socket(
    TcpSocket connected, const std::shared_ptr<asio::ssl::context>& context) {
    return context ? tls_socket(std::move(connected), context) : plain_socket(std::move(connected));
}

}  // namespace direct::web
