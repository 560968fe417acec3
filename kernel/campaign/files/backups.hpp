// SPDX-License-Identifier: AGPL-3.0-or-later
// The copies that are kept of a campaign's file, in campaigns/backups/ID/:
//
//   2026-11-22T18-53-00.123Z-42-0123456789abcdef.sqlite   a copy: when, of how many events, of
//                                                         which head (its first 16 digits)
//   replaced-…  damaged-…                                 what stood in the campaign's place before
//                                                         another file came there: kept for ever
//
// One is due when the head is another than that of the newest copy, and that copy is
// limits::backup_interval_ms old. Of the copies the newest backups_recent_max stay, and the last of
// each of the last backups_daily_max days that have any. A copy counts only when SQLite's check
// finds it sound: damage in the file never drives out a copy that is whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kernel/campaign/ledger.hpp"

namespace sz::campaign {

struct Backup {
    std::filesystem::path file;
    std::string kind;  // "copy", "replaced", "damaged"
    UnixMs at = 0;
    EventIndex events = 0;
    std::string head;  // its first 16 hex digits
    std::uint64_t bytes = 0;
};

// Those of one campaign. All functions may run on any thread that owns what it is given.
class Backups {
  public:
    Backups() = default;
    explicit Backups(std::filesystem::path folder) : folder_(std::move(folder)) {}

    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
    [[nodiscard]] std::vector<Backup> list() const;  // the newest first

    // What the next copy of a campaign of these events is called.
    [[nodiscard]] std::filesystem::path name(const char* kind, UnixMs at, EventIndex events,
                                             const Digest& head) const;
    // Is there a copy of this head, or one that is too young for another?
    [[nodiscard]] bool is_due(UnixMs now, const Digest& head) const;
    [[nodiscard]] bool has(const Digest& head) const;

    // Where a copy is written. The folder is made.
    [[nodiscard]] Result<std::filesystem::path> begin() const;
    // Checks what was written, gives it its name, and removes the copies that are too many. When it
    // is damaged it is removed, and all others stay: SZ-CAMPAIGN-076.
    [[nodiscard]] Status finish(const std::filesystem::path& unfinished,
                                const std::filesystem::path& name) const;

    // Removes what programs that ended left unfinished, in all folders; before the first copy.
    static void sweep(const std::filesystem::path& backups);

    // All of it at once, when one is due and the file is not too long for the end of the program.
    [[nodiscard]] Status copy_at_end(Ledger& ledger, UnixMs now) const;

  private:
    [[nodiscard]] bool has_unfinished() const;
    void remove_surplus() const;

    std::filesystem::path folder_;
};

// Number and head of the newest event. [store-thread]
struct LedgerEnd {
    EventIndex events = 0;
    Digest head{};
};
[[nodiscard]] Result<LedgerEnd> end_of(Ledger& ledger);

}  // namespace sz::campaign
