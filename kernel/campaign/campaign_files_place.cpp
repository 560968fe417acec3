// SPDX-License-Identifier: AGPL-3.0-or-later
// A file from elsewhere comes to a campaign's place.
#include "kernel/campaign/campaign_files.hpp"

namespace sz::campaign {

namespace {

tl::unexpected<Error> another_comes(const std::string& campaign) {
    return fail(ErrorKind::conflict, "SZ-CAMPAIGN-079",
                "Another file is just being put in the place of this campaign.",
                "Try again in a moment.", campaign);
}

}  // namespace

void CampaignFiles::put_in_place(const Incoming& incoming, bool force,
                                 std::function<void(Result<Placed>)> placed) {
    const std::string& campaign = incoming.ledger.campaign;
    if (moving_.contains(campaign)) return placed(another_comes(campaign));
    if (!entries_.contains(campaign)) {
        moving_.insert(campaign);
        return place_now(incoming, force, placed);
    }
    // Whether it is open, just being opened, or damaged: then nothing uses its file any more.
    with_host(campaign, [this, incoming, force,
                         placed = std::move(placed)](const Result<std::shared_ptr<Host>>& host) {
        if (!moving_.insert(incoming.ledger.campaign).second)
            return placed(another_comes(incoming.ledger.campaign));
        if (!host) return place_now(incoming, force, placed);
        (*host)->close([self = self_, incoming, force, placed] {
            if (*self != nullptr) return (*self)->place_now(incoming, force, placed);
            placed(fail(ErrorKind::cancelled, "SZ-CAMPAIGN-031", "The program is closing."));
        });
    });
}

void CampaignFiles::place_now(const Incoming& incoming, bool force,
                              const std::function<void(Result<Placed>)>& placed) {
    const std::string& campaign = incoming.ledger.campaign;
    store_.post([self = self_, incoming, force, placed, here = file_of(campaign),
                 backups = backups_of(campaign), now = services_.sources.now_ms(),
                 &thread = services_.thread] {
        auto done = place(here, incoming, backups, now, force);
        thread.post(
            [self, placed, campaign = incoming.ledger.campaign, done = std::move(done)]() mutable {
                if (*self != nullptr) (*self)->placed_now(campaign, done);
                placed(std::move(done));
            });
    });
}

void CampaignFiles::placed_now(const std::string& campaign, const Result<Placed>& placed) {
    moving_.erase(campaign);
    if (placed) {
        Entry& entry = entries_[campaign];
        entry.host.reset();
        entry.damage.reset();
        add({campaign, placed->summary});
        if (placed->state != "same") say_changed(campaign, "imported");
    }
    const auto found = entries_.find(campaign);
    if (found == entries_.end()) return;
    auto waiting = std::move(found->second.waiting);
    found->second.waiting.clear();
    for (HostFn& fn : waiting) open(campaign, found->second, std::move(fn));
}

}  // namespace sz::campaign
