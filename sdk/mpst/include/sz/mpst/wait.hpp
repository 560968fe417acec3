// SPDX-License-Identifier: AGPL-3.0-or-later
// How a thread waits at a ring.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "channel.hpp"
#include "ring.hpp"

namespace mpst {

// A thread that waits.
class ThreadParking final : public Parking {
  public:
    void wake() noexcept override {
        {
            const std::lock_guard lock(mutex_);
            is_awake_ = true;
        }
        bell_.notify_one();
    }
    void sleep_until(Clock::time_point until) {
        std::unique_lock lock(mutex_);
        bell_.wait_until(lock, until, [this] { return is_awake_; });
        is_awake_ = false;
    }

  private:
    std::mutex mutex_;
    std::condition_variable bell_;
    bool is_awake_ = false;
};

enum class Waited : std::uint8_t { ready, closed, late };

// Until `ready()`, or the ring is closed, or `patience` is over. Gives its time away for about as
// long as being woken takes, then sleeps: so it is never much worse than the better of the two
// (Karlin, Li, Manasse, Owicki: Empirical studies of competitive spinning, SOSP 1991).
template <class Ready>
[[nodiscard]] Waited wait_at(ThreadParking& parking, Call& call, Clock::duration patience,
                             const Ready& ready) {
    constexpr int spins = 100;
    for (int i = 0; i < spins; ++i) {
        if (ready()) return Waited::ready;
    }
    constexpr Clock::duration being_woken = std::chrono::microseconds(50);
    for (const auto end = Clock::now() + being_woken; Clock::now() < end;) {
        if (ready()) return Waited::ready;
        std::this_thread::yield();
    }
    constexpr Clock::duration nap_max = std::chrono::milliseconds(64);
    const auto until = time_after(patience);
    for (Clock::duration nap = std::chrono::milliseconds(1);; nap = std::min(nap * 2, nap_max)) {
        call.park(parking);
        const bool is_ready = ready();
        const bool is_over = !is_ready && call.is_closed();
        const auto now = Clock::now();
        if (!is_ready && !is_over && now < until) parking.sleep_until(std::min(until, now + nap));
        call.unpark();
        if (is_ready) return Waited::ready;
        if (is_over) return Waited::closed;
        if (now >= until) return Waited::late;
    }
}

}  // namespace mpst
