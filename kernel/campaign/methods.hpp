// SPDX-License-Identifier: AGPL-3.0-or-later
// campaign.* and character.* on the bus.
#pragma once

#include "kernel/campaign/campaign_files.hpp"
#include "kernel/campaign/computed.hpp"

namespace sz::campaign {

[[nodiscard]] Status add_campaign_methods(CampaignFiles& files);
[[nodiscard]] Status add_character_methods(CampaignFiles& files);
[[nodiscard]] Status add_explain_method(CampaignFiles& files);
[[nodiscard]] Status add_file_methods(CampaignFiles& files);
[[nodiscard]] Status add_log_methods(CampaignFiles& files);
[[nodiscard]] Status add_history_methods(CampaignFiles& files);
// Members, who sees and who changes what.
[[nodiscard]] Status add_access_methods(CampaignFiles& files);
[[nodiscard]] Status add_entry_methods(CampaignFiles& files);
[[nodiscard]] Status add_upgrade_method(CampaignFiles& files);

// What both need.
struct MethodTable {
    const char* name;
    const char* summary;
    void (*handler)(CampaignFiles& files, const Call& call);
};
[[nodiscard]] Status add_table(CampaignFiles& files, const MethodTable* first, std::size_t count);

// Calls `fn` with the host when it is open and everything it decided is durable; answers the error
// otherwise.
using WithHost = std::function<void(const std::shared_ptr<Host>& host)>;
void with_campaign(CampaignFiles& files, const Call& call, const std::string& campaign,
                   WithHost fn);
// The campaign is the one that "campaign" names, or the one that holds the instance.
void with_character(CampaignFiles& files, const Call& call, const std::string& instance,
                    WithHost fn);

// SZ-CAMPAIGN-004.
[[nodiscard]] tl::unexpected<Error> no_such_character(const std::string& id);

// What views are computed with.
[[nodiscard]] Computer::Services computing(const CampaignFiles& files);

// The member that "as" names (members.hpp), or the host.
[[nodiscard]] Result<Viewer> viewer_of(const State& state, const Json& params);

// {"event","head","revision"} and what `more` adds, or the error.
using MoreFn = std::function<void(const Accepted& accepted, Json& result)>;
[[nodiscard]] Host::Reply answer_accepted(const Call& call, MoreFn more = {});

}  // namespace sz::campaign
