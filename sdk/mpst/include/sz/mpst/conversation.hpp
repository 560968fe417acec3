// SPDX-License-Identifier: AGPL-3.0-or-later
// What the roles of a session have in common: how many are still there, and who ended it.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "channel.hpp"
#include "failure.hpp"
#include "ring.hpp"

namespace mpst {

// A state for people: where an operation stands. Views of constants.
struct Where {
    std::string_view role, state, peer;
    std::string (*expected)() = nullptr;
};

// On the heap; deletes itself when the last role of this program has left.
class Conversation {
  public:
    virtual ~Conversation() = default;
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    // Every role's next operation reports it. Only the first counts. [any-thread]
    void cancel(const Notice& notice) noexcept {
        {
            const std::lock_guard lock(mutex_);
            if (notice_) return;
            notice_ = notice;
        }
        tell(notice);
        for (RingCore* core : cores_) core->close();
    }
    [[nodiscard]] std::optional<Notice> notice() const {
        const std::lock_guard lock(mutex_);
        return notice_;
    }
    // Somebody else who keeps it alive, and leaves like a role.
    void stay() noexcept { present_.fetch_add(1, std::memory_order_relaxed); }
    // A role of this program has finished, or was dropped.
    void leave() noexcept {
        if (present_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
    }

  protected:
    explicit Conversation(int roles) : present_(roles) {}
    // Whoever is not in this program.
    virtual void tell(const Notice&) noexcept {}
    void add(RingCore& core) { cores_.push_back(&core); }

  private:
    std::atomic<int> present_;
    mutable std::mutex mutex_;
    std::optional<Notice> notice_;
    std::vector<RingCore*> cores_;
};

}  // namespace mpst
