// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http.hpp"

#include <algorithm>
#include <utility>
// Boost.Asio 1.74 uses std::exchange without including <utility> under C++20.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/version.hpp>

#include "limits.hpp"

namespace upnp {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using SocketError = boost::system::error_code;
using HttpRequest = http::request<http::string_body>;

constexpr std::chrono::milliseconds slice{50};  // how often is asked whether to go on

// One question: connect, send, read, one after the other on an io_context of its own.
class Question {
  public:
    Question(const Url& url, HttpRequest request) : request_(std::move(request)) {
        parser_.body_limit(limits::answer_bytes_max);
        parser_.header_limit(static_cast<std::uint32_t>(limits::header_bytes_max));
        SocketError bad;
        const auto address = asio::ip::make_address_v4(url.address, bad);
        stream_.async_connect({address, url.port}, [this](const SocketError& error) {
            if (error) return end(HttpTrouble::no_connection);
            SocketError ignored;
            own_address_ = stream_.socket().local_endpoint(ignored).address().to_string();
            send();
        });
    }

    HttpResult run(const Patience& patience) {
        while (!is_done_ && trouble_ == HttpTrouble::none) {
            if (!patience.progress.report(0, 0, "asking the router"))
                return {HttpTrouble::cancelled, {}};
            const auto left = patience.deadline - Clock::now();
            if (left <= Clock::duration::zero())
                return {is_connected_ ? HttpTrouble::silent : HttpTrouble::no_connection, {}};
            io_.run_for(std::min<Clock::duration>(slice, left));
        }
        if (trouble_ != HttpTrouble::none) return {trouble_, {}};
        auto message = parser_.release();
        return {HttpTrouble::none,
                {message.result_int(), std::move(message.body()), std::move(own_address_)}};
    }

  private:
    void send() {
        is_connected_ = true;
        http::async_write(stream_, request_, [this](const SocketError& error, std::size_t) {
            if (error) return end(HttpTrouble::silent);
            read();
        });
    }
    // The head by itself: Beast 1.74 forgets its limit when bytes of the body come with the head.
    void read() {
        http::async_read_header(stream_, buffer_, parser_,
                                [this](const SocketError& error, std::size_t) {
                                    if (error) return end(trouble_of(error));
                                    read_body();
                                });
    }
    void read_body() {
        http::async_read(stream_, buffer_, parser_, [this](const SocketError& error, std::size_t) {
            if (error) return end(trouble_of(error));
            is_done_ = true;
        });
    }
    static HttpTrouble trouble_of(const SocketError& error) {
        const bool is_of_http =
            error.category() == http::make_error_code(http::error::bad_value).category();
        const bool is_end = error == http::error::end_of_stream;
        return is_of_http && !is_end ? HttpTrouble::nonsense : HttpTrouble::silent;
    }
    void end(HttpTrouble trouble) { trouble_ = trouble; }

    asio::io_context io_{1};
    beast::tcp_stream stream_{io_};
    HttpRequest request_;
    beast::flat_buffer buffer_{limits::answer_bytes_max + limits::header_bytes_max};
    http::response_parser<http::string_body> parser_;
    std::string own_address_;
    HttpTrouble trouble_ = HttpTrouble::none;
    bool is_connected_ = false, is_done_ = false;
};

HttpRequest request_to(const Url& url, http::verb verb) {
    HttpRequest request{verb, url.path, 11};
    request.set(http::field::host, url.address + ":" + std::to_string(url.port));
    request.set(http::field::user_agent, "SessionZero UPnP/1.1");
    request.set(http::field::connection, "close");
    return request;
}

}  // namespace

HttpResult http_get(const Url& url, const Patience& patience) {
    return Question(url, request_to(url, http::verb::get)).run(patience);
}

HttpResult http_post(const Url& url, std::string_view soap_action, std::string body,
                     const Patience& patience) {
    HttpRequest request = request_to(url, http::verb::post);
    request.set(http::field::content_type, "text/xml; charset=\"utf-8\"");
    // miniupnpc's spelling: routers that look at capitals know that one
    request.set("SOAPAction", "\"" + std::string(soap_action) + "\"");
    request.body() = std::move(body);
    request.prepare_payload();
    return Question(url, std::move(request)).run(patience);
}

}  // namespace upnp
