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
    // For work that looks itself what is due: at `at`, or before it when it was set to that. With
    // each message there is another time, and timers are dear.
    void set_by(SteadyMs at, SteadyMs now, std::function<void()> work) {
        if (timer_ != 0 && at_ <= at) return;
        set(at - now, std::move(work));
        at_ = at;
    }
    void off() {
        if (timer_ != 0) thread_.cancel_timer(std::exchange(timer_, 0));
    }

  private:
    KernelThread& thread_;
    std::uint64_t timer_ = 0;
    SteadyMs at_ = 0;  // of set_by()
};

}  // namespace sz::net
