// SPDX-License-Identifier: AGPL-3.0-or-later
// The ledger in the files of a session datapack.
#pragma once

#include <map>
#include <memory>
#include <string_view>

#include "kernel/campaign/files/session_pack.hpp"

namespace sz::campaign {

class PackSource final : public LedgerSource {
  public:
    // SZ-CAMPAIGN-060: no session datapack, or one of another format.
    [[nodiscard]] static Result<std::unique_ptr<PackSource>> open(PackFiles files);
    // The same of what is left of one: what says which format it is may be missing or torn.
    // SZ-CAMPAIGN-060: it says another; 068 there is not one event.
    [[nodiscard]] static Result<std::unique_ptr<PackSource>> open_torn(PackFiles files);
    // Does the file say how many events there were?
    [[nodiscard]] bool knows_length() const { return promised_ != 0; }

    [[nodiscard]] EventIndex last() override;
    [[nodiscard]] Result<Event> event(EventIndex index) override;
    [[nodiscard]] Result<std::vector<Stream>> streams() override;
    [[nodiscard]] Result<std::optional<Verdict>> verdict(std::uint64_t stream,
                                                         std::uint64_t seq) override;
    [[nodiscard]] std::vector<Snapshot> snapshots() override;

    // The host's seal, if the pack has one. SZ-CAMPAIGN-071: it cannot be read.
    [[nodiscard]] Result<std::optional<Seal>> seal() const;

  private:
    explicit PackSource(PackFiles files) : files_(std::move(files)) {}
    void find_lines();
    [[nodiscard]] const std::string* find(std::string_view path) const;
    // All lines of the files NAME0001.jsonl, NAME0002.jsonl, …; false stops.
    void each_line(std::string_view name, const std::function<void(std::string_view)>& fn) const;

    PackFiles files_;
    std::uint64_t promised_ = 0;  // events, as the pack says
    // Lines are found by their number, wherever they stand; the first of a number counts.
    std::map<EventIndex, std::string_view> events_;
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::string_view> verdicts_;
};

}  // namespace sz::campaign
