// SPDX-License-Identifier: AGPL-3.0-or-later
// Members, who sees and who changes what: the bus takes names of members where the ledger has
// Client IDs.
#include <array>
#include <nlohmann/json.hpp>

#include "kernel/campaign/members.hpp"
#include "kernel/campaign/methods.hpp"
#include "kernel/campaign/paths.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/views.hpp"

namespace sz::campaign {

namespace {

// "to" with Client IDs for names; null as it is.
Result<Json> rule_of(const State& state, const Json& to) {
    if (!to.is_object() || !to.contains("named")) return to;
    Json rule = to;
    rule["named"] = Json::array();
    for (const Json& typed : read::list(to, "named")) {
        const auto* text = typed.get_ptr<const std::string*>();
        SZ_ASSIGN(const std::string id, client_id_of(state, text == nullptr ? "" : *text));
        rule["named"].push_back(id);
    }
    return rule;
}

void decide_access(CampaignFiles& files, const Call& call, std::string_view op) {
    const std::string id = string_or(call.params(), "id");
    with_character(files, call, id, [&files, call, id, op](const std::shared_ptr<Host>& host) {
        const State& state = host->state();
        const Viewer viewer = state.viewer(state.host());
        const Instance* instance = visible_instance(state, id, viewer);
        if (instance == nullptr) {
            return call.answer(fail(
                ErrorKind::not_found, "SZ-CAMPAIGN-004", "There is no character of that id.",
                "szctl character list --campaign " + state.campaign() + " shows what there is.",
                id));
        }
        const auto path = resolve_place(*instance, viewer, string_or(call.params(), "path"));
        if (!path) return call.answer(fail(path.error()));
        const Json* to = read::member(call.params(), "to");
        const auto rule = rule_of(state, to == nullptr ? Json() : *to);
        if (!rule) return call.answer(fail(rule.error()));
        host->act(
            files.services().identity,
            {{id, "", std::string(op), Json::array({*path, *rule}), std::nullopt}},
            answer_accepted(call, [path = *path, rule = *rule](const Accepted&, Json& result) {
                result["path"] = path;
                result["to"] = rule;
            }));
    });
}

void decide_visibility(CampaignFiles& files, const Call& call) {
    decide_access(files, call, system_op::visibility);
}

void decide_editability(CampaignFiles& files, const Call& call) {
    decide_access(files, call, system_op::editability);
}

void list_members(CampaignFiles& files, const Call& call) {
    with_campaign(files, call, string_or(call.params(), "id"),
                  [call](const std::shared_ptr<Host>& host) {
                      call.answer(Json{{"members", members_view(host->state())}});
                  });
}

// Makes somebody a member, gives a member another name or role, or takes them off the table.
void set_member(CampaignFiles& files, const Call& call) {
    const std::string campaign = string_or(call.params(), "id");
    with_campaign(files, call, campaign,
                  [&files, call, campaign](const std::shared_ptr<Host>& host) {
                      const State& state = host->state();
                      const auto client = client_id_of(state, string_or(call.params(), "member"));
                      if (!client) return call.answer(fail(client.error()));
                      const auto known = state.members().find(*client);
                      const bool is_known = known != state.members().end();
                      Json role = is_known ? Json(role_name(known->second.role)) : Json("player");
                      if (const Json* given = read::member(call.params(), "role")) role = *given;
                      const std::string name =
                          string_or(call.params(), "name", is_known ? known->second.name : "");
                      const Json member{{"id", *client}, {"name", name}, {"role", role}};
                      host->act(files.services().identity,
                                {{campaign, "", std::string(system_op::member),
                                  Json::array({member}), std::nullopt}},
                                answer_accepted(call, [member](const Accepted&, Json& result) {
                                    result["member"] = {{"client_id", member["id"]},
                                                        {"name", member["name"]},
                                                        {"role", member["role"]}};
                                }));
                  });
}

constexpr std::array<MethodTable, 4> access_table{{
    {"character.visibility", "Says who sees a sheet, or a section, group or field of it.",
     decide_visibility},
    {"character.editability", "Says who changes a sheet, or a section, group or field of it.",
     decide_editability},
    {"campaign.members", "Lists a campaign's members.", list_members},
    {"campaign.member", "Makes somebody a member, or changes or ends their part.", set_member},
}};

}  // namespace

Status add_access_methods(CampaignFiles& files) {
    return add_table(files, access_table.data(), access_table.size());
}

}  // namespace sz::campaign
