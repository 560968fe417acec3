// SPDX-License-Identifier: AGPL-3.0-or-later
// The copies of campaigns' files, made while they are played: a few pages at a time, on the store
// thread, behind whatever is to be committed.
#include "kernel/base/log.hpp"
#include "kernel/campaign/campaign_files.hpp"
#include "kernel/campaign/files/limits.hpp"

namespace sz::campaign {

// One copy on its way. `begin` and `step` on the store thread, one after the other.
struct CampaignFiles::CopyWork {
    Backups backups;
    std::shared_ptr<Host> host;
    UnixMs now = 0;
    bool is_asked_for = false;  // else only when one is due
    std::function<void(Status)> done;
    std::filesystem::path unfinished = {}, name = {};

    // True: there is nothing (more) to copy.
    [[nodiscard]] Result<bool> step(Ledger& ledger) {
        SZ_ASSIGN(const LedgerEnd end, end_of(ledger));
        if (unfinished.empty()) {
            const bool is_wanted =
                is_asked_for ? !backups.has(end.head) : backups.is_due(now, end.head);
            if (!is_wanted) return true;
            SZ_ASSIGN(unfinished, backups.begin());
        }
        SZ_ASSIGN(const bool is_complete,
                  ledger.copy_some(unfinished, limits::backup_pages_per_step));
        // What was committed between two steps is in the copy too.
        if (is_complete) name = backups.name("copy", now, end.events, end.head);
        return is_complete;
    }
};

void CampaignFiles::copy_when_due(const std::string& campaign) {
    // Looking for campaigns sweeps what earlier programs left: before there is anything new.
    when_scanned([this, campaign] {
        const auto found = entries_.find(campaign);
        if (found == entries_.end()) return;
        Entry& entry = found->second;
        const UnixMs now = services_.sources.now_ms();
        if (!entry.host || entry.is_copying || now < entry.next_copy) return;
        entry.next_copy = now + limits::backup_interval_ms;
        begin_copy(campaign, entry.host, false, [](const Status& copied) {
            // A campaign that was closed meanwhile is copied when it closes.
            if (!copied && copied.error().kind != ErrorKind::cancelled)
                log::warning("campaign", copied.error().code + " " + copied.error().message);
        });
    });
}

void CampaignFiles::begin_copy(const std::string& campaign, const std::shared_ptr<Host>& host,
                               bool is_asked_for, std::function<void(Status)> done) {
    entries_[campaign].is_copying = true;
    go_on_copying(std::make_shared<CopyWork>(
        CopyWork{backups_of(campaign), host, services_.sources.now_ms(), is_asked_for,
                 [self = self_, campaign, done = std::move(done)](const Status& copied) {
                     if (*self != nullptr) (*self)->end_copying(campaign);
                     done(copied);
                 }}));
}

void CampaignFiles::end_copying(const std::string& campaign) {
    const auto found = entries_.find(campaign);
    if (found == entries_.end()) return;
    found->second.is_copying = false;
    const auto waiting = std::move(found->second.after_copy);
    found->second.after_copy.clear();
    for (const auto& fn : waiting) fn();
}

void CampaignFiles::go_on_copying(const std::shared_ptr<CopyWork>& work) {
    // The check reads all of the copy: not on the thread that commits. It follows even when the
    // program ends meanwhile.
    const auto copy_and_check = [work, &proof = proof_,
                                 &thread = services_.thread](Ledger& ledger) -> Result<bool> {
        SZ_ASSIGN(const bool is_complete, work->step(ledger));
        if (!work->name.empty()) {
            proof.post([work, &thread] {
                auto finished = work->backups.finish(work->unfinished, work->name);
                thread.post([work, finished = std::move(finished)] { work->done(finished); });
            });
        }
        return is_complete;
    };
    work->host->read<bool>(copy_and_check, [self = self_, work](const Result<bool>& is_complete) {
        if (!is_complete) return work->done(fail(is_complete.error()));
        if (*is_complete) {
            if (work->name.empty()) work->done({});  // none was wanted
        } else if (*self != nullptr) {
            (*self)->go_on_copying(work);
        }
    });
}

void CampaignFiles::copy(const std::string& campaign, std::function<void(Status)> copied) {
    with_host(campaign, [this, campaign,
                         copied = std::move(copied)](const Result<std::shared_ptr<Host>>& host) {
        if (!host) return copied(fail(host.error()));
        // One that is on its way may lack the last events.
        if (Entry& entry = entries_[campaign]; entry.is_copying) {
            entry.after_copy.emplace_back([this, campaign, copied] { copy(campaign, copied); });
            return;
        }
        begin_copy(campaign, *host, true, copied);
    });
}

void CampaignFiles::list_copies(const std::string& campaign,
                                std::function<void(Result<std::vector<Backup>>)> listed) {
    when_scanned([this, campaign, listed = std::move(listed)] {
        const bool is_here = entries_.contains(campaign);
        store_.post([backups = backups_of(campaign), is_here, campaign, listed,
                     &thread = services_.thread] {
            auto all = backups.list();
            thread.post([listed, all = std::move(all), is_here, campaign]() mutable {
                if (!all.empty() || is_here) return listed(std::move(all));
                listed(fail(ErrorKind::not_found, "SZ-CAMPAIGN-001",
                            "There is no campaign of that id, and no copy of one.",
                            "szctl campaign list shows what there is.", campaign));
            });
        });
    });
}

}  // namespace sz::campaign
