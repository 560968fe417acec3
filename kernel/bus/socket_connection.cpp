// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/socket_connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"

namespace sz {

namespace asio = boost::asio;
using boost::system::error_code;

void SocketConnection::start(std::string_view version, std::function<void()> on_closed) {
    on_closed_ = std::move(on_closed);
    send(wire::hello_line(version));
    read();
}

void SocketConnection::refuse(const Error& error) {
    if (is_refused_ || is_closed_) return;
    log::warning("bus", "A connection was refused: " + error.message);
    is_refused_ = true;
    send(wire::refusal_line(error));
}

void SocketConnection::close() {
    if (std::exchange(is_closed_, true)) return;
    error_code ignored;
    socket_.close(ignored);
    for (const auto& [id, number] : calls_) bus_.cancel(number);
    for (const auto& [topic, number] : subscriptions_) bus_.unsubscribe(number);
    calls_.clear();
    subscriptions_.clear();
    if (const auto closed = std::exchange(on_closed_, nullptr)) closed();
}

bool SocketConnection::has_too_much_to_do() const {
    return calls_.size() >= limits::bus_calls_max ||
           outbox_bytes_ >= limits::bus_outbox_pause_bytes;
}

void SocketConnection::read() {
    if (is_reading_ || is_closed_ || is_refused_ || has_too_much_to_do()) return;
    is_reading_ = true;
    asio::async_read_until(
        socket_, asio::dynamic_buffer(inbox_, limits::bus_message_bytes_max), '\n',
        [self = shared_from_this()](const error_code& error, std::size_t bytes) {
            self->is_reading_ = false;
            if (self->is_closed_) return;
            if (error == asio::error::not_found) {
                self->inbox_.clear();
                return self->refuse({ErrorKind::limit,
                                     "SZ-BUS-020",
                                     "A message on the profile's socket is larger than the limit.",
                                     "Send less at a time.",
                                     {}});
            }
            if (error) return self->close();
            const std::string line = self->inbox_.substr(0, bytes - 1);
            self->inbox_.erase(0, bytes);
            self->handle(line);
            self->read();
        });
}

void SocketConnection::handle(std::string_view line) {
    auto request = wire::read_request(line);
    if (!request) return refuse(request.error());
    switch (request->kind) {
        case wire::Request::Kind::call: return begin_call(std::move(*request));
        case wire::Request::Kind::subscribe: return subscribe(*request);
        case wire::Request::Kind::unsubscribe: return unsubscribe(*request);
        case wire::Request::Kind::cancel: break;
    }
    // A call that has just been answered is not there any more; that is no fault.
    if (const auto found = calls_.find(request->id); found != calls_.end())
        bus_.cancel(found->second);
}

void SocketConnection::begin_call(wire::Request request) {
    const auto [place, is_new] = calls_.try_emplace(request.id, 0);
    if (!is_new) {
        return refuse({ErrorKind::input,
                       "SZ-BUS-020",
                       "Two running calls on the profile's socket have one id.",
                       {},
                       {}});
    }
    // The reply never comes from inside call(), so the number is in its place by then.
    place->second =
        bus_.call(std::move(request.name), std::move(request.params), {request.deadline},
                  [weak = weak_from_this(), id = request.id](const Result<Json>& result) {
                      const auto self = weak.lock();
                      if (!self || self->is_closed_) return;
                      self->calls_.erase(id);
                      self->reply(id, result);
                      self->read();
                  });
}

void SocketConnection::subscribe(const wire::Request& request) {
    if (subscriptions_.count(request.name) == 0) {
        if (subscriptions_.size() >= limits::bus_subscriptions_max) {
            return reply(request.id, fail(ErrorKind::limit, "SZ-BUS-026",
                                          "This connection has too many subscriptions.",
                                          "Subscribe to a prefix that ends in “.*”."));
        }
        const auto number =
            bus_.subscribe(request.name, [this](const std::string& topic, const Json& message) {
                send(wire::topic_line(topic, message));
            });
        subscriptions_.emplace(request.name, number);
    }
    reply(request.id, Json::object());
}

void SocketConnection::unsubscribe(const wire::Request& request) {
    if (const auto found = subscriptions_.find(request.name); found != subscriptions_.end()) {
        bus_.unsubscribe(found->second);
        subscriptions_.erase(found);
    }
    reply(request.id, Json::object());
}

void SocketConnection::reply(std::uint64_t id, const Result<Json>& result) {
    send(wire::reply_line(id, result));
}

void SocketConnection::send(std::string line) {
    if (is_closed_) return;
    outbox_bytes_ += line.size();
    outbox_.push_back(std::move(line));
    if (outbox_bytes_ > limits::bus_outbox_bytes_max) {
        log::warning("bus", "A connection was closed: it does not read what it asked for.");
        return close();
    }
    write();
}

void SocketConnection::write() {
    if (is_writing_ || is_closed_) return;
    if (outbox_.empty()) {
        if (is_refused_) close();
        return;
    }
    is_writing_ = true;
    asio::async_write(socket_, asio::buffer(outbox_.front()),
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                          self->is_writing_ = false;
                          if (error) return self->close();
                          self->outbox_bytes_ -= self->outbox_.front().size();
                          self->outbox_.pop_front();
                          self->write();
                          self->read();
                      });
}

}  // namespace sz
