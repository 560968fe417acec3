// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes a new campaign file out of a ledger that nobody has proven: event by event, each proven
// before it is written, up to the first that does not hold. What comes out verifies, whatever went
// in. An import takes it only when nothing was lost; a repair says what was.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "kernel/campaign/files/ledger_source.hpp"
#include "kernel/campaign/verify.hpp"

namespace sz::campaign {

struct Rebuilt {
    std::string campaign, host;
    std::string name;  // of the campaign, for people
    EventIndex events = 0;
    UnixMs at = 0;  // of the last one
    Digest head{};
    Digest answers{};  // answers_hash() of all streams
    // Why the event after the last one kept does not follow.
    std::optional<FirstBad> fault;
    UnixMs fault_at = 0;              // when it happened, 0: unknown
    EventIndex later_readable = 0;    // events from there on that somebody signed
    EventIndex last = 0;              // the highest number that was there
    std::uint64_t verdicts_lost = 0;  // refusals whose words are gone
    std::size_t snapshots = 0;        // made by hand, kept
    bool verdicts_differ = false;     // what stood there is not what follows from the events

    [[nodiscard]] bool is_whole() const { return !fault && verdicts_lost == 0 && !verdicts_differ; }
};

// What all streams came to: H("SessionZero answers v1"; author, stream, seq, chain of each stream
// in order of its number).
[[nodiscard]] Digest answers_hash(const std::vector<Stream>& streams);

// The host and the campaign that the first event's action names and its author signed.
struct LedgerNames {
    std::string campaign, host;
};
// SZ-CAMPAIGN-068: not even the first event can be read.
[[nodiscard]] Result<LedgerNames> names_of(LedgerSource& source);

// False: stop.
using RebuildProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

// Writes `file`, which is named after the campaign and does not exist; it is complete and
// checkpointed then. SZ-CAMPAIGN-068 not one event holds, 031 stopped, SZ-STORE-0xx.
// [worker-thread]
[[nodiscard]] Result<Rebuilt> rebuild(LedgerSource& source, const std::filesystem::path& file,
                                      const RebuildProgress& progress);

}  // namespace sz::campaign
