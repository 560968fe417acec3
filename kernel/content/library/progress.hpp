// SPDX-License-Identifier: AGPL-3.0-or-later
// One bar for work of several phases: each phase counts in its own units and fills its share.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/bus/tasks.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::library {

class Progress {
  public:
    static constexpr std::uint64_t whole = 1000;

    // `done` and `total`: how many equal jobs there are before this one, and in all.
    Progress(TaskProgress& task, std::uint64_t job, std::uint64_t jobs)
        : task_(task), job_(job), jobs_(std::max<std::uint64_t>(jobs, 1)) {}

    // The share [from, to) of this job, in thousandths. Reports as "what": the phase's words and
    // what the work itself says.
    [[nodiscard]] ProgressFn phase(std::uint64_t from, std::uint64_t to, std::string words) const {
        return [this, from, to, words = std::move(words)](std::uint64_t done, std::uint64_t total,
                                                          std::string_view) {
            const std::uint64_t part = total == 0 ? 0 : (to - from) * std::min(done, total) / total;
            task_.report(job_ * whole + from + part, jobs_ * whole, words);
            return !task_.is_cancelled();
        };
    }
    [[nodiscard]] bool is_cancelled() const noexcept { return task_.is_cancelled(); }

  private:
    TaskProgress& task_;
    std::uint64_t job_, jobs_;
};

}  // namespace sz::library
