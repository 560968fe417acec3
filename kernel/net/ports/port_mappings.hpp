// SPDX-License-Identifier: AGPL-3.0-or-later
// Ports that routers are to forward to this computer, for as long as somebody hosts.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/base/ids.hpp"
#include "kernel/base/threads.hpp"
#include "kernel/plugin/port_mappers.hpp"

namespace sz {

// A mapper that was asked, and what stood in the way.
struct PortTry {
    std::string mapper, title;
    Error why;
};

struct PortEvent {
    bool is_mapped = false;
    bool was_mapped = false;  // before this event
    // Of the one that is mapped now; of nothing else.
    std::string mapper;
    PortMapping mapping;
    // Those that were asked before it and failed; all of them when nothing is mapped. Never empty
    // then: without a mapper it has SZ-PORT-010.
    std::vector<PortTry> tried;
};

class PortMappings {
  public:
    using PortId = std::uint64_t;
    using OnEvent = std::function<void(const PortEvent&)>;  // [kernel-thread], after open()
    using TimerId = std::uint64_t;

    struct Services {
        const PortMappers& mappers;  // until the router's queue has ended
        Executor& kernel;            // where all of this lives
        Executor& router;  // a serial queue, on which routers are asked and the record is kept
        std::filesystem::path record;
        // Timers of the kernel thread.
        std::function<TimerId(std::chrono::milliseconds, std::function<void()>)> after;
        std::function<void(TimerId)> cancel;
        Sources sources;
        // For how long routers take. [any-thread]
        std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
    };

    // Reads the record; sends nothing. [kernel-thread], as all of this
    explicit PortMappings(Services services);
    ~PortMappings();
    PortMappings(const PortMappings&) = delete;
    PortMappings& operator=(const PortMappings&) = delete;

    // SZ-PORT-020, once: what the record's file was found to be.
    [[nodiscard]] const std::optional<Error>& notice() const noexcept;

    // Asks for `port` to be forwarded, now, and again before a lease ends, and again after a while
    // if it could not be had. The first event comes within patience; others when the outcome
    // changes: another outside port or address, another reason, lost, had again.
    PortId open(PortProtocol protocol, std::uint16_t port, OnEvent on_event);
    // Ends it: no more events, and the router takes it back. `done` when it has, or could not.
    void close(PortId port, std::function<void()> done = {});

    // Takes back what an earlier run left. Only those routers are asked, directly.
    void remove_left();

    // Takes back everything that is open. The router's queue then ends by itself, which whoever
    // owns it waits for, at most unmap_patience for each port. Twice is once.
    void stop();

    static constexpr std::chrono::milliseconds patience{4000};       // for all mappers together
    static constexpr std::chrono::milliseconds patience_least{500};  // a mapper is asked with
    static constexpr std::chrono::milliseconds unmap_patience{2000};
    static constexpr std::chrono::seconds lease{3600};       // that is asked for
    static constexpr std::chrono::seconds look_again{1800};  // at what has no lease
    static constexpr std::chrono::seconds renew_least{30};
    static constexpr std::chrono::seconds retry_first{30}, retry_most{600};

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;  // jobs on their way back watch it by a weak_ptr
};

}  // namespace sz
