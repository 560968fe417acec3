// SPDX-License-Identifier: AGPL-3.0-or-later
// A transport as a C++ class. The words and contracts stand in ext/transport.h: nothing waits, and
// events come from threads of the transport's own, never from inside one of its functions.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "../ext/transport.h"
#include "border.hpp"

namespace sz::plugin {

// Tells the host what happens. May be copied; valid as long as the table.
class TransportEvents {
  public:
    using Handle = sz_transport_handle;

    explicit TransportEvents(const sz_transport_events& table) noexcept : table_(&table) {}
    void listening(Handle listener, std::string_view json) const noexcept {
        table_->listening(table_->self, listener, str(json));
    }
    void candidate(Handle listener, std::string_view json) const noexcept {
        table_->candidate(table_->self, listener, str(json));
    }
    void accepted(Handle listener, Handle connection, std::string_view json) const noexcept {
        table_->accepted(table_->self, listener, connection, str(json));
    }
    void connected(Handle connection, std::string_view json) const noexcept {
        table_->connected(table_->self, connection, str(json));
    }
    void message(Handle connection, std::uint32_t channel,
                 std::string_view content) const noexcept {
        table_->message(table_->self, connection, channel, bytes(content));
    }
    void writable(Handle connection, std::uint32_t channel) const noexcept {
        table_->writable(table_->self, connection, channel);
    }
    void path(Handle connection, std::uint32_t state, std::string_view json = "{}") const noexcept {
        table_->path(table_->self, connection, state, str(json));
    }
    void step(Handle handle, std::string_view json) const noexcept {
        table_->step(table_->self, handle, str(json));
    }
    void closed(Handle handle, std::uint32_t why, std::string_view json) const noexcept {
        table_->closed(table_->self, handle, why, str(json));
    }

  private:
    const sz_transport_events* table_;
};

class Transport {
  public:
    using Handle = sz_transport_handle;
    using Key = std::array<std::uint8_t, 32>;
    struct Info {
        const char* name;     // "direct"; all text is static
        const char* title;    // "UDP, and WebSocket for tunnels"
        const char* schemes;  // "udp ws wss"
    };
    explicit Transport(const Info& info) noexcept
        : table_{sizeof(sz_transport),
                 0,
                 info.name,
                 info.title,
                 info.schemes,
                 this,
                 c_listen,
                 c_connect,
                 c_send,
                 c_protect,
                 c_statistics,
                 c_close} {}
    virtual ~Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    // As in sz_transport; a Fault's message becomes a finding. [kernel-thread]
    [[nodiscard]] virtual Result<Handle> listen(std::string_view url, std::string_view options,
                                                const TransportEvents& events) = 0;
    [[nodiscard]] virtual Result<Handle> connect(std::string_view url, std::string_view options,
                                                 const TransportEvents& events) = 0;
    // Channel and length are those of ext/transport.h.
    [[nodiscard]] virtual sz_status send(Handle connection, std::uint32_t channel,
                                         std::string_view message) = 0;
    [[nodiscard]] virtual sz_status protect(Handle, const Key& /*send*/, const Key& /*receive*/) {
        return SZ_ERR_UNSUPPORTED;
    }
    [[nodiscard]] virtual Result<std::string> statistics(Handle handle) = 0;
    [[nodiscard]] virtual sz_status close(Handle handle, std::string_view reason) = 0;

    [[nodiscard]] const sz_transport* table() const noexcept { return &table_; }

  private:
    // The table is handed out as const; the object behind it is not.
    static Transport& of(const void* self) noexcept {
        return *static_cast<Transport*>(const_cast<void*>(self));
    }
    template <class Body>
    static sz_status opened(const sz_transport_events* events, Handle* out,
                            const sz_findings* findings, Body&& body) noexcept {
        return guard(findings, [&]() -> Status {
            if (events == nullptr || events->size < SZ_TRANSPORT_EVENTS_SIZE_1 || out == nullptr)
                return fault(SZ_ERR_INVALID);
            const Result<Handle> handle = body(TransportEvents(*events));
            if (!handle) return handle.error();
            *out = *handle;
            return {};
        });
    }
    // For functions that have nothing to say but a status.
    template <class Body>
    static sz_status plain(Body&& body) noexcept {
        return guard(nullptr, [&]() -> Status { return status_of(body()); });
    }

    static sz_status c_listen(const void* self, sz_str url, sz_str options,
                              const sz_transport_events* events, Handle* out,
                              const sz_findings* findings) noexcept {
        return opened(events, out, findings, [&](const TransportEvents& to) {
            return of(self).listen(view(url), view(options), to);
        });
    }
    static sz_status c_connect(const void* self, sz_str url, sz_str options,
                               const sz_transport_events* events, Handle* out,
                               const sz_findings* findings) noexcept {
        return opened(events, out, findings, [&](const TransportEvents& to) {
            return of(self).connect(view(url), view(options), to);
        });
    }
    static sz_status c_send(const void* self, Handle connection, std::uint32_t channel,
                            sz_bytes message) noexcept {
        if (channel >= SZ_CHANNELS || message.size == 0 ||
            message.size > SZ_TRANSPORT_MESSAGE_BYTES_MAX)
            return SZ_ERR_INVALID;
        return plain([&] { return of(self).send(connection, channel, chars(message)); });
    }
    static sz_status c_protect(const void* self, Handle connection, sz_bytes send_key,
                               sz_bytes receive_key) noexcept {
        Key send{}, receive{};
        if (send_key.size != send.size() || receive_key.size != receive.size())
            return SZ_ERR_INVALID;
        std::memcpy(send.data(), send_key.data, send.size());
        std::memcpy(receive.data(), receive_key.data, receive.size());
        return plain([&] { return of(self).protect(connection, send, receive); });
    }
    static sz_status c_statistics(const void* self, Handle handle, sz_sink out) noexcept {
        return guard_text(out, nullptr, [&] { return of(self).statistics(handle); });
    }
    static sz_status c_close(const void* self, Handle handle, sz_str reason) noexcept {
        return plain([&] { return of(self).close(handle, view(reason)); });
    }

    sz_transport table_;
};

}  // namespace sz::plugin
