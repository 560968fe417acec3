// SPDX-License-Identifier: AGPL-3.0-or-later
// A ledger as it stands in a file from elsewhere: nothing of it is proven, any of it may be missing
// or damaged.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/campaign/snapshots.hpp"

namespace sz::campaign {

// Used on one thread. Whatever cannot be read, or is past a limit, is an error of its own place.
class LedgerSource {
  public:
    LedgerSource() = default;
    virtual ~LedgerSource() = default;
    LedgerSource(const LedgerSource&) = delete;
    LedgerSource& operator=(const LedgerSource&) = delete;

    // The highest number of an event that is there, or that the file says should be.
    [[nodiscard]] virtual EventIndex last() = 0;
    [[nodiscard]] virtual Result<Event> event(EventIndex index) = 0;
    // Number, author and name of each stream; not how far it came. By number.
    [[nodiscard]] virtual Result<std::vector<Stream>> streams() = 0;
    [[nodiscard]] virtual Result<std::optional<Verdict>> verdict(std::uint64_t stream,
                                                                 std::uint64_t seq) = 0;
    // Those made by hand, with number, event, at and note, by event; no more than there may be.
    // What cannot be read is left out.
    [[nodiscard]] virtual std::vector<Snapshot> snapshots() = 0;
};

}  // namespace sz::campaign
