// SPDX-License-Identifier: AGPL-3.0-or-later
// Boost.Beast's WebSocket alone: one thread an end, which waits in the socket.
#include <utility>  // Boost 1.74 uses std::exchange without it

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <thread>

#include "tests/bench/net/side.hpp"
#include "tests/bench/net/stop.hpp"

namespace sz::netbench {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;

class Socket {
  public:
    explicit Socket(tcp::socket socket) : stream_(std::move(socket)) {
        stream_.next_layer().set_option(tcp::no_delay(true));
        stream_.binary(true);
        stream_.auto_fragment(false);
    }
    void accept() { stream_.accept(); }
    void call() { stream_.handshake("localhost", "/"); }
    void write(std::string_view message) {
        stream_.write(asio::const_buffer(message.data(), message.size()));
    }
    // Valid until the next one. Empty when the other side has gone.
    std::string_view read() {
        buffer_.consume(buffer_.size());
        beast::error_code error;
        stream_.read(buffer_, error);
        if (error) return {};
        return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
    }

  private:
    beast::websocket::stream<tcp::socket> stream_;
    beast::flat_buffer buffer_;
};

// For one caller: it goes when that has gone.
class BeastAnswerer final : public Answerer {
  public:
    BeastAnswerer() : acceptor_(io_, {asio::ip::address_v4::loopback(), 0}) {
        port_ = acceptor_.local_endpoint().port();
        thread_ = std::thread([this] {
            beast::error_code over;
            tcp::socket caller(io_);
            acceptor_.accept(caller, over);
            if (!over) serve(Socket(std::move(caller)));
        });
    }
    ~BeastAnswerer() override {
        beast::error_code ignored;
        tcp::socket last(io_);  // whom it may still wait for
        last.connect({asio::ip::address_v4::loopback(), port_}, ignored);
        last.close(ignored);
        thread_.join();
    }
    std::uint16_t port() const override { return port_; }

  private:
    static void serve(Socket socket) {
        try {
            socket.accept();
        } catch (const beast::system_error&) {
            return;
        }
        for (std::string_view message; !(message = socket.read()).empty();) {
            if (message[0] == echo_word) socket.write(message);
            if (message[0] == span_word) socket.write({&taken_word, 1});
        }
    }
    asio::io_context io_;
    tcp::acceptor acceptor_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

class BeastSide final : public Side {
  public:
    explicit BeastSide(std::uint16_t port) : socket_(connect(port)) { socket_.call(); }
    std::vector<double> echo(std::size_t bytes, std::size_t count) override {
        const std::string message(bytes, echo_word);
        std::vector<double> times;
        times.reserve(count);
        while (times.size() < count) {
            const auto begun = Clock::now();
            socket_.write(message);
            if (socket_.read() != message) stop_with("Beast brought something else.");
            times.push_back(
                std::chrono::duration<double, std::micro>(Clock::now() - begun).count());
        }
        return times;
    }
    double stream(const Stream& what) override {
        std::string message(what.bytes, more_word);
        const auto begun = Clock::now();
        std::size_t sent = 0;
        for (std::size_t taken = 0; taken < what.spans(); ++taken) {
            while (sent < what.count && sent / what.messages_in_span() < taken + spans_on_way) {
                message[0] = what.word(sent++);
                socket_.write(message);
            }
            if (socket_.read().empty()) stop_with("Beast lost the connection.");
        }
        return std::chrono::duration<double>(Clock::now() - begun).count();
    }

  private:
    tcp::socket connect(std::uint16_t port) {
        tcp::socket socket(io_);
        socket.connect({asio::ip::address_v4::loopback(), port});
        return socket;
    }
    asio::io_context io_;
    Socket socket_;
};

}  // namespace

std::unique_ptr<Answerer> beast_answerer() { return std::make_unique<BeastAnswerer>(); }
std::unique_ptr<Side> beast_side(std::uint16_t port) { return std::make_unique<BeastSide>(port); }

}  // namespace sz::netbench
