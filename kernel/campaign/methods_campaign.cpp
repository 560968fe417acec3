// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>
#include <nlohmann/json.hpp>

#include "kernel/campaign/fold.hpp"
#include "kernel/campaign/methods.hpp"
#include "kernel/campaign/paths.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/undo.hpp"
#include "kernel/campaign/views.hpp"

namespace sz::campaign {

namespace {

std::string campaign_of(const Call& call) { return string_or(call.params(), "id"); }

void make_campaign(CampaignFiles& files, const Call& call) {
    files.make(string_or(call.params(), "template"), string_or(call.params(), "name"),
               [call](Result<std::string> made) {
                   if (!made) return call.answer(fail(std::move(made).error()));
                   call.answer(Json{{"id", *made}});
               });
}

void list_campaigns(CampaignFiles& files, const Call& call) {
    const auto answer = [call](Json list) { call.answer(Json{{"campaigns", std::move(list)}}); };
    call.params().value("removed", false) ? files.list_removed(answer) : files.list(answer);
}

void show_campaign(CampaignFiles& files, const Call& call) {
    with_campaign(files, call, campaign_of(call),
                  [&files, call](const std::shared_ptr<Host>& host) {
                      const auto viewer = viewer_of(host->state(), call.params());
                      if (!viewer) return call.answer(fail(viewer.error()));
                      Json view = campaign_view(host->state(), *viewer, computing(files));
                      view["head"] = to_hex(host->head());
                      view["events"] = host->events();
                      call.answer(std::move(view));
                  });
}

void verify_campaign(CampaignFiles& files, const Call& call) {
    files.verify(campaign_of(call), [call](const Result<Proof>& proof) {
        if (!proof) return call.answer(fail(proof.error()));
        Json result{
            {"ok", !proof->first_bad}, {"events", proof->events}, {"head", to_hex(proof->head)}};
        if (proof->first_bad)
            result["first_bad"] = {{"index", proof->first_bad->index},
                                   {"reason", proof->first_bad->reason}};
        call.answer(std::move(result));
    });
}

void undo_event(CampaignFiles& files, const Call& call, const std::shared_ptr<Host>& host,
                EventIndex event) {
    const std::string& campaign = host->state().campaign();
    host->act(files.services().identity,
              {{campaign, "", std::string(system_op::undo), Json::array({event}), std::nullopt}},
              answer_accepted(call, [event](const Accepted&, Json& result) {
                  result.erase("revision");
                  result["undone"] = event;
              }));
}

void undo_campaign(CampaignFiles& files, const Call& call) {
    with_campaign(
        files, call, campaign_of(call), [&files, call](const std::shared_ptr<Host>& host) {
            if (const auto event = read::count(call.params(), "event"))
                return undo_event(files, call, host, *event);
            auto author = files.services().identity.active();
            if (!author) return call.answer(fail(std::move(author).error()));
            if (!may_author(host->state(), *author))
                return call.answer(fail(not_a_member(host->state(), *author)));
            host->read<EventIndex>(
                [author = *author](Ledger& ledger) { return last_to_undo(ledger, author); },
                [&files, call, host](const Result<EventIndex>& event) {
                    if (!event) return call.answer(fail(event.error()));
                    undo_event(files, call, host, *event);
                });
        });
}

// Paths may be typed as people type them; what is signed has them in full.
Result<Operation> operation_of(const State& state, const Json& value) {
    Operation operation{string_or(value, "instance"), string_or(value, "path"),
                        string_or(value, "op"), read::list(value, "args"),
                        read::count(value, "base")};
    const Instance* instance =
        visible_instance(state, operation.instance, state.viewer(state.host()));
    if (operation.path.empty() || instance == nullptr) return operation;
    SZ_ASSIGN(operation.path, resolve_path(*instance, state.viewer(state.host()), operation.path));
    return operation;
}

void act_on_campaign(CampaignFiles& files, const Call& call) {
    with_campaign(files, call, campaign_of(call),
                  [&files, call](const std::shared_ptr<Host>& host) {
                      std::vector<Operation> operations;
                      for (const Json& value : read::list(call.params(), "operations")) {
                          auto operation = operation_of(host->state(), value);
                          if (!operation) return call.answer(fail(std::move(operation).error()));
                          operations.push_back(std::move(*operation));
                      }
                      host->act(files.services().identity, std::move(operations),
                                answer_accepted(call, [](const Accepted& accepted, Json& result) {
                                    result["values"] = accepted.values;
                                }));
                  });
}

void rename_campaign(CampaignFiles& files, const Call& call) {
    with_campaign(
        files, call, campaign_of(call), [&files, call](const std::shared_ptr<Host>& host) {
            const Json args = Json::array({string_or(call.params(), "name")});
            host->act(files.services().identity,
                      {{campaign_of(call), "", std::string(system_op::rename), args, std::nullopt}},
                      answer_accepted(call));
        });
}

void remove_campaign(CampaignFiles& files, const Call& call) {
    files.remove(campaign_of(call), [call](const Status& removed) {
        if (!removed) return call.answer(fail(removed.error()));
        call.answer(Json{{"removed", campaign_of(call)}});
    });
}

void restore_campaign(CampaignFiles& files, const Call& call) {
    files.restore(campaign_of(call), [call](const Status& restored) {
        if (!restored) return call.answer(fail(restored.error()));
        call.answer(Json{{"restored", campaign_of(call)}});
    });
}

constexpr std::array<MethodTable, 9> campaign_table{{
    {"campaign.new", "Begins a campaign from a session template.", make_campaign},
    {"campaign.list", "Lists the campaigns of this profile.", list_campaigns},
    {"campaign.show", "Shows a campaign, its session sheet and its characters.", show_campaign},
    {"campaign.verify", "Folds a campaign's ledger and proves it.", verify_campaign},
    {"campaign.undo", "Takes an event back by a new one.", undo_campaign},
    {"campaign.act", "Does several operations in a campaign, all or none.", act_on_campaign},
    {"campaign.rename", "Renames a campaign.", rename_campaign},
    {"campaign.remove", "Moves a campaign out of the list; its file is kept.", remove_campaign},
    {"campaign.restore", "Brings a removed campaign back into the list.", restore_campaign},
}};

}  // namespace

Status add_campaign_methods(CampaignFiles& files) {
    return add_table(files, campaign_table.data(), campaign_table.size());
}

}  // namespace sz::campaign
