// SPDX-License-Identifier: AGPL-3.0-or-later
// The files of a session datapack: a campaign as a .szp (README.md, "The archive").
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "kernel/campaign/files/seal.hpp"

namespace sz::campaign {

namespace session_pack {
inline constexpr std::string_view manifest = "szpack.json", about = "campaign/campaign.json",
                                  seal = "campaign/seal.json", events = "campaign/ledger-",
                                  streams = "campaign/streams-", verdicts = "campaign/verdicts-",
                                  snapshots = "campaign/snapshots-", lines_end = ".jsonl";
}

// One line each, without the line break.
[[nodiscard]] std::string event_line(const Event& event);
[[nodiscard]] std::string stream_line(const Stream& stream);
[[nodiscard]] std::string verdict_line(const Verdict& verdict);
[[nodiscard]] std::string snapshot_line(const Snapshot& snapshot);
// SZ-CAMPAIGN-061: it is not one, or past a limit.
[[nodiscard]] Result<Event> parse_event_line(std::string_view line);
[[nodiscard]] Result<Stream> parse_stream_line(std::string_view line);
[[nodiscard]] Result<Verdict> parse_verdict_line(std::string_view line);
[[nodiscard]] Result<Snapshot> parse_snapshot_line(std::string_view line);

struct Packed {
    PackFiles files;  // ordered by path
    Rebuilt ledger;   // what was packed, proven
    std::string name;
    bool is_sealed = false;
};

// Reads and proves the whole ledger; the same ledger gives the same files. `sealer` is null where
// the host's key is not. SZ-CAMPAIGN-002 the ledger does not hold, 070 it is too long for a pack.
[[nodiscard]] Result<Packed> pack_session(Ledger& ledger, Identity* sealer,
                                          const RebuildProgress& progress);

}  // namespace sz::campaign
