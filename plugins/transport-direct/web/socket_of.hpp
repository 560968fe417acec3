// SPDX-License-Identifier: AGPL-3.0-or-later
// The Socket over one of Boost.Beast's streams. Included by the two files that make one.
#pragma once

// Boost 1.74 uses std::exchange without its header.
#include <utility>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <optional>

#include "socket.hpp"

namespace direct::web {

namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

template <class Stream>
class SocketOf : public Socket {
  public:
    template <class... Args>
    explicit SocketOf(Args&&... args) : socket_(std::forward<Args>(args)...) {
        error_code none;
        tcp().set_option(asio::ip::tcp::no_delay(true), none);
#ifdef TCP_NOTSENT_LOWAT
        // What the system has taken and not yet sent cannot be overtaken any more: keep it small.
        using NotSent = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
        tcp().set_option(NotSent(16384), none);
#endif
        const auto peer = tcp().remote_endpoint(none);
        peer_ = none ? asio::ip::tcp::endpoint() : peer;
        socket_.read_message_max(message_bytes_max);
        socket_.auto_fragment(false);
        socket_.binary(true);
    }

    void upgrade(const std::string& host, const std::string& target, Answered done) override {
        socket_.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
            request.set(http::field::user_agent, "SessionZero");
            request.set(http::field::sec_websocket_protocol, subprotocol);
        }));
        socket_.async_handshake(
            answer_, host, target, [this, done = std::move(done)](error_code error) {
                Answer answer;
                // Nothing came: what it has then is what it was made with.
                const bool came = !error || error == websocket::error::upgrade_declined ||
                                  answer_.result_int() != 200;
                if (came) answer.status = answer_.result_int();
                const auto protocol = answer_[http::field::sec_websocket_protocol];
                answer.is_ours = protocol == subprotocol;
                if (error && answer.is_ours) answer.reason = answer_.body();
                done(error, answer);
            });
    }

    void read_request(Requested done) override {
        parser_.emplace();
        parser_->header_limit(http_head_bytes_max);
        http::async_read_header(
            socket_.next_layer(), buffer_, *parser_,
            [this, done = std::move(done)](error_code error, std::size_t bytes) {
                // The parser sees the limit only where a head comes in parts.
                if (!error && bytes > http_head_bytes_max) error = http::error::header_limit;
                // A client that goes on before it has its answer breaks the rules; what it sent
                // would be lost.
                const bool is_upgrade =
                    !error && buffer_.size() == 0 && websocket::is_upgrade(parser_->get());
                done(error, is_upgrade);
            });
    }

    void accept(Done done) override {
        socket_.set_option(
            websocket::stream_base::decorator([](websocket::response_type& response) {
                response.set(http::field::server, "SessionZero");
                response.set(http::field::sec_websocket_protocol, subprotocol);
            }));
        socket_.async_accept(parser_->get(), std::move(done));
    }

    void answer(unsigned status, const std::string& text, Done done) override {
        refusal_ = {};
        refusal_.version(11);
        refusal_.result(status);
        refusal_.set(http::field::server, "SessionZero");
        refusal_.set(http::field::connection, "close");
        refusal_.set(http::field::content_type, "text/plain; charset=utf-8");
        refusal_.set(http::field::sec_websocket_protocol, subprotocol);
        if (status == 426) refusal_.set(http::field::upgrade, "websocket");
        refusal_.body() = text;
        refusal_.prepare_payload();
        http::async_write(socket_.next_layer(), refusal_,
                          [this, done = std::move(done)](error_code error, std::size_t) {
                              if (error) return done(error);
                              hang_up(done);
                          });
    }

    void read(Read done) override {
        socket_.async_read(buffer_, [this, done = std::move(done)](error_code error, std::size_t) {
            error = tamed(error);
            message_.clear();
            if (!error) message_ = beast::buffers_to_string(buffer_.data());
            buffer_.consume(buffer_.size());
            done(error, message_);
        });
    }

    void write(std::uint8_t kind, std::string_view content, Done done) override {
        kind_ = kind;
        const std::array<asio::const_buffer, 2> parts{
            asio::const_buffer(&kind_, 1), asio::const_buffer(content.data(), content.size())};
        socket_.async_write(
            parts, [done = std::move(done)](error_code error, std::size_t) { done(error); });
    }

    void close(Done done) override {
        socket_.async_close(websocket::close_code::normal, std::move(done));
    }

    void drop() override {
        error_code ignored;
        tcp().close(ignored);
    }
    [[nodiscard]] std::string peer_address() const override {
        const auto address = peer_.address();
        if (address.is_v6() && address.to_v6().is_v4_mapped())
            return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
        return address.to_string();
    }
    [[nodiscard]] std::uint16_t peer_port() const override { return peer_.port(); }

  protected:
    [[nodiscard]] Stream& stream() { return socket_.next_layer(); }
    [[nodiscard]] TcpSocket& tcp() { return beast::get_lowest_layer(socket_); }

  private:
    // Those of Beast that tell of a breach of the rules, as those of the system.
    [[nodiscard]] error_code tamed(error_code error) const {
        namespace errc = boost::system::errc;
        static const auto* const category = &make_error_code(websocket::error::closed).category();
        if (!error && !socket_.got_binary()) return errc::make_error_code(errc::protocol_error);
        if (error == websocket::error::message_too_big)
            return errc::make_error_code(errc::message_size);
        if (error.category() == *category && error != websocket::error::closed)
            return errc::make_error_code(errc::protocol_error);
        return error;
    }
    // What the peer still sends is read, for closing on it would take back the answer (RFC 9112,
    // section 9.6). Who owns the socket has a bound for the time.
    void hang_up(const Done& done) {
        error_code ignored;
        tcp().shutdown(TcpSocket::shutdown_send, ignored);
        buffer_.clear();
        tcp().async_read_some(buffer_.prepare(1024), [this, done](error_code error, std::size_t) {
            if (error) return done(error);
            hang_up(done);
        });
    }

    websocket::stream<Stream> socket_;
    asio::ip::tcp::endpoint peer_;
    beast::flat_buffer buffer_{http_head_bytes_max + message_bytes_max};
    std::optional<http::request_parser<http::empty_body>> parser_;
    websocket::response_type answer_;
    http::response<http::string_body> refusal_;
    std::string message_;
    std::uint8_t kind_ = 0;
};

}  // namespace direct::web
