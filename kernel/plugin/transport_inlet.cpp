// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/transport_inlet.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/plugin/abi_status.hpp"

namespace sz {

namespace {

// What a message in the kernel's queue takes besides itself, about.
constexpr std::size_t queued_more_bytes = 256;

TransportInlet& of(void* self) { return *static_cast<TransportInlet*>(self); }

std::string text(const Json& said, const char* key) {
    const auto found = said.find(key);
    return found != said.end() && found->is_string() ? clean_line(found->get<std::string>())
                                                     : std::string();
}

TransportEnd::Cause cause_of(std::uint32_t why) {
    switch (why) {
        case SZ_CLOSED_HERE: return TransportEnd::Cause::here;
        case SZ_CLOSED_PEER: return TransportEnd::Cause::peer;
        case SZ_CLOSED_FAILED: return TransportEnd::Cause::failed;
        case SZ_CLOSED_REFUSED: return TransportEnd::Cause::refused;
        default: return TransportEnd::Cause::lost;
    }
}

template <class Fn, class... Args>
void tell(const Fn& fn, Args&&... args) {
    if (!fn) return;
    const Fn kept = fn;  // it may replace itself, or end its owner
    kept(std::forward<Args>(args)...);
}

}  // namespace

TransportInlet::TransportInlet(std::string plugin, const sz_transport* transport,
                               KernelThread& thread)
    : plugin_(std::move(plugin)), transport_(transport), thread_(thread) {
    events_.size = sizeof events_;
    events_.self = this;
    events_.listening = [](void* self, sz_transport_handle, sz_str json) {
        of(self).later(
            [said = of(self).read(json)](TransportInlet& i) { i.heard_listening(said); });
    };
    events_.candidate = [](void* self, sz_transport_handle, sz_str json) {
        of(self).later(
            [said = of(self).read(json)](TransportInlet& i) { i.heard_candidate(said); });
    };
    events_.accepted = [](void* self, sz_transport_handle, sz_transport_handle connection,
                          sz_str json) {
        of(self).later([connection, peer = text(of(self).read(json), "peer")](TransportInlet& i) {
            i.heard_accepted(connection, peer);
        });
    };
    events_.connected = [](void* self, sz_transport_handle handle, sz_str json) {
        of(self).later([handle, peer = text(of(self).read(json), "peer")](TransportInlet& i) {
            if (auto* connection = i.find(handle)) tell(connection->events_.connected, peer);
        });
    };
    events_.message = [](void* self, sz_transport_handle handle, std::uint32_t channel,
                         sz_bytes message) {
        if (!of(self).admits(handle, view(message).size())) return;
        of(self).later(
            [handle, channel, content = std::string(view(message))](TransportInlet& i) mutable {
                i.has_taken(handle, content.size());
                auto* connection = i.find(handle);
                if (connection != nullptr && channel < SZ_CHANNELS)
                    tell(connection->events_.message, channel, std::move(content));
            });
    };
    events_.writable = [](void* self, sz_transport_handle handle, std::uint32_t channel) {
        of(self).later([handle, channel](TransportInlet& i) {
            if (auto* connection = i.find(handle)) tell(connection->events_.writable, channel);
        });
    };
    events_.path = [](void* self, sz_transport_handle handle, std::uint32_t state, sz_str json) {
        of(self).later(
            [handle, state, peer = text(of(self).read(json), "peer")](TransportInlet& i) {
                const PathState is = state == SZ_PATH_ALIVE    ? PathState::alive
                                     : state == SZ_PATH_SILENT ? PathState::silent
                                                               : PathState::changed;
                if (auto* connection = i.find(handle)) tell(connection->events_.path, is, peer);
            });
    };
    events_.step = [](void* self, sz_transport_handle handle, sz_str json) {
        of(self).later([handle, said = of(self).read(json)](TransportInlet& i) {
            i.heard_step(handle, said);
        });
    };
    events_.closed = [](void* self, sz_transport_handle handle, std::uint32_t why, sz_str json) {
        of(self).later([handle, why, said = of(self).read(json)](TransportInlet& i) {
            i.heard_end(handle, why, said);
        });
    };
}

// On a thread of the transport. Nothing that goes wrong may get past here.
template <class Fn>
void TransportInlet::later(Fn fn) noexcept {
    try {
        thread_.post([inlet = weak_from_this(), fn = std::move(fn)]() mutable {
            const auto kept = inlet.lock();
            if (kept != nullptr && !kept->is_cut_off_) fn(*kept);
        });
    } catch (...) {
        log::error("plugin", "An event of a transport was lost for want of memory.");
    }
}

Json TransportInlet::read(sz_str json) const {
    if (view(json).size() > limits::finding_text_bytes_max * 4) return Json::object();
    auto said = parse_json(view(json));
    if (said && said->is_object()) return *std::move(said);
    log::error("plugin", plugin_ + ": an event of its transport is no JSON object.");
    return Json::object();
}

// Honest peers wait for answers long before this is reached; a flood ends the connection.
bool TransportInlet::admits(sz_transport_handle handle, std::size_t bytes) {
    bytes += queued_more_bytes;
    {
        const std::lock_guard lock(waiting_mutex_);
        std::size_t& waiting = waiting_bytes_[handle];
        const bool was_full = waiting > limits::transport_queue_bytes_max;
        waiting += bytes;
        if (waiting <= limits::transport_queue_bytes_max) return true;
        if (was_full) return false;
    }
    later([handle](TransportInlet& i) {
        // The transport goes on for a while, and has this table until it has said so.
        i.close(handle, "You sent more than could be taken in.");
        auto* connection = i.find(handle);
        if (connection == nullptr) return;
        i.connections_.erase(handle);
        tell(connection->events_.ended,
             TransportEnd{TransportEnd::Cause::refused,
                          {ErrorKind::limit,
                           "SZ-NET-104",
                           "The other side sent more than could be taken in.",
                           "Connect again.",
                           {}},
                          {}});
    });
    return false;
}

void TransportInlet::has_taken(sz_transport_handle handle, std::size_t bytes) {
    bytes += queued_more_bytes;
    const std::lock_guard lock(waiting_mutex_);
    const auto found = waiting_bytes_.find(handle);
    if (found != waiting_bytes_.end()) found->second -= std::min(bytes, found->second);
}

void TransportInlet::opened(sz_transport_handle handle) {
    open_.insert(handle);
    self_ = shared_from_this();
}

TransportConnection* TransportInlet::find(sz_transport_handle handle) const {
    const auto found = connections_.find(handle);
    return found == connections_.end() ? nullptr : found->second;
}

void TransportInlet::detach(sz_transport_handle handle) {
    connections_.erase(handle);
    if (listener_ != nullptr && listener_->handle_ == handle) listener_ = nullptr;
    close(handle, {});
}

void TransportInlet::heard_listening(const Json& said) {
    if (listener_ == nullptr) return;
    TransportListener::Address address;
    if (const auto urls = said.find("urls"); urls != said.end() && urls->is_array()) {
        for (const Json& url : *urls)
            if (url.is_string()) address.urls.push_back(clean_line(url.get<std::string>()));
    }
    const auto port = said.find("port");
    if (port != said.end() && port->is_number_unsigned() && *port <= 65535)
        address.port = port->get<std::uint16_t>();
    address.protocol = text(said, "protocol");
    tell(listener_->events_.listening, address);
}

void TransportInlet::heard_candidate(const Json& said) {
    if (listener_ == nullptr) return;
    tell(
        listener_->events_.candidate,
        TransportListener::Candidate{text(said, "url"), text(said, "family"), text(said, "scope")});
}

void TransportInlet::heard_accepted(sz_transport_handle connection, const std::string& peer) {
    opened(connection);
    if (listener_ == nullptr || !listener_->events_.accepted)
        return close(connection, "Nobody is at the table any more.");
    tell(listener_->events_.accepted,
         std::make_unique<TransportConnection>(shared_from_this(), connection), peer);
}

void TransportInlet::heard_step(sz_transport_handle handle, const Json& said) {
    const TransportStep step{text(said, "step"), text(said, "state"), text(said, "message"),
                             text(said, "hint")};
    if (auto* connection = find(handle)) return tell(connection->events_.step, step);
    if (listener_ != nullptr && listener_->handle_ == handle) tell(listener_->events_.step, step);
}

void TransportInlet::heard_end(sz_transport_handle handle, std::uint32_t why, const Json& said) {
    TransportEnd end{
        cause_of(why),
        {ErrorKind::environment, text(said, "code"), text(said, "message"), text(said, "hint"), {}},
        text(said, "reason")};
    if (end.error.code.empty()) end.error.code = "SZ-NET-102";
    if (end.error.message.empty()) end.error.message = "The connection has ended.";
    const auto kept = shared_from_this();
    open_.erase(handle);
    if (open_.empty()) self_.reset();
    {
        const std::lock_guard lock(waiting_mutex_);
        waiting_bytes_.erase(handle);
    }
    if (auto* connection = find(handle)) {
        connections_.erase(handle);
        return tell(connection->events_.ended, end);
    }
    if (listener_ == nullptr || listener_->handle_ != handle) return;
    auto* listener = std::exchange(listener_, nullptr);
    tell(listener->events_.ended, end);
}

sz_status TransportInlet::send(sz_transport_handle handle, std::uint32_t channel,
                               std::string_view message) {
    if (is_cut_off_) return SZ_ERR_NOT_FOUND;
    return call_plugin(thread_.is_current(), plugin_, "transport.send", [&] {
        return transport_->send(transport_->self, handle, channel, abi_bytes(message));
    });
}

sz_status TransportInlet::protect(sz_transport_handle handle, const TransportConnection::Key& send,
                                  const TransportConnection::Key& receive) {
    if (is_cut_off_) return SZ_ERR_NOT_FOUND;
    return call_plugin(thread_.is_current(), plugin_, "transport.protect", [&] {
        return transport_->protect(transport_->self, handle, {send.data(), send.size()},
                                   {receive.data(), receive.size()});
    });
}

Json TransportInlet::statistics(sz_transport_handle handle) {
    if (is_cut_off_) return Json::object();
    TextSink out(limits::finding_text_bytes_max);
    const sz_status status =
        call_plugin(thread_.is_current(), plugin_, "transport.statistics",
                    [&] { return transport_->statistics(transport_->self, handle, out.table()); });
    if (status != SZ_OK) return Json::object();
    auto said = parse_json(out.text);
    return said && said->is_object() ? *std::move(said) : Json::object();
}

void TransportInlet::close(sz_transport_handle handle, std::string_view reason) {
    if (is_cut_off_ || !open_.contains(handle)) return;
    const std::string said(reason.substr(0, SZ_TRANSPORT_REASON_BYTES_MAX));
    (void)call_plugin(thread_.is_current(), plugin_, "transport.close",
                      [&] { return transport_->close(transport_->self, handle, str(said)); });
}

void TransportInlet::cut_off() {
    is_cut_off_ = true;
    self_.reset();
    open_.clear();
}

}  // namespace sz
