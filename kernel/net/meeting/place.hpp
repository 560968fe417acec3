// SPDX-License-Identifier: AGPL-3.0-or-later
// What meetings need of the kernel.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "kernel/base/threads.hpp"
#include "kernel/net/packet.hpp"
#include "kernel/plugin/services.hpp"
#include "kernel/plugin/transports.hpp"

namespace sz::net {

// All of it outlives every meeting. [kernel-thread]
struct Place {
    KernelThread& thread;
    Transports& transports;
    Identity& identity;
    std::string client_id;  // who we are: one of the identity's
    std::function<SteadyMs()> now = [] {
        using namespace std::chrono;
        return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
    };
};

// Runs something once, later; setting it again, or letting it go, calls it off.
class Alarm {
  public:
    explicit Alarm(KernelThread& thread) : thread_(thread) {}
    ~Alarm() { off(); }
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    void set(SteadyMs after_ms, std::function<void()> work) {
        off();
        timer_ = thread_.post_after(std::chrono::milliseconds(after_ms > 0 ? after_ms : 0),
                                    [this, work = std::move(work)] {
                                        timer_ = 0;
                                        const auto kept = work;  // it may end this alarm
                                        kept();
                                    });
    }
    void off() {
        if (timer_ != 0) thread_.cancel_timer(std::exchange(timer_, 0));
    }

  private:
    KernelThread& thread_;
    std::uint64_t timer_ = 0;
};

}  // namespace sz::net
