// SPDX-License-Identifier: AGPL-3.0-or-later
// A router on loopback that answers what a test says, in a thread of its own.
#pragma once

#include <atomic>
#include <utility>
// Boost.Asio 1.74 uses std::exchange without including <utility> under C++20.
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace upnp::test {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

// What was asked: "GET /desc.xml", or the SOAP action alone: "AddPortMapping".
struct Asked {
    std::string what, body;

    // The text of an argument.
    [[nodiscard]] std::string argument(const std::string& name) const {
        const auto begin = body.find("<" + name + ">");
        if (begin == std::string::npos) return {};
        const auto text = begin + name.size() + 2;
        return body.substr(text, body.find('<', text) - text);
    }
};

class FakeRouter {
  public:
    // Writes to the connection as it likes; then it is closed.
    using Answer = std::function<void(const Asked&, tcp::socket&)>;

    explicit FakeRouter(Answer answer, const std::string& address = "127.0.0.1")
        : acceptor_(io_, {asio::ip::make_address(address), 0}),
          port_(acceptor_.local_endpoint().port()),
          address_(address),
          answer_(std::move(answer)),
          thread_([this] { run(); }) {}
    ~FakeRouter() {
        is_ending_ = true;
        boost::system::error_code ignored;
        tcp::socket knock(io_);
        knock.connect({asio::ip::make_address(address_), port_}, ignored);
        thread_.join();
    }
    FakeRouter(const FakeRouter&) = delete;
    FakeRouter& operator=(const FakeRouter&) = delete;

    [[nodiscard]] std::string url(const std::string& path = "/desc.xml") const {
        return "http://" + address_ + ":" + std::to_string(port_) + path;
    }
    [[nodiscard]] std::vector<Asked> asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }
    [[nodiscard]] std::vector<Asked> asked(const std::string& what) const {
        std::vector<Asked> found;
        for (const Asked& one : asked())
            if (one.what == what) found.push_back(one);
        return found;
    }

  private:
    void run() {
        while (true) {
            tcp::socket socket(io_);
            boost::system::error_code error;
            acceptor_.accept(socket, error);
            if (is_ending_ || error) return;
            const Asked asked = read(socket);
            {
                const std::lock_guard lock(mutex_);
                asked_.push_back(asked);
            }
            answer_(asked, socket);
        }
    }

    static Asked read(tcp::socket& socket) {
        boost::system::error_code error;
        std::string text;
        const std::size_t head =
            asio::read_until(socket, asio::dynamic_buffer(text), "\r\n\r\n", error);
        const auto length = text.find("Content-Length: ");
        if (length != std::string::npos && length < head) {
            const std::size_t bytes = std::stoul(text.substr(length + 16)) + head;
            while (text.size() < bytes && !error)
                asio::read(socket, asio::dynamic_buffer(text),
                           asio::transfer_exactly(bytes - text.size()), error);
        }
        Asked asked{text.substr(0, text.find(" HTTP/")), text.substr(head)};
        if (const auto hash = text.find('#'); asked.what.starts_with("POST") && hash < head)
            asked.what = text.substr(hash + 1, text.find('"', hash) - hash - 1);
        return asked;
    }

    asio::io_context io_;
    tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::string address_;
    Answer answer_;
    mutable std::mutex mutex_;
    std::vector<Asked> asked_;
    std::atomic<bool> is_ending_ = false;
    std::thread thread_;
};

inline void write(tcp::socket& socket, const std::string& text) {
    boost::system::error_code ignored;
    asio::write(socket, asio::buffer(text), ignored);
}

inline std::string http(const std::string& status, const std::string& body) {
    return "HTTP/1.1 " + status +
           "\r\nContent-Type: text/xml\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

// The other side goes first; until then nothing is said.
inline void wait_until_gone(tcp::socket& socket) {
    boost::system::error_code error;
    char byte = 0;
    while (!error) (void)socket.read_some(asio::buffer(&byte, 1), error);
}

inline std::string description(const std::string& control = "/control",
                               const std::string& version = "1") {
    return R"(<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device>)"
           "<friendlyName>Test &amp; Co router</friendlyName><modelName>T1</modelName><deviceList>"
           "<device><deviceList><device><serviceList><service><serviceType>"
           "urn:schemas-upnp-org:service:WANIPConnection:" +
           version + "</serviceType><controlURL>" + control +
           "</controlURL><SCPDURL>/scpd.xml</SCPDURL><eventSubURL>/event</eventSubURL></service>"
           "</serviceList></device></deviceList></device></deviceList></device></root>";
}

inline std::string soap(const std::string& action, const std::string& values = {}) {
    return http("200 OK",
                R"(<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><u:)" +
                    action +
                    R"(Response xmlns:u="urn:schemas-upnp-org:service:WANIPConnection:1">)" +
                    values + "</u:" + action + "Response></s:Body></s:Envelope>");
}

inline std::string soap_error(int number, const std::string& words) {
    return http("500 Internal Server Error",
                "<s:Envelope><s:Body><s:Fault><detail><UPnPError "
                R"(xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>)" +
                    std::to_string(number) + "</errorCode><errorDescription>" + words +
                    "</errorDescription></UPnPError></detail></s:Fault></s:Body></s:Envelope>");
}

inline std::string entry(const std::string& client, int port, int lease) {
    return soap("GetSpecificPortMappingEntry",
                "<NewInternalPort>" + std::to_string(port) +
                    "</NewInternalPort><NewInternalClient>" + client +
                    "</NewInternalClient><NewEnabled>1</NewEnabled>" +
                    "<NewPortMappingDescription>x</NewPortMappingDescription><NewLeaseDuration>" +
                    std::to_string(lease) + "</NewLeaseDuration>");
}

}  // namespace upnp::test
