// SPDX-License-Identifier: AGPL-3.0-or-later
// A stranger on the way between two programs on this machine: what one sends goes to the other
// through it, unless it is told to lose, keep, repeat or change it. Has a thread of its own.
#pragma once

#include <utility>
// Boost.Asio 1.74 uses std::exchange without including <utility> under C++20.
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <future>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace sz::test {

namespace asio = boost::asio;

class RelayThread {
  public:
    RelayThread() : thread_([this] { io_.run(); }) {}
    ~RelayThread() { stop(); }
    RelayThread(const RelayThread&) = delete;
    RelayThread& operator=(const RelayThread&) = delete;
    asio::io_context& io() { return io_; }
    // Runs it on the relay's thread, and waits.
    void run(const std::function<void()>& work) {
        std::promise<void> done;
        asio::post(io_, [&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }
    void stop() {
        io_.stop();
        if (thread_.joinable()) thread_.join();
    }

  private:
    asio::io_context io_{1};
    asio::executor_work_guard<asio::io_context::executor_type> stays_{io_.get_executor()};
    std::thread thread_;
};

// Datagrams, of any number of callers: each has a socket of its own towards the host.
class UdpRelay {
  public:
    using Endpoint = asio::ip::udp::endpoint;
    enum class Way { to_host, to_caller };
    // What becomes of a datagram: the datagrams that go on. On the relay's thread.
    using Treat = std::function<std::vector<std::string>(Way, std::string)>;

    explicit UdpRelay(std::uint16_t host_port)
        : host_(asio::ip::address_v4::loopback(), host_port),
          front_(thread_.io(), Endpoint(asio::ip::address_v4::loopback(), 0)) {
        thread_.run([this] { read_front(); });
    }
    ~UdpRelay() { thread_.stop(); }
    UdpRelay(const UdpRelay&) = delete;
    UdpRelay& operator=(const UdpRelay&) = delete;

    std::string url() {
        return "udp://127.0.0.1:" + std::to_string(front_.local_endpoint().port());
    }
    void treat(Treat treat) {
        thread_.run([&] { treat_ = std::move(treat); });
    }
    void cut() {
        treat([](Way, const std::string&) { return std::vector<std::string>{}; });
    }
    void mend() { treat({}); }
    // The host hears every caller from another port from now on.
    void change_address() {
        thread_.run([this] {
            for (auto& [caller, back] : backs_) {
                old_.push_back(std::move(back));
                back = open_back(caller);
            }
        });
    }
    // To the host, from an address of nobody that it knows.
    void forge(const std::string& datagram) {
        thread_.run([&] {
            asio::ip::udp::socket stranger(thread_.io(), Endpoint(asio::ip::udp::v4(), 0));
            stranger.send_to(asio::buffer(datagram), host_);
        });
    }

  private:
    struct Back {
        asio::ip::udp::socket socket;
        std::array<char, 2048> buffer{};
        Endpoint from;
    };
    std::shared_ptr<Back> open_back(const Endpoint& caller) {
        auto back = std::make_shared<Back>(
            Back{asio::ip::udp::socket(thread_.io(), Endpoint(asio::ip::udp::v4(), 0)), {}, {}});
        read_back(back, caller);
        return back;
    }
    std::vector<std::string> treated(Way way, std::string datagram) {
        if (treat_) return treat_(way, std::move(datagram));
        return {std::move(datagram)};
    }
    void read_front() {
        front_.async_receive_from(
            asio::buffer(buffer_), from_, [this](const auto& wrong, std::size_t size) {
                if (wrong == asio::error::operation_aborted) return;
                if (!wrong) {
                    auto& back = backs_[from_];
                    if (back == nullptr) back = open_back(from_);
                    for (const auto& one : treated(Way::to_host, {buffer_.data(), size}))
                        back->socket.send_to(asio::buffer(one), host_);
                }
                read_front();
            });
    }
    void read_back(const std::shared_ptr<Back>& back, const Endpoint& caller) {
        back->socket.async_receive_from(
            asio::buffer(back->buffer), back->from,
            [this, back, caller](const auto& wrong, std::size_t size) {
                if (wrong == asio::error::operation_aborted) return;
                if (!wrong) {
                    for (const auto& one : treated(Way::to_caller, {back->buffer.data(), size}))
                        front_.send_to(asio::buffer(one), caller);
                }
                read_back(back, caller);
            });
    }

    RelayThread thread_;
    Endpoint host_, from_;
    asio::ip::udp::socket front_;
    std::array<char, 2048> buffer_{};
    std::map<Endpoint, std::shared_ptr<Back>> backs_;
    std::vector<std::shared_ptr<Back>> old_;  // open still: what comes there is not answered
    Treat treat_;
};

// Streams.
class TcpRelay {
  public:
    using tcp = asio::ip::tcp;
    explicit TcpRelay(std::uint16_t host_port)
        : host_(asio::ip::address_v4::loopback(), host_port),
          acceptor_(thread_.io(), tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
        thread_.run([this] { accept(); });
    }
    ~TcpRelay() { thread_.stop(); }
    TcpRelay(const TcpRelay&) = delete;
    TcpRelay& operator=(const TcpRelay&) = delete;

    std::uint16_t port() { return acceptor_.local_endpoint().port(); }
    // Every stream that is open ends at once; new ones are let through.
    void cut() {
        thread_.run([this] {
            for (auto& one : open_) {
                boost::system::error_code ignored;
                one->caller.close(ignored);
                one->host.close(ignored);
            }
            open_.clear();
        });
    }
    // Where new streams go from now on.
    void lead_to(std::uint16_t host_port) {
        thread_.run([&] { host_.port(host_port); });
    }

  private:
    struct Stream {
        tcp::socket caller, host;
        std::array<char, 65536> there{}, back{};
    };
    void accept() {
        acceptor_.async_accept([this](const auto& wrong, tcp::socket caller) {
            if (wrong) return;
            auto stream = std::make_shared<Stream>(
                Stream{std::move(caller), tcp::socket(thread_.io()), {}, {}});
            boost::system::error_code no_host;
            stream->host.connect(host_, no_host);
            if (!no_host) {
                open_.push_back(stream);
                pump(stream, stream->caller, stream->host, stream->there);
                pump(stream, stream->host, stream->caller, stream->back);
            }
            accept();
        });
    }
    void pump(const std::shared_ptr<Stream>& stream, tcp::socket& from, tcp::socket& to,
              std::array<char, 65536>& buffer) {
        from.async_read_some(asio::buffer(buffer), [this, stream, &from, &to, &buffer](
                                                       const auto& wrong, std::size_t size) {
            boost::system::error_code broken = wrong;
            if (!broken) asio::write(to, asio::buffer(buffer, size), broken);
            if (!broken) return pump(stream, from, to, buffer);
            boost::system::error_code ignored;
            from.close(ignored);
            to.close(ignored);
        });
    }

    RelayThread thread_;
    tcp::endpoint host_;
    tcp::acceptor acceptor_;
    std::list<std::shared_ptr<Stream>> open_;
};

}  // namespace sz::test
