// SPDX-License-Identifier: AGPL-3.0-or-later
// The search for routers in this network. It sends to everybody in it (SSDP, 239.255.255.250), so
// it is for those who host, and for tests inside network namespaces.
#pragma once

#include <vector>

#include "addresses.hpp"

namespace upnp {

// Where those that answered describe themselves, at most limits::routers_max. Takes up to
// limits::search_ms_max. Answers that point out of a home network, or to this machine, are left
// out: an answer to a search must not make anybody ask a stranger.
[[nodiscard]] std::vector<Url> search_routers();

}  // namespace upnp
