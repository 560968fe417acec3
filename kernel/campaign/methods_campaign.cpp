// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>
#include <nlohmann/json.hpp>

#include "kernel/campaign/methods.hpp"
#include "kernel/campaign/paths.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/sentences.hpp"
#include "kernel/campaign/undo.hpp"
#include "kernel/campaign/views.hpp"

namespace sz::campaign {

namespace {

constexpr std::uint64_t log_events_default = 50;
constexpr EventIndex after_all_events = EventIndex{1} << 53U;

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

Json logged(const Host& host, const FieldTypes& fields, const Event& event) {
    const auto signed_action =
        event.parts.empty() ? Result<SignedAction>(fail(Error{})) : action_of(event.parts.front());
    const auto action =
        signed_action ? parse_action(signed_action->bytes) : Result<Action>(fail(Error{}));
    const auto records = records_of(event.parts);
    Json value{{"index", event.index}, {"at", format_time(event.at)}, {"head", to_hex(event.head)}};
    if (!action || !records) {
        value["author"] = "";
        value["summary"] = "This event cannot be read: its part of the file is damaged.";
        value["operations"] = Json::array();
        return value;
    }
    value["author"] = action->author;
    value["summary"] = event_sentence(host.state(), fields, *action, *records);
    value["operations"] = Json::array();
    for (const Operation& operation : action->operations)
        value["operations"].push_back(operation_json(operation));
    return value;
}

void log_campaign(CampaignFiles& files, const Call& call) {
    with_campaign(
        files, call, campaign_of(call), [&files, call](const std::shared_ptr<Host>& host) {
            const auto limit = read::count(call.params(), "limit").value_or(log_events_default);
            const auto before = read::count(call.params(), "before").value_or(after_all_events);
            const auto work = [limit, before](Ledger& ledger) -> Result<std::vector<Event>> {
                std::vector<Event> events;
                SZ_TRY(ledger.newest_first(before, limit, [&](Event event) {
                    events.push_back(std::move(event));
                    return true;
                }));
                return events;
            };
            host->read<std::vector<Event>>(
                work, [&files, call, host](const Result<std::vector<Event>>& events) {
                    if (!events) return call.answer(fail(events.error()));
                    Json list = Json::array();
                    for (const Event& event : *events)
                        list.push_back(logged(*host, files.services().fields, event));
                    call.answer(Json{{"events", std::move(list)}, {"total", host->events()}});
                });
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

constexpr std::array<MethodTable, 10> campaign_table{{
    {"campaign.new", "Begins a campaign from a session template.", make_campaign},
    {"campaign.list", "Lists the campaigns of this profile.", list_campaigns},
    {"campaign.show", "Shows a campaign, its session sheet and its characters.", show_campaign},
    {"campaign.log", "Lists a campaign's events in sentences, the newest first.", log_campaign},
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
