// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>
#include <nlohmann/json.hpp>

#include "kernel/campaign/log_filter.hpp"
#include "kernel/campaign/methods.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/sentences.hpp"

namespace sz::campaign {

namespace {

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
    const std::string campaign = string_or(call.params(), "id");
    with_campaign(files, call, campaign, [&files, call](const std::shared_ptr<Host>& host) {
        auto filter =
            LogFilter::from(host->state(), call.params(), files.services().sources.now_ms());
        if (!filter) return call.answer(fail(std::move(filter).error()));
        host->read<LogFilter::Found>(
            [filter = std::move(*filter)](Ledger& ledger) { return filter.find(ledger); },
            [&files, call, host](const Result<LogFilter::Found>& found) {
                if (!found) return call.answer(fail(found.error()));
                Json list = Json::array();
                for (const Event& event : found->events)
                    list.push_back(logged(*host, files.services().fields, event));
                Json result{{"events", std::move(list)}, {"total", host->events()}};
                if (found->next != 0) result["next"] = found->next;
                call.answer(std::move(result));
            });
    });
}

constexpr std::array<MethodTable, 1> log_table{{
    {"campaign.log", "Lists a campaign's events in sentences, the newest first.", log_campaign},
}};

}  // namespace

Status add_log_methods(CampaignFiles& files) {
    return add_table(files, log_table.data(), log_table.size());
}

}  // namespace sz::campaign
