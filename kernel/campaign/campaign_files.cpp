// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/campaign_files.hpp"

#include <nlohmann/json.hpp>

#include "kernel/base/files.hpp"
#include "kernel/base/ids.hpp"
#include "kernel/base/log.hpp"
#include "kernel/campaign/files/import.hpp"
#include "kernel/campaign/files/repair_command.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

tl::unexpected<Error> no_such_campaign(const std::string& id) {
    return fail(ErrorKind::not_found, "SZ-CAMPAIGN-001", "There is no campaign of that id.",
                "szctl campaign list shows what there is.", id);
}

tl::unexpected<Error> closing() {
    return fail(ErrorKind::cancelled, "SZ-CAMPAIGN-031", "The program is closing.",
                "Start it again and repeat the request.");
}

Result<Summary> read_summary(const std::filesystem::path& file) {
    SZ_ASSIGN(const auto ledger, Ledger::open(file));
    return ledger->summary();
}

Status move_to(const std::filesystem::path& folder, const std::filesystem::path& file) {
    SZ_TRY(make_folder(folder, true));
    std::error_code failed;
    for (const char* suffix : {"-wal", "-shm", ""}) {
        const std::filesystem::path from = file.string() + suffix;
        std::error_code ignored;
        if (!failed && std::filesystem::exists(from, ignored))
            std::filesystem::rename(from, folder / from.filename(), failed);
    }
    if (!failed) return sync_folder(folder);
    return fail(ErrorKind::environment, "SZ-CAMPAIGN-030",
                "The campaign's file could not be moved.",
                "Check that you may write to the folder.", file.string());
}

std::string display_name(const Identity& identity, const std::string& client_id) {
    const auto all = identity.list();
    if (all && all->is_array()) {
        for (const Json& one : *all) {
            if (string_or(one, "client_id") == client_id && !string_or(one, "name").empty())
                return string_or(one, "name");
        }
    }
    return "Game master";
}

}  // namespace

CampaignFiles::CampaignFiles(std::filesystem::path folder, Campaigns::Services services)
    : folder_(std::move(folder)),
      services_(std::move(services)),
      self_(std::make_shared<CampaignFiles*>(this)) {}

CampaignFiles::~CampaignFiles() { stop(); }

void CampaignFiles::stop() {
    if (*self_ == nullptr) return;
    *self_ = nullptr;
    stops_ = true;
    for (const auto& weak : hosts_) {
        if (const auto host = weak.lock()) host->finish();
    }
    store_.stop();
    proof_.stop();
}

Host::Services CampaignFiles::host_services(const std::string& campaign) {
    return {services_.fields,
            services_.templates,
            services_.thread,
            store_,
            services_.sources,
            {},
            [self = self_, campaign](const Accepted& accepted) {
                if (*self != nullptr) (*self)->on_event(campaign, accepted);
            },
            [self = self_] { return *self == nullptr; },
            [backups = backups_of(campaign), now = services_.sources.now_ms](Ledger& ledger) {
                if (const auto copied = backups.copy_at_end(ledger, now()); !copied)
                    log::warning("campaign", copied.error().message);
            }};
}

void CampaignFiles::on_event(const std::string& campaign, const Accepted& accepted) {
    for (const std::string& instance : accepted.instances) holders_[instance].insert(campaign);
    services_.bus.publish("campaign.changed", Json{{"campaign", campaign},
                                                   {"event", accepted.event},
                                                   {"head", to_hex(accepted.head)},
                                                   {"instances", accepted.instances},
                                                   {"kind", accepted.kind}});
    copy_when_due(campaign);
}

void CampaignFiles::when_scanned(std::function<void()> fn) {
    if (is_scanned_) return fn();
    waiting_for_scan_.push_back(std::move(fn));
    if (waiting_for_scan_.size() > 1) return;
    store_.post([self = self_, folder = folder_, &thread = services_.thread] {
        thread.post([self, found = scan(folder)]() mutable {
            if (*self != nullptr) (*self)->scanned(std::move(found));
        });
    });
}

std::vector<CampaignFiles::Found> CampaignFiles::scan(const std::filesystem::path& folder) {
    remove_import_leftovers(folder);
    Backups::sweep(folder / "backups");
    std::vector<Found> found;
    std::error_code failed;
    for (const auto& file : std::filesystem::directory_iterator(folder, failed)) {
        if (file.path().extension() == ".sqlite")
            found.push_back({file.path().stem().string(), read_summary(file.path())});
    }
    return found;
}

void CampaignFiles::scanned(std::vector<Found> found) {
    is_scanned_ = true;
    for (Found& one : found) add(std::move(one));
    auto waiting = std::move(waiting_for_scan_);
    waiting_for_scan_.clear();
    for (const auto& fn : waiting) fn();
}

void CampaignFiles::add(Found found) {
    Entry& entry = entries_[found.id];
    if (entry.host) return;
    if (found.summary) {
        for (const std::string& instance : found.summary->characters)
            holders_[instance].insert(found.id);
        entry.summary = std::move(*found.summary);
    } else {
        log::warning("campaign",
                     "campaign " + found.id + " cannot be read: " + found.summary.error().message);
        entry.damage = std::move(found.summary).error();
    }
}

void CampaignFiles::with_host(const std::string& campaign, HostFn fn) {
    when_scanned([this, campaign, fn = std::move(fn)]() mutable {
        const auto found = entries_.find(campaign);
        if (found == entries_.end()) return fn(no_such_campaign(campaign));
        open(campaign, found->second, std::move(fn));
    });
}

void CampaignFiles::with_instance(const std::string& instance, HostFn fn) {
    when_scanned([this, instance, fn = std::move(fn)]() mutable {
        const auto campaign = holder(instance);
        if (!campaign) return fn(fail(campaign.error()));
        open(*campaign, entries_.find(*campaign)->second, std::move(fn));
    });
}

// A player of one campaign may know the ids of another: what is asked for there must not become
// theirs.
Result<std::string> CampaignFiles::holder(const std::string& instance) const {
    if (entries_.contains(instance)) return instance;
    std::vector<std::string> all;
    if (const auto held = holders_.find(instance); held != holders_.end())
        all.assign(held->second.begin(), held->second.end());
    // Where it is known to be removed it is not meant, unless it is nowhere else.
    const bool is_shared = all.size() > 1;
    std::erase_if(all, [&](const std::string& campaign) {
        const auto entry = entries_.find(campaign);
        if (entry == entries_.end()) return true;
        const auto& host = entry->second.host;
        return is_shared && host && host->state().find_living(instance) == nullptr;
    });
    if (all.size() == 1) return all.front();
    if (all.empty()) {
        return fail(
            ErrorKind::not_found, "SZ-CAMPAIGN-004", "There is no character of that id.",
            "szctl campaign list and szctl character list --campaign ID show what there is.",
            instance);
    }
    std::string campaigns;
    for (const std::string& campaign : all) campaigns += (campaigns.empty() ? "" : ", ") + campaign;
    return fail(ErrorKind::input, "SZ-CAMPAIGN-008",
                "More than one campaign holds a character of that id: " + campaigns + ".",
                "Say which is meant with “campaign” (szctl call takes it), or remove the character "
                "from the campaign where it should not be.",
                instance);
}

void CampaignFiles::open(const std::string& campaign, Entry& entry, HostFn fn) {
    if (entry.host && !entry.host->is_broken()) return fn(entry.host);
    entry.host.reset();
    entry.waiting.push_back(std::move(fn));
    if (entry.waiting.size() > 1 || moving_.contains(campaign)) return;
    Host::open(file_of(campaign), host_services(campaign),
               [self = self_, campaign](Result<std::shared_ptr<Host>> host) {
                   if (*self != nullptr) (*self)->opened(campaign, std::move(host));
               });
}

void CampaignFiles::opened(const std::string& campaign, Result<std::shared_ptr<Host>> host) {
    Entry& entry = entries_[campaign];
    if (host) {
        hosts_.push_back(*host);
        keep(campaign, *host);
    } else {
        // Damage that was met only while reading has the store's words; the way out is the same.
        if (host.error().code == "SZ-STORE-002")
            host = fail(ErrorKind::environment, "SZ-CAMPAIGN-002",
                        "The campaign's file is damaged: " + host.error().message, damaged_hint,
                        campaign);
        if (host.error().code == "SZ-CAMPAIGN-002")
            host.error().hint = way_out_of_damage(campaign, file_of(campaign));
        entry.damage = host.error();
    }
    auto waiting = std::move(entry.waiting);
    entry.waiting.clear();
    for (const HostFn& fn : waiting) fn(host);
}

void CampaignFiles::keep(const std::string& campaign, const std::shared_ptr<Host>& host) {
    Entry& entry = entries_[campaign];
    entry.host = host;
    entry.damage.reset();
    for (const auto& [id, instance] : host->state().instances()) holders_[id].insert(campaign);
    copy_when_due(campaign);
}

void CampaignFiles::make(const std::string& template_reference, const std::string& name,
                         std::function<void(Result<std::string>)> made) {
    auto author = services_.identity.active();
    if (!author) return made(fail(std::move(author).error()));
    const std::string id = services_.sources.uuid();
    auto host = Host::begin(file_of(id), id, *author, host_services(id));
    hosts_.push_back(host);
    const Json wanted{{"template", template_reference}, {"name", name}, {"owner", *author}};
    const Json member{
        {"id", *author}, {"name", display_name(services_.identity, *author)}, {"role", "gm"}};
    std::vector<Operation> operations{
        {id, "", std::string(system_op::create), Json::array({wanted}), std::nullopt},
        {id, "", std::string(system_op::member), Json::array({member}), std::nullopt}};
    host->act(services_.identity, std::move(operations),
              [self = self_, id, host, made = std::move(made)](const Result<Accepted>& accepted) {
                  if (*self == nullptr) return made(closing());
                  if (!accepted) return made(fail(accepted.error()));
                  (*self)->keep(id, host);
                  made(id);
              });
}

void CampaignFiles::remove(const std::string& campaign, std::function<void(Status)> removed) {
    when_scanned([this, campaign, removed = std::move(removed)] {
        const auto found = entries_.find(campaign);
        if (found == entries_.end()) return removed(no_such_campaign(campaign));
        const auto move = [self = self_, campaign, removed] {
            if (*self == nullptr) return removed(closing());
            CampaignFiles& files = **self;
            files.store_.post([self, removed, campaign, file = files.file_of(campaign),
                               folder = files.removed_folder(), &thread = files.services_.thread] {
                auto moved = move_to(folder, file);
                thread.post([self, removed, campaign, moved = std::move(moved)] {
                    if (moved && *self != nullptr) (*self)->say_changed(campaign, "removed");
                    removed(moved);
                });
            });
            files.entries_.erase(campaign);
            for (auto& [instance, campaigns] : files.holders_) campaigns.erase(campaign);
        };
        if (found->second.host && !found->second.host->is_broken()) {
            found->second.host->close(move);
        } else {
            move();
        }
    });
}

void CampaignFiles::restore(const std::string& campaign, std::function<void(Status)> restored) {
    when_scanned([this, campaign, restored = std::move(restored)] {
        if (entries_.contains(campaign))
            return restored(fail(ErrorKind::conflict, "SZ-CAMPAIGN-009",
                                 "This campaign is in the list.", "Nothing is to be done.",
                                 campaign));
        store_.post([self = self_, restored, campaign, from = removed_folder(), to = folder_,
                     &thread = services_.thread] {
            const auto file = from / (campaign + ".sqlite");
            std::error_code ignored;
            // The id becomes a part of a path.
            Status moved =
                is_uuid(campaign) && std::filesystem::exists(file, ignored)
                    ? move_to(to, file)
                    : fail(ErrorKind::not_found, "SZ-CAMPAIGN-001",
                           "No campaign of that id was removed.",
                           "szctl campaign list --removed shows those that were.", campaign);
            Found found{campaign, fail(Error{})};
            if (moved) found.summary = read_summary(to / file.filename());
            thread.post(
                [self, restored, moved = std::move(moved), found = std::move(found)]() mutable {
                    if (*self == nullptr) return restored(closing());
                    if (moved) {
                        const std::string id = found.id;
                        (*self)->add(std::move(found));
                        (*self)->say_changed(id, "restored");
                    }
                    restored(moved);
                });
        });
    });
}

void CampaignFiles::say_changed(const std::string& campaign, const char* kind) {
    services_.bus.publish(
        "campaign.changed",
        Json{{"campaign", campaign}, {"instances", Json::array()}, {"kind", kind}});
}

Json CampaignFiles::entry_json(const std::string& id, const Entry& entry) {
    Json value{{"id", id},    {"name", id},      {"template", Json::object()}, {"created_at", ""},
               {"events", 0}, {"characters", 0}, {"ok", !entry.damage}};
    if (entry.damage) {
        value["reason"] = entry.damage->message;
        return value;
    }
    const Instance* session = entry.host == nullptr ? nullptr : entry.host->state().find(id);
    const Summary& summary = entry.summary;
    if (session == nullptr) {
        value["name"] = summary.name;
        value["template"] = summary.template_link;
        value["created_at"] = format_time(summary.created_at);
        value["events"] = summary.events;
        value["characters"] = summary.characters.size();
        return value;
    }
    std::size_t characters = 0;
    for (const auto& [other, instance] : entry.host->state().instances())
        characters += other != id && !instance.removed ? 1U : 0U;
    value["name"] = session->name;
    value["template"] = session->template_link;
    value["created_at"] = format_time(session->created_at);
    value["events"] = entry.host->events();
    value["characters"] = characters;
    return value;
}

void CampaignFiles::list(std::function<void(Json)> listed) {
    when_scanned([this, listed = std::move(listed)] {
        Json list = Json::array();
        for (const auto& [id, entry] : entries_) list.push_back(entry_json(id, entry));
        listed(std::move(list));
    });
}

void CampaignFiles::list_removed(std::function<void(Json)> listed) {
    store_.post([self = self_, folder = removed_folder(), listed = std::move(listed),
                 &thread = services_.thread] {
        thread.post([self, listed, found = scan(folder)]() mutable {
            Json list = Json::array();
            for (Found& one : found) {
                Entry entry;
                if (one.summary) {
                    entry.summary = std::move(*one.summary);
                } else {
                    entry.damage = std::move(one.summary).error();
                }
                list.push_back(entry_json(one.id, entry));
            }
            listed(std::move(list));
        });
    });
}

void CampaignFiles::snapshot(const std::string& campaign, SnapshotKind kind,
                             const std::string& note, std::function<void(Result<Snapshot>)> made) {
    with_host(campaign, [kind, note, made = std::move(made)](Result<std::shared_ptr<Host>> host) {
        if (!host) return made(fail(std::move(host).error()));
        (*host)->snapshot(kind, note, made);
    });
}

// What was answered is durable and is proven; what is under way is not waited for.
void CampaignFiles::verify(const std::string& campaign, std::function<void(Result<Proof>)> proven) {
    when_scanned([this, campaign, proven = std::move(proven)] {
        if (!entries_.contains(campaign)) return proven(no_such_campaign(campaign));
        proof_.post([self = self_, file = file_of(campaign), proven, &stop = stops_,
                     &thread = services_.thread] {
            auto proof = verify_file(file, {}, stop);
            thread.post([proven, proof = std::move(proof)] { proven(proof); });
        });
    });
}

}  // namespace sz::campaign
