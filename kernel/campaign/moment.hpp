// SPDX-License-Identifier: AGPL-3.0-or-later
// A moment of a campaign, as people write it.
#pragma once

#include <string_view>

#include "kernel/campaign/ledger.hpp"

namespace sz::campaign {

struct Moment {
    enum class Kind : std::uint8_t { now, event, snapshot, time };
    Kind kind = Kind::now;
    std::uint64_t number = 0;  // of the event or the snapshot
    UnixMs at = 0;
};

// "now"; an event's number (the state after it, 0 before the first); "s3", a snapshot; a time in
// UTC or with its zone, as "2026-11-22", "2026-11-22T18:00", "2026-11-22T18:00:05+01:00"; or how
// long ago: "45s", "30m", "2h", "3d", "1w". SZ-CAMPAIGN-090: none of these. [any-thread]
[[nodiscard]] Result<Moment> parse_moment(std::string_view text, UnixMs now);

// Where it lies: the last event of that time or before it, 0 before the first.
struct Point {
    EventIndex event = 0;
    UnixMs at = 0;  // the time that was asked for, else the event's
};
// SZ-CAMPAIGN-048 there is no such event, 091 no such snapshot. [store-thread]
[[nodiscard]] Result<Point> find_moment(Ledger& ledger, const Moment& moment);

}  // namespace sz::campaign
