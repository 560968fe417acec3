// SPDX-License-Identifier: AGPL-3.0-or-later
// campaign.upgrade: a pack's new version under a campaign, looked at first or carried out.
#include <algorithm>
#include <array>
#include <deque>
#include <nlohmann/json.hpp>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/methods.hpp"
#include "kernel/campaign/permission.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/upgrade.hpp"
#include "kernel/campaign/views.hpp"

namespace sz::campaign {

namespace {

struct Sheet {
    std::string id;
    Upgrade upgrade;
};

struct Wanted {
    Json pack;  // {"id","name","version"}
    std::vector<Sheet> sheets;
    [[nodiscard]] PackVersion version() const {
        return {string_or(pack, "id"), string_or(pack, "version")};
    }
};

// The version of the pack that it was made from; empty when that was another pack.
std::string version_followed(const Instance& instance, const std::string& pack) {
    const Json* from = read::member(instance.template_link, "templateFrom");
    for (const Json* link : {from, &instance.template_link}) {
        if (link != nullptr && string_or(*link, "datapackId") == pack)
            return string_or(*link, "version");
    }
    return {};
}

Result<Wanted> plan_all(const CampaignFiles& files, const State& state, const Json& params) {
    const auto& services = files.services();
    Wanted wanted;
    SZ_ASSIGN(wanted.pack, services.templates.find_pack(string_or(params, "pack")));
    bool is_used = false;
    for (const auto& [id, instance] : state.instances()) {
        if (instance.removed) continue;
        is_used = is_used || !version_followed(instance, wanted.version().id).empty();
        SZ_ASSIGN(auto plan,
                  plan_upgrade(instance, wanted.version(), services.templates, services.fields));
        if (plan) wanted.sheets.push_back({id, std::move(*plan)});
    }
    if (is_used || !wanted.sheets.empty()) return wanted;
    return fail(
        ErrorKind::not_found, "SZ-CAMPAIGN-100",
        "Nothing in this campaign is from the pack “" + string_or(wanted.pack, "name") + "”.",
        "szctl campaign show lists the packs that its sheets are from.");
}

// What is computed, and comes to something else, though nobody changed it.
void add_computed(Json& changes, const Instance& sheet, const Json& before, const Json& after) {
    for (const auto& [path, field] : after.items()) {
        const Json* old = read::member(before, path);
        const bool is_computed = field.contains("computed") && old != nullptr;
        if (!is_computed || (*old)["text"] == field["text"]) continue;
        const std::string name =
            string_or(sheet.fields.find(path)->second.definition, "name", path);
        changes.push_back({{"path", path},
                           {"name", name},
                           {"change", "computed"},
                           {"sentence", "“" + name + "” comes to “" + string_or(field, "text") +
                                            "”; it was “" + string_or(*old, "text") + "”."}});
    }
}

// Each sheet as it is and as it would be. SZ-CAMPAIGN-042 to 044 when that cannot be.
Result<Json> preview(const CampaignFiles& files, const State& now, const Wanted& wanted) {
    State then = now;
    for (const Sheet& sheet : wanted.sheets) {
        if (!sheet.upgrade.alters) continue;
        const Instance before = *now.find(sheet.id);
        for (const SeenRecord& seen : upgrade_records(before, sheet.upgrade.after, nullptr))
            SZ_TRY(then.apply(seen.record, {now.last_event() + 1, 0, ""}));
    }
    const Viewer viewer = now.viewer(now.host());
    const Computer::Services services = computing(files);
    Json sheets = Json::array();
    for (const Sheet& sheet : wanted.sheets) {
        const Instance& before = *now.find(sheet.id);
        const Instance& after = *then.find(sheet.id);
        Json changes = sheet.upgrade.changes;
        add_computed(changes, after, character_view(now, before, viewer, services)["fields"],
                     character_view(then, after, viewer, services)["fields"]);
        sheets.push_back({{"id", sheet.id},
                          {"name", before.name},
                          {"from", version_followed(before, wanted.version().id)},
                          {"outcome", sheet.upgrade.stays ? "stays" : "upgraded"},
                          {"changes", std::move(changes)}});
        if (sheet.upgrade.stays) sheets.back()["why"] = sheet.upgrade.stays->message;
    }
    return sheets;
}

// One action after the other, each with as many sheets as it may name; then the answer.
class Upgrading : public std::enable_shared_from_this<Upgrading> {
  public:
    Upgrading(CampaignFiles& files, Call call, std::shared_ptr<Host> host, const Wanted& wanted,
              Json result)
        : files_(files),
          call_(std::move(call)),
          host_(std::move(host)),
          result_(std::move(result)) {
        const Json argument{{"pack", wanted.version().id}, {"version", wanted.version().version}};
        for (const Sheet& sheet : wanted.sheets) {
            if (!sheet.upgrade.alters) continue;
            std::size_t bytes = 0;
            for (const SeenRecord& seen :
                 upgrade_records(*host_->state().find(sheet.id), sheet.upgrade.after, nullptr))
                bytes += canonical_json(seen.record.to_json()).size();
            steps_.push_back({{sheet.id, "", std::string(system_op::upgrade),
                               Json::array({argument}), std::nullopt},
                              bytes});
        }
    }

    [[nodiscard]] bool is_needed() const { return !steps_.empty(); }

    void go_on() {
        if (steps_.empty()) return call_.answer(std::move(result_));
        host_->act(files_.services().identity, next_action(),
                   [self = shared_from_this()](const Result<Accepted>& accepted) {
                       if (!accepted) return self->give_up(accepted.error());
                       self->result_["events"].push_back(accepted->event);
                       self->go_on();
                   });
    }

    void note_snapshot(const Snapshot& snapshot) {
        result_["snapshot"] = "s" + std::to_string(snapshot.number);
    }

    [[nodiscard]] const Call& call() const { return call_; }

  private:
    // As many sheets as an action may name and an event may hold; one at least.
    std::vector<Operation> next_action() {
        std::vector<Operation> action;
        std::size_t bytes = 0;
        while (!steps_.empty() && action.size() < limits::action_operations_max) {
            bytes += steps_.front().bytes + record_bytes_spare;
            if (!action.empty() && bytes > limits::event_bytes_max) break;
            action.push_back(std::move(steps_.front().operation));
            steps_.pop_front();
        }
        return action;
    }

    void give_up(Error error) {
        const std::string snapshot = string_or(result_, "snapshot");
        if (!result_["events"].empty())
            error.hint = "Some sheets have the new version already; szctl campaign restore " +
                         host_->state().campaign() + " " + snapshot +
                         " goes back to the moment before. " + error.hint;
        call_.answer(fail(std::move(error)));
    }

    static constexpr std::size_t record_bytes_spare = 1'024;  // inverses name another event
    CampaignFiles& files_;
    Call call_;
    std::shared_ptr<Host> host_;
    Json result_;
    struct Step {
        Operation operation;
        std::size_t bytes;  // of what it does
    };
    std::deque<Step> steps_;
};

void carry_out(CampaignFiles& files, const std::string& campaign, const Wanted& wanted,
               const std::shared_ptr<Upgrading>& upgrading) {
    if (!upgrading->is_needed()) return upgrading->go_on();
    const std::string note =
        "before " + string_or(wanted.pack, "name") + " " + wanted.version().version;
    files.snapshot(campaign, SnapshotKind::upgrade, note,
                   [upgrading](const Result<Snapshot>& made) {
                       if (!made) return upgrading->call().answer(fail(made.error()));
                       upgrading->note_snapshot(*made);
                       upgrading->go_on();
                   });
}

void upgrade_campaign(CampaignFiles& files, const Call& call) {
    const std::string campaign = string_or(call.params(), "id");
    with_campaign(
        files, call, campaign, [&files, call, campaign](const std::shared_ptr<Host>& host) {
            const State& state = host->state();
            const auto author = files.services().identity.active();
            if (!author) return call.answer(fail(author.error()));
            if (!is_game_master(state, *author)) {
                return call.answer(fail(ErrorKind::denied, "SZ-CAMPAIGN-021",
                                        "You may not upgrade this campaign.",
                                        "Ask the game master."));
            }
            const auto wanted = plan_all(files, state, call.params());
            if (!wanted) return call.answer(fail(wanted.error()));
            auto sheets = preview(files, state, *wanted);
            if (!sheets) return call.answer(fail(sheets.error()));
            const bool is_dry_run = call.params().value("dry_run", false);
            Json result{{"pack", wanted->pack},
                        {"dry_run", is_dry_run},
                        {"sheets", std::move(*sheets)},
                        {"events", Json::array()}};
            if (is_dry_run) return call.answer(std::move(result));
            carry_out(files, campaign, *wanted,
                      std::make_shared<Upgrading>(files, call, host, *wanted, std::move(result)));
        });
}

constexpr std::array methods{MethodTable{"campaign.upgrade",
                                         "Brings a campaign's sheets to another version of a pack.",
                                         upgrade_campaign}};

}  // namespace

Status add_upgrade_method(CampaignFiles& files) {
    return add_table(files, methods.data(), methods.size());
}

}  // namespace sz::campaign
