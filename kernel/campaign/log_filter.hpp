// SPDX-License-Identifier: AGPL-3.0-or-later
// What of a campaign's log somebody wants to read.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kernel/campaign/moment.hpp"
#include "kernel/campaign/record.hpp"
#include "kernel/campaign/state.hpp"

namespace sz::campaign {

class LogFilter {
  public:
    // From the parameters of campaign.log: "who" (a member's name or a Client ID), "instance" (a
    // name or an id), "what" (operations and paths, as people type them), "since", "until",
    // "before", "limit". SZ-CAMPAIGN-004 no such instance, 090 no moment, 098 nobody of that name,
    // 089 too many words, SZ-CRYPTO-003. [kernel-thread]
    [[nodiscard]] static Result<LogFilter> from(const State& state, const Json& params, UnixMs now);

    struct Found {
        std::vector<Event> events;  // newest first
        EventIndex next = 0;        // there may be more before this event; 0: there is none
        std::uint64_t read = 0;     // events that were looked at
    };
    // Looks at no event older than what is wanted, and at most at
    // limits::log_events_looked_at_max. [store-thread]
    [[nodiscard]] Result<Found> find(Ledger& ledger) const;

  private:
    [[nodiscard]] bool is_wanted(const Event& event) const;
    [[nodiscard]] bool is_about(const Action& action, const std::vector<SeenRecord>& records) const;

    std::optional<std::set<std::string>> authors_, instances_;
    std::set<std::string> words_;  // operations or paths as they were typed
    std::set<std::string> paths_;  // that the words could mean
    std::optional<Moment> since_, until_;
    EventIndex before_ = 0;
    std::uint64_t limit_ = 0;
};

}  // namespace sz::campaign
