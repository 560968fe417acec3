// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/socket_client.hpp"

#include <utility>
// Boost.Asio 1.74 uses std::exchange without including <utility> under C++20.
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "kernel/base/limits.hpp"
#include "kernel/base/sys/local_socket.hpp"
#include "kernel/bus/topics.hpp"
#include "kernel/bus/wire.hpp"

namespace sz {

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Protocol = asio::local::stream_protocol;

namespace {

constexpr std::chrono::seconds hello_patience{10};
// The kernel keeps the deadline; this much later it is taken for hung.
constexpr std::chrono::seconds grace{5};

Error ended_error() {
    return {ErrorKind::environment,
            "SZ-BUS-023",
            "The program that has this profile open ended before it answered.",
            "Try again; what it had confirmed is kept.",
            {}};
}

Error late_error() {
    return {ErrorKind::cancelled,
            "SZ-BUS-003",
            "The program that has this profile open did not answer in time.",
            "Look whether it still works; end it if it does not.",
            {}};
}

}  // namespace

struct SocketClient::Impl {
    asio::io_context io{1};
    Protocol::socket socket{io};
    std::string inbox;
    std::uint64_t next_id = 1;
    std::optional<Error> end;  // why nothing more comes
    std::map<std::uint64_t, Result<Json>> replies;
    std::deque<std::pair<std::string, Json>> topics;
    std::vector<std::pair<std::string, TopicFn>> subscriptions;
    bool is_greeted = false;

    void read();
    void take(std::string_view line);
    void deliver();
    Result<Json> request(wire::Request request, std::optional<Clock::time_point> until);

    // Runs reads and writes until `is_done`, the end of the connection or of the time.
    template <class Done>
    Status pump(std::optional<Clock::time_point> until, Done is_done) {
        while (true) {
            deliver();
            if (is_done()) return {};
            if (end) return fail(*end);
            if (until && Clock::now() >= *until) return fail(late_error());
            io.restart();
            if (until) {
                io.run_one_until(*until);
            } else {
                io.run_one();
            }
        }
    }
};

void SocketClient::Impl::read() {
    asio::async_read_until(socket, asio::dynamic_buffer(inbox, limits::bus_message_bytes_max), '\n',
                           [this](const error_code& error, std::size_t bytes) {
                               if (error) {
                                   if (!end) end = ended_error();
                                   return;
                               }
                               take(std::string_view(inbox).substr(0, bytes - 1));
                               inbox.erase(0, bytes);
                               if (!end) read();
                           });
}

void SocketClient::Impl::take(std::string_view line) {
    auto message = wire::parse_line(line);
    if (!message) {
        end = message.error();
        return;
    }
    const auto id = message->find("id");
    if (const auto hello = message->find("hello"); hello != message->end()) {
        is_greeted = true;
        if (!hello->is_object() || hello->value("protocol", Json(0)) != wire::protocol) {
            end = Error{ErrorKind::environment, "SZ-BUS-027",
                        "The program that has this profile open is of another version.",
                        "Close it, then try again.", string_or(*hello, "version")};
        }
    } else if (const auto topic = message->find("topic");
               topic != message->end() && topic->is_string()) {
        topics.emplace_back(topic->get<std::string>(), message->value("message", Json()));
    } else if (id != message->end() && id->is_number_unsigned()) {
        const auto error = message->find("error");
        auto result = error != message->end() ? Result<Json>(fail(error_from_json(*error)))
                                              : message->value("result", Json());
        replies.insert_or_assign(id->get<std::uint64_t>(), std::move(result));
    } else {
        end = error_from_json(message->value("error", Json::object()));
    }
}

void SocketClient::Impl::deliver() {
    while (!topics.empty()) {
        const auto [topic, message] = std::move(topics.front());
        topics.pop_front();
        const auto listening = subscriptions;
        for (const auto& [pattern, fn] : listening) {
            if (topic_matches(pattern, topic)) fn(topic, message);
        }
    }
}

Result<Json> SocketClient::Impl::request(wire::Request request,
                                         std::optional<Clock::time_point> until) {
    if (end) return fail(*end);
    request.id = next_id++;
    const auto line = wire::call_line(request);
    if (line.size() > limits::bus_message_bytes_max) {
        return fail(ErrorKind::limit, "SZ-BUS-024", "The request is too large to be sent.",
                    "Ask for less at a time.");
    }
    bool is_sent = false;
    asio::async_write(socket, asio::buffer(line), [&](const error_code& error, std::size_t) {
        is_sent = true;
        // What the kernel said before it closed is still to be read: that is the better reason.
        if (error && error != asio::error::broken_pipe && !end) end = ended_error();
    });
    const auto status = pump(until, [&] { return replies.count(request.id) != 0; });
    if (!status) {
        // `line` goes with this call: no write may be left that still uses it.
        if (!is_sent) {
            error_code ignored;
            socket.close(ignored);
            io.restart();
            io.poll();
            if (!end) end = ended_error();
        }
        return fail(status.error());
    }
    auto node = replies.extract(request.id);
    return std::move(node.mapped());
}

Result<std::unique_ptr<SocketClient>> SocketClient::connect(const std::filesystem::path& path) {
    const auto nobody = [&path] {
        return fail(ErrorKind::environment, "SZ-BUS-025", "No running program serves this profile.",
                    {}, path.string());
    };
    const auto address = sys::SocketAddress::of(path);
    if (!address) return nobody();
    auto impl = std::make_unique<Impl>();
    error_code error;
    impl->socket.connect(Protocol::endpoint(address->text()), error);
    if (error) return nobody();
    impl->read();
    SZ_TRY(impl->pump(Clock::now() + hello_patience,
                      [raw = impl.get()] { return raw->is_greeted && !raw->end; }));
    return std::unique_ptr<SocketClient>(new SocketClient(std::move(impl)));
}

SocketClient::SocketClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SocketClient::~SocketClient() = default;

Result<Json> SocketClient::call(const std::string& method, const Json& params,
                                CallOptions options) {
    wire::Request request;
    request.name = method;
    request.params = params.is_null() ? Json::object() : params;
    request.deadline = options.deadline;
    std::optional<Clock::time_point> until;
    if (options.deadline.count() >= 0) {
        const auto deadline = options.deadline.count() == 0
                                  ? std::chrono::milliseconds(limits::call_deadline_ms_default)
                                  : options.deadline;
        until = Clock::now() + deadline + grace;
    }
    return impl_->request(std::move(request), until);
}

Status SocketClient::subscribe(const std::string& topic, TopicFn fn) {
    wire::Request request;
    request.kind = wire::Request::Kind::subscribe;
    request.name = topic;
    SZ_TRY(impl_->request(std::move(request), Clock::now() + hello_patience));
    impl_->subscriptions.emplace_back(topic, std::move(fn));
    return {};
}

Status SocketClient::poll(std::chrono::milliseconds patience,
                          const std::function<bool()>& is_enough) {
    return impl_->pump(Clock::now() + patience, is_enough);
}

}  // namespace sz
