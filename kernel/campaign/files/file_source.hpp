// SPDX-License-Identifier: AGPL-3.0-or-later
// A campaign's SQLite file from elsewhere, or a damaged one. It is read from a private copy, so
// that the file itself is never changed; of the copy what can be mended without guessing is: its
// length, and its first page.
#pragma once

#include <filesystem>
#include <memory>

#include "kernel/campaign/files/ledger_source.hpp"

namespace sz::campaign {

// Does the file begin as SQLite's files do?
[[nodiscard]] bool is_database(const std::filesystem::path& file);

class FileSource final : public LedgerSource {
  public:
    // Copies `file`, and the journal beside it, into `folder`. `mends`: what would otherwise make
    // the whole file unreadable is put right in the copy. SZ-CAMPAIGN-060 no campaign's file, 067
    // too large, 002 it cannot be read.
    [[nodiscard]] static Result<std::unique_ptr<FileSource>> open(
        const std::filesystem::path& file, const std::filesystem::path& folder, bool mends);

    [[nodiscard]] EventIndex last() override;
    [[nodiscard]] Result<Event> event(EventIndex index) override;
    [[nodiscard]] Result<std::vector<Stream>> streams() override;
    [[nodiscard]] Result<std::optional<Verdict>> verdict(std::uint64_t stream,
                                                         std::uint64_t seq) override;
    [[nodiscard]] std::vector<Snapshot> snapshots() override;

  private:
    FileSource(Database database, EventIndex events_max)
        : database_(std::move(database)), events_max_(events_max) {}
    [[nodiscard]] Status read_parts(Event& event);

    Database database_;
    EventIndex events_max_;  // that a file of this size can hold
};

}  // namespace sz::campaign
