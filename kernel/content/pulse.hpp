// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks whether to go on, now and then during long work, and remembers a no.
#pragma once

#include <cstdint>
#include <string>

#include "kernel/plugin/services.hpp"

namespace sz {

class Pulse {
  public:
    static constexpr std::size_t steps_per_question = 256;

    Pulse(const ProgressFn& progress, std::uint64_t total) : progress_(progress), total_(total) {}

    // The work comes to `what`; `done` of the total is behind it.
    void enter(std::uint64_t done, const std::string& what) {
        done_ = done;
        what_ = &what;
        ask();
    }
    // One small step more. Asked is every few hundred of them.
    [[nodiscard]] bool goes_on() {
        if (++steps_ % steps_per_question == 0) ask();
        return !is_stopped_;
    }
    // The same before a step that may take seconds: asked each time.
    [[nodiscard]] bool goes_on_slowly() {
        ask();
        return !is_stopped_;
    }
    [[nodiscard]] bool is_stopped() const noexcept { return is_stopped_; }

  private:
    void ask() {
        if (!is_stopped_ && progress_ && what_ != nullptr)
            is_stopped_ = !progress_(done_, total_, *what_);
    }

    const ProgressFn& progress_;
    std::uint64_t total_, done_ = 0;
    const std::string* what_ = nullptr;
    std::size_t steps_ = 0;
    bool is_stopped_ = false;
};

}  // namespace sz
