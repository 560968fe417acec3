// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/methods.hpp"

#include <nlohmann/json.hpp>

#include "kernel/campaign/members.hpp"

namespace sz::campaign {

namespace {

void when_ready(const Call& call, Result<std::shared_ptr<Host>> host, const WithHost& fn) {
    if (!host) return call.answer(fail(std::move(host).error()));
    (*host)->when_durable([call, host = *host, fn](const Status& durable) {
        if (!durable) return call.answer(fail(durable.error()));
        fn(host);
    });
}

}  // namespace

Status add_table(CampaignFiles& files, const MethodTable* first, std::size_t count) {
    for (const MethodTable* method = first; method != first + count; ++method) {
        SZ_TRY(files.services().bus.add_method(
            {method->name, method->summary, {}, "kernel"},
            [&files, handler = method->handler](const Call& call) { handler(files, call); }));
    }
    return {};
}

void with_campaign(CampaignFiles& files, const Call& call, const std::string& campaign,
                   WithHost fn) {
    files.with_host(campaign, [call, fn = std::move(fn)](Result<std::shared_ptr<Host>> host) {
        when_ready(call, std::move(host), fn);
    });
}

void with_character(CampaignFiles& files, const Call& call, const std::string& instance,
                    WithHost fn) {
    if (const std::string campaign = string_or(call.params(), "campaign"); !campaign.empty())
        return with_campaign(files, call, campaign, std::move(fn));
    files.with_instance(instance, [call, fn = std::move(fn)](Result<std::shared_ptr<Host>> host) {
        when_ready(call, std::move(host), fn);
    });
}

tl::unexpected<Error> no_such_character(const std::string& id) {
    return fail(ErrorKind::not_found, "SZ-CAMPAIGN-004", "There is no character of that id.",
                "szctl character list --campaign ID shows what there is.", id);
}

Computer::Services computing(const CampaignFiles& files) {
    return {files.services().fields, files.services().templates};
}

Result<Viewer> viewer_of(const State& state, const Json& params) {
    const std::string as = string_or(params, "as");
    if (as.empty()) return state.viewer(state.host());
    SZ_ASSIGN(const std::string member, member_of(state, as));
    return state.viewer(member);
}

Host::Reply answer_accepted(const Call& call, MoreFn more) {
    return [call, more = std::move(more)](const Result<Accepted>& accepted) {
        if (!accepted) return call.answer(fail(accepted.error()));
        Json result{{"event", accepted->event},
                    {"head", to_hex(accepted->head)},
                    {"revision", accepted->event}};
        if (more) more(*accepted, result);
        call.answer(std::move(result));
    };
}

}  // namespace sz::campaign
