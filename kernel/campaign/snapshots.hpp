// SPDX-License-Identifier: AGPL-3.0-or-later
// Snapshots: the whole state after one event, kept beside the ledger in its file, so that a moment
// of the past need not be folded from the beginning. A snapshot is the host's own: making one is no
// event, and whatever it says can be had from the ledger too. Used on the store thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/campaign/ledger.hpp"

namespace sz::campaign {

// Why it was made: by hand, because time or many events went by, before an upgrade, before a
// restore.
enum class SnapshotKind : std::uint8_t { hand, time, upgrade, restore };
[[nodiscard]] const char* snapshot_kind_name(SnapshotKind kind) noexcept;

struct Snapshot {
    std::uint64_t number = 0;  // of this campaign, from 1; people write “s3”
    EventIndex event = 0;      // the state is that after this event
    UnixMs event_at = 0;
    UnixMs at = 0;  // when it was made
    SnapshotKind kind = SnapshotKind::hand;
    std::string note;
    std::uint64_t bytes = 0;  // in the file
};

// One made by time is due when so many events or so much time went by since the last one of any
// kind, and something has happened.
inline constexpr EventIndex snapshot_events = 1'000;
inline constexpr UnixMs snapshot_ms = UnixMs{24} * 60 * 60 * 1000;

// SZ-CAMPAIGN-097: not one line of text, or longer than limits::snapshot_note_bytes_max.
[[nodiscard]] Status check_note(const std::string& note);

// Keeps the stored state. What is not made by hand is made once for each event: the one that is
// there is given back; and of those only limits::snapshots_kept_max of each kind are kept, the
// fewer the older they are. SZ-CAMPAIGN-096: there are as many by hand as there may be, or the
// state is too large; 097; 030 it cannot be saved.
[[nodiscard]] Result<Snapshot> make_snapshot(Ledger& ledger, SnapshotKind kind,
                                             const std::string& note, UnixMs at);

// Keeps one that was made by hand in another file of this campaign, with its number: what it holds
// is had from this ledger. SZ-CAMPAIGN-048 there is no such event, 097, 096; a number that is taken
// is SZ-CAMPAIGN-030.
[[nodiscard]] Status keep_snapshot(Ledger& ledger, const Snapshot& snapshot);

[[nodiscard]] Result<std::vector<Snapshot>> list_snapshots(Ledger& ledger);  // newest first
// SZ-CAMPAIGN-091: there is none of that number.
[[nodiscard]] Result<Snapshot> find_snapshot(Ledger& ledger, std::uint64_t number);
[[nodiscard]] Status remove_snapshot(Ledger& ledger, std::uint64_t number);

// The state after an event (0: before the first): the nearest good snapshot before it, and the
// events since folded and proven. SZ-CAMPAIGN-048: there is no such event; 002: the ledger does not
// hold.
[[nodiscard]] Result<std::shared_ptr<const State>> state_after(Ledger& ledger, EventIndex event);

// What a snapshot's row holds, for whoever proves it (verify.cpp).
struct StoredSnapshot {
    std::uint64_t number = 0;
    EventIndex event = 0;
    Digest head{}, hash{};
    std::string packed;
    bool is_sealed = false;  // its row is as it was written
};
// Event and number of each, by event. A file that was never opened for writing since there are
// snapshots has none.
[[nodiscard]] Result<std::vector<std::pair<EventIndex, std::uint64_t>>> snapshot_places(
    Database& database);
[[nodiscard]] Result<StoredSnapshot> stored_snapshot(Database& database, std::uint64_t number);
// Rows as one text, deflated, and back. SZ-CAMPAIGN-096 past bytes_max (before it is deflated), 092
// it is damaged.
[[nodiscard]] Result<std::vector<StateRow>> unpack_rows(const std::string& packed,
                                                        std::size_t bytes_max);
[[nodiscard]] Result<std::string> pack_rows(const std::vector<StateRow>& rows,
                                            std::size_t bytes_max);

}  // namespace sz::campaign
