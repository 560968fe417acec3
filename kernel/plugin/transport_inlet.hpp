// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a transport's events come in: from its threads to the kernel's.
#pragma once

#include <map>
#include <mutex>
#include <set>

#include "kernel/plugin/transports.hpp"

namespace sz {

// One for each listen() and connect(): the table that the transport was given, and whom its handles
// are for. Lives until the last of its handles has ended.
class TransportInlet : public std::enable_shared_from_this<TransportInlet> {
  public:
    TransportInlet(std::string plugin, const sz_transport* transport, KernelThread& thread);
    TransportInlet(const TransportInlet&) = delete;
    TransportInlet& operator=(const TransportInlet&) = delete;

    [[nodiscard]] const sz_transport_events* events() const noexcept { return &events_; }
    [[nodiscard]] const std::string& plugin() const noexcept { return plugin_; }

    // All below [kernel-thread].
    void opened(sz_transport_handle handle);
    void attach(TransportConnection& connection) { connections_[connection.handle_] = &connection; }
    void attach(TransportListener& listener) { listener_ = &listener; }
    void detach(sz_transport_handle handle);

    [[nodiscard]] sz_status send(sz_transport_handle handle, std::uint32_t channel,
                                 std::string_view message);
    [[nodiscard]] sz_status protect(sz_transport_handle handle,
                                    const TransportConnection::Key& send,
                                    const TransportConnection::Key& receive);
    [[nodiscard]] Json statistics(sz_transport_handle handle);
    void close(sz_transport_handle handle, std::string_view reason);
    // The plugin goes: it is called no more, and what it still says is dropped.
    void cut_off();

  private:
    template <class Fn>
    void later(Fn fn) noexcept;
    [[nodiscard]] bool admits(sz_transport_handle handle, std::size_t bytes);
    void has_taken(sz_transport_handle handle, std::size_t bytes);

    void heard_listening(const Json& said);
    void heard_candidate(const Json& said);
    void heard_accepted(sz_transport_handle connection, const std::string& peer);
    void heard_step(sz_transport_handle handle, const Json& said);
    void heard_end(sz_transport_handle handle, std::uint32_t why, const Json& said);
    [[nodiscard]] TransportConnection* find(sz_transport_handle handle) const;
    [[nodiscard]] Json read(sz_str json) const;

    std::string plugin_;
    const sz_transport* transport_;
    KernelThread& thread_;
    sz_transport_events events_{};
    bool is_cut_off_ = false;
    TransportListener* listener_ = nullptr;
    std::map<sz_transport_handle, TransportConnection*> connections_;
    std::set<sz_transport_handle> open_;
    std::shared_ptr<TransportInlet> self_;  // while a handle is open

    std::mutex waiting_mutex_;  // of what the transport's threads have put into the kernel's queue
    std::map<sz_transport_handle, std::size_t> waiting_bytes_;
};

}  // namespace sz
