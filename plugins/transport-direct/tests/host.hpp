// SPDX-License-Identifier: AGPL-3.0-or-later
// A host of the transport for tests: it writes down what it is told.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <sz/cpp/json.hpp>
#include <vector>

#include "../carriers.hpp"

namespace direct::test {

using sz::plugin::Json;

struct Told {
    Json opened, closed;
    std::uint32_t why = 0;
    std::vector<Handle> accepted;
    std::vector<std::string> messages, steps;  // "0:text"; "connect begun"
    std::vector<Json> candidates;
    std::vector<std::uint32_t> paths;
};

class Host {
  public:
    explicit Host(const web::Times& times = {})
        : transport_(info, {{"ws", std::make_shared<web::WebCarrier>(false, times)},
                            {"wss", std::make_shared<web::WebCarrier>(true, times)},
                            {"udp", std::make_shared<udp::UdpCarrier>()},
                            {"memory", std::make_shared<memory::MemoryCarrier>()}}) {}

    [[nodiscard]] sz::plugin::Result<Handle> try_listen(const std::string& url,
                                                        const Json& options = Json::object()) {
        return transport_.listen(url, options.dump(), sz::plugin::TransportEvents(table_));
    }
    [[nodiscard]] Handle listen(const std::string& url, const Json& options = Json::object()) {
        return *try_listen(url, options);
    }
    [[nodiscard]] Handle connect(const std::string& url, const Json& options = Json::object()) {
        return *transport_.connect(url, options.dump(), sz::plugin::TransportEvents(table_));
    }
    // What was told of `handle` as soon as it is so that `holds`; it is waited for at most 20 s.
    template <class Holds>
    Told wait(Handle handle, Holds holds) {
        std::unique_lock lock(mutex_);
        if (!news_.wait_for(lock, std::chrono::seconds(20), [&] { return holds(told_[handle]); }))
            throw std::runtime_error("nothing came");
        return told_[handle];
    }
    Told wait_open(Handle handle) {
        return wait(handle, [](const Told& t) { return !t.opened.is_null() || t.why != 0; });
    }
    Told wait_closed(Handle handle) {
        return wait(handle, [](const Told& t) { return t.why != 0; });
    }
    Handle wait_accepted(Handle listener, std::size_t count = 1) {
        return wait(listener, [&](const Told& t) { return t.accepted.size() >= count; })
            .accepted[count - 1];
    }
    Told wait_messages(Handle handle, std::size_t count) {
        return wait(handle, [&](const Told& t) { return t.messages.size() >= count; });
    }
    [[nodiscard]] std::uint16_t port(Handle listener) {
        return wait_open(listener).opened.at("port").get<std::uint16_t>();
    }
    [[nodiscard]] std::string url(Handle listener) {
        return wait_open(listener).opened.at("urls").at(0).get<std::string>();
    }
    DirectTransport& operator*() { return transport_; }
    DirectTransport* operator->() { return &transport_; }

  private:
    template <class Note>
    void note(Handle handle, Note fn) {
        {
            const std::lock_guard lock(mutex_);
            fn(told_[handle]);
        }
        news_.notify_all();
    }
    static Host& of(void* self) { return *static_cast<Host*>(self); }
    static Json json(sz_str text) { return Json::parse(sz::plugin::view(text)); }

    std::mutex mutex_;
    std::condition_variable news_;
    std::map<Handle, Told> told_;
    sz_transport_events table_{
        sizeof(sz_transport_events),
        0,
        this,
        [](void* self, Handle of_it, sz_str said) {
            of(self).note(of_it, [&](Told& told) { told.opened = json(said); });
        },
        [](void* self, Handle of_it, sz_str said) {
            of(self).note(of_it, [&](Told& told) { told.candidates.push_back(json(said)); });
        },
        [](void* self, Handle listener, Handle connection, sz_str said) {
            of(self).note(connection, [&](Told& told) { told.opened = json(said); });
            of(self).note(listener, [&](Told& told) { told.accepted.push_back(connection); });
        },
        [](void* self, Handle of_it, sz_str said) {
            of(self).note(of_it, [&](Told& told) { told.opened = json(said); });
        },
        [](void* self, Handle of_it, std::uint32_t channel, sz_bytes message) {
            of(self).note(of_it, [&](Told& told) {
                told.messages.push_back(std::to_string(channel) + ":" +
                                        std::string(sz::plugin::chars(message)));
            });
        },
        [](void*, Handle, std::uint32_t) {},
        [](void* self, Handle of_it, std::uint32_t state, sz_str) {
            of(self).note(of_it, [&](Told& told) { told.paths.push_back(state); });
        },
        [](void* self, Handle of_it, sz_str said) {
            const Json step = json(said);
            of(self).note(of_it, [&](Told& told) {
                told.steps.push_back(step.at("step").get<std::string>() + " " +
                                     step.at("state").get<std::string>());
            });
        },
        [](void* self, Handle of_it, std::uint32_t why, sz_str said) {
            of(self).note(of_it, [&](Told& told) { told.why = why, told.closed = json(said); });
        }};
    DirectTransport transport_;  // last, so that it ends while the rest is there
};

}  // namespace direct::test
