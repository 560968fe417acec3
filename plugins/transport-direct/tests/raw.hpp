// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody who speaks TCP and writes their bytes by hand; and a server of that kind.
#pragma once

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>
#include <string>

namespace direct::test {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

class Raw {
  public:
    // Takes little before it has to be read from.
    explicit Raw(std::uint16_t port) {
        socket_.open(Tcp::v4());
        socket_.set_option(asio::socket_base::receive_buffer_size(4096));
        socket_.connect({asio::ip::address_v4::loopback(), port});
    }
    explicit Raw(Tcp::acceptor& from) { from.accept(socket_); }

    void write(const std::string& text) {
        boost::system::error_code error;  // they may have hung up
        asio::write(socket_, asio::buffer(text), error);
    }
    // Up to the end, or up to and with `mark`.
    std::string read(const std::string& mark = {}) {
        std::string all;
        boost::system::error_code error;
        while (!error && (mark.empty() || all.find(mark) == std::string::npos)) {
            char byte = 0;
            if (asio::read(socket_, asio::buffer(&byte, 1), error) == 1) all += byte;
        }
        return all;
    }
    std::string read_bytes(std::size_t count) {
        std::string all(count, '\0');
        boost::system::error_code error;
        all.resize(asio::read(socket_, asio::buffer(all), error));
        return all;
    }
    void close() { socket_.close(); }
    // The content of the next frame of a server, which has no mask.
    std::string read_frame() {
        const std::string head = read_bytes(2);
        if (head.size() < 2) return {};
        std::size_t size = static_cast<unsigned char>(head[1]);
        if (size == 126) {
            const std::string length = read_bytes(2);
            size = static_cast<unsigned char>(length[0]) * 256U +
                   static_cast<unsigned char>(length[1]);
        }
        return read_bytes(size);
    }

    // Becomes a WebSocket; what was answered.
    std::string upgrade() {
        write(
            "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        return read("\r\n\r\n");
    }
    // A frame as clients send it, with a mask of zeros (RFC 6455, section 5.2). 0x82 is binary.
    void write_frame(const std::string& content, int first = 0x82) {
        std::string head{static_cast<char>(first)};
        if (content.size() < 126) {
            head += static_cast<char>(0x80 | content.size());
        } else {
            head += static_cast<char>(0x80 | 126);
            head += static_cast<char>(content.size() >> 8U);
            head += static_cast<char>(content.size() & 0xFFU);
        }
        write(head + std::string(4, '\0') + content);
    }

  private:
    asio::io_context io_;
    Tcp::socket socket_{io_};
};

// Listens; what is said to those who come is up to the test.
class RawServer {
  public:
    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    [[nodiscard]] Tcp::acceptor& acceptor() { return acceptor_; }

  private:
    asio::io_context io_;
    Tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
};

}  // namespace direct::test
