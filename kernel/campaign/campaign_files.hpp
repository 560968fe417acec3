// SPDX-License-Identifier: AGPL-3.0-or-later
// The campaigns of a profile: which files there are, which are damaged, which are open, and which
// holds a character.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kernel/campaign/campaigns.hpp"
#include "kernel/campaign/files/place.hpp"
#include "kernel/campaign/host.hpp"
#include "kernel/campaign/verify.hpp"

namespace sz::campaign {

// All functions [kernel-thread].
class CampaignFiles {
  public:
    using HostFn = std::function<void(Result<std::shared_ptr<Host>>)>;

    CampaignFiles(std::filesystem::path folder, Campaigns::Services services);
    ~CampaignFiles();
    CampaignFiles(const CampaignFiles&) = delete;
    CampaignFiles& operator=(const CampaignFiles&) = delete;

    // Opens the campaign's file if it is not open. SZ-CAMPAIGN-001 there is none, 002 it is
    // damaged.
    void with_host(const std::string& campaign, HostFn fn);
    // The same for the campaign that holds this instance; a campaign's own id is always its own
    // sheet. SZ-CAMPAIGN-004 none does, 008 several do: whoever makes an instance chooses its id.
    void with_instance(const std::string& instance, HostFn fn);

    // Makes a campaign; it is listed once its first event is durable.
    void make(const std::string& template_reference, const std::string& name,
              std::function<void(Result<std::string>)> made);
    // Moves its file to the folder "removed".
    void remove(const std::string& campaign, std::function<void(Status)> removed);
    // Moves it back. SZ-CAMPAIGN-001 none of that id was removed, 009 it is in the list.
    void restore(const std::string& campaign, std::function<void(Status)> restored);
    // [{id,name,template,created_at,events,characters,ok,reason?}], whatever state each is in.
    void list(std::function<void(Json)> listed);
    // The same of those that were removed.
    void list_removed(std::function<void(Json)> listed);
    // Keeps the campaign's state as it is now: by hand, or before an upgrade (snapshots.hpp has the
    // codes).
    void snapshot(const std::string& campaign, SnapshotKind kind, const std::string& note,
                  std::function<void(Result<Snapshot>)> made);
    void verify(const std::string& campaign, std::function<void(Result<Proof>)> proven);

    // Puts a file that came from elsewhere, and is proven, in its campaign's place, or says why not
    // (place.hpp). Who asks for the campaign meanwhile waits. SZ-CAMPAIGN-079: another one is just
    // being put there.
    void put_in_place(const Incoming& incoming, bool force,
                      std::function<void(Result<Placed>)> placed);
    // Makes a copy of the campaign's file unless there is one of its last event.
    void copy(const std::string& campaign, std::function<void(Status)> copied);
    // Those there are, the newest first, of a campaign that was removed or cannot be opened too.
    void list_copies(const std::string& campaign,
                     std::function<void(Result<std::vector<Backup>>)> listed);

    [[nodiscard]] const Campaigns::Services& services() const noexcept { return services_; }
    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
    [[nodiscard]] std::filesystem::path file_of(const std::string& campaign) const {
        return folder_ / (campaign + ".sqlite");
    }
    [[nodiscard]] Backups backups_of(const std::string& campaign) const {
        return Backups(folder_ / "backups" / campaign);
    }
    // Runs `fn` when it is known which campaigns there are.
    void when_scanned(std::function<void()> fn);
    void stop();

  private:
    struct Entry {
        Summary summary;
        std::optional<Error> damage;
        std::shared_ptr<Host> host;
        std::vector<HostFn> waiting;  // for the file to be opened
        UnixMs next_copy = 0;         // when it is asked again whether a copy is due
        bool is_copying = false;
        std::vector<std::function<void()>> after_copy;
    };
    struct CopyWork;
    struct Found {
        std::string id;
        Result<Summary> summary;
    };

    [[nodiscard]] std::filesystem::path removed_folder() const { return folder_ / "removed"; }
    [[nodiscard]] Host::Services host_services(const std::string& campaign);
    [[nodiscard]] Result<std::string> holder(const std::string& instance) const;
    [[nodiscard]] static std::vector<Found> scan(const std::filesystem::path& folder);
    void scanned(std::vector<Found> found);
    void add(Found found);
    void open(const std::string& campaign, Entry& entry, HostFn fn);
    void opened(const std::string& campaign, Result<std::shared_ptr<Host>> host);
    void keep(const std::string& campaign, const std::shared_ptr<Host>& host);
    void on_event(const std::string& campaign, const Accepted& accepted);
    void say_changed(const std::string& campaign, const char* kind);
    [[nodiscard]] static Json entry_json(const std::string& id, const Entry& entry);
    void place_now(const Incoming& incoming, bool force,
                   const std::function<void(Result<Placed>)>& placed);
    void placed_now(const std::string& campaign, const Result<Placed>& placed);
    void copy_when_due(const std::string& campaign);
    void begin_copy(const std::string& campaign, const std::shared_ptr<Host>& host,
                    bool is_asked_for, std::function<void(Status)> done);
    void end_copying(const std::string& campaign);
    void go_on_copying(const std::shared_ptr<CopyWork>& work);

    std::filesystem::path folder_;
    Campaigns::Services services_;
    std::map<std::string, Entry, std::less<>> entries_;
    std::map<std::string, std::set<std::string>, std::less<>> holders_;  // campaigns, by instance
    bool is_scanned_ = false;
    std::vector<std::function<void()>> waiting_for_scan_;
    std::set<std::string> moving_;  // campaigns whose file is being exchanged
    std::atomic<bool> stops_ = false;
    std::vector<std::weak_ptr<Host>> hosts_;  // all that were made, to be finished at the end
    std::shared_ptr<CampaignFiles*>
        self_;  // null once stopped: work that comes back late finds nobody
    WorkerPool store_{"campaigns", 1};
    WorkerPool proof_{"verify", 1};
};

}  // namespace sz::campaign
