// SPDX-License-Identifier: AGPL-3.0-or-later
// campaign.* and character.* on the bus.
#pragma once

#include "kernel/campaign/catalog.hpp"

namespace sz::campaign {

[[nodiscard]] Status add_campaign_methods(Catalog& catalog);
[[nodiscard]] Status add_character_methods(Catalog& catalog);

// What both need.
struct MethodTable {
    const char* name;
    const char* summary;
    void (*handler)(Catalog& catalog, const Call& call);
};
[[nodiscard]] Status add_table(Catalog& catalog, const MethodTable* first, std::size_t count);

// Calls `fn` with the host when it is open and everything it decided is durable; answers the error
// otherwise.
using WithHost = std::function<void(const std::shared_ptr<Host>& host)>;
void with_campaign(Catalog& catalog, const Call& call, const std::string& campaign, WithHost fn);
void with_character(Catalog& catalog, const Call& call, const std::string& instance, WithHost fn);

// Whoever "as" names, or the host. SZ-CRYPTO-003 when it is no Client ID.
[[nodiscard]] Result<Viewer> viewer_of(const State& state, const Json& params);

// {"event","head","revision"} and what `more` adds, or the error.
using MoreFn = std::function<void(const Accepted& accepted, Json& result)>;
[[nodiscard]] Host::Reply answer_accepted(const Call& call, MoreFn more = {});

}  // namespace sz::campaign
