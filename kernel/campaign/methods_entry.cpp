// SPDX-License-Identifier: AGPL-3.0-or-later
// Instances from entries of a dataset.
#include <array>
#include <nlohmann/json.hpp>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/methods.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

Json reference_of(const Json& params) {
    return {{"pack", string_or(params, "pack")},
            {"dataset", string_or(params, "dataset")},
            {"entry", string_or(params, "entry")}};
}

// What "create" is asked for, the same for each of them: the host numbers them.
Json wanted_of(const Json& params, const std::string& entry_name, std::uint64_t count) {
    const std::string given = string_or(params, "name");
    Json wanted{{"entry", reference_of(params)},
                {"name", given.empty() ? entry_name : given},
                {"number", count > 1 || given.empty()},
                {"visibility", string_or(params, "visibility", "gm")}};
    for (const char* key : {"template", "owner"}) {
        if (const std::string* text = read::text(params, key)) wanted[key] = *text;
    }
    return wanted;
}

void answer_made(const Call& call, const State& state, const std::vector<std::string>& ids) {
    Json made = Json::array();
    for (const std::string& id : ids) {
        const Instance* instance = state.find(id);
        made.push_back({{"id", id}, {"name", instance == nullptr ? "" : instance->name}});
    }
    call.answer(Json{{"characters", std::move(made)}});
}

void make_from_entry(CampaignFiles& files, const Call& call) {
    const std::uint64_t count = read::count(call.params(), "count").value_or(1);
    if (count == 0 || count > limits::instances_at_once_max) {
        return call.answer(fail(
            ErrorKind::limit, "SZ-CAMPAIGN-053",
            "From 1 to " + std::to_string(limits::instances_at_once_max) + " can be made at once.",
            "Make them in several steps."));
    }
    with_campaign(files, call, string_or(call.params(), "campaign"),
                  [&files, call, count](const std::shared_ptr<Host>& host) {
                      const Json reference = reference_of(call.params());
                      const auto found = files.services().templates.find_entry(
                          string_or(reference, "pack"), string_or(reference, "dataset"),
                          string_or(reference, "entry"));
                      if (!found) return call.answer(fail(found.error()));
                      const Json wanted =
                          wanted_of(call.params(), string_or(found->at("entry"), "name"), count);
                      std::vector<std::string> ids;
                      std::vector<Operation> operations;
                      for (std::uint64_t i = 0; i < count; ++i) {
                          ids.push_back(files.services().sources.uuid());
                          operations.push_back({ids.back(), "", std::string(system_op::create),
                                                Json::array({wanted}), std::nullopt});
                      }
                      host->act(files.services().identity, std::move(operations),
                                [call, host, ids](const Result<Accepted>& accepted) {
                                    if (!accepted) return call.answer(fail(accepted.error()));
                                    answer_made(call, host->state(), ids);
                                });
                  });
}

constexpr std::array<MethodTable, 1> entry_table{{
    {"character.from-entry", "Makes characters from an entry of a dataset, each its own.",
     make_from_entry},
}};

}  // namespace

Status add_entry_methods(CampaignFiles& files) {
    return add_table(files, entry_table.data(), entry_table.size());
}

}  // namespace sz::campaign
