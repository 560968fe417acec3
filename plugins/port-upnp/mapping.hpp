// SPDX-License-Identifier: AGPL-3.0-or-later
// One router that was found, and the steps by which it forwards a port.
#pragma once

#include <sz/cpp/result.hpp>

#include <string>
#include <vector>

#include "gateway.hpp"
#include "sentences.hpp"

namespace upnp {

// A router that said what it is.
struct Router {
    Url url;
    std::string name;
    Gateway gateway;
    std::string own_address;  // this machine's, as it sees it
    bool is_connected = false;
};

struct Mapped {
    Mapping mapping;
    std::string outside_address;  // empty: the router does not tell
    std::uint32_t lease_s = 0;
};

// Its outside address is looked at first: where nobody can come from, nothing is forwarded, and
// what was before is taken back. Then the wished port, and others when it is somebody else's.
[[nodiscard]] Result<Mapped> map_at(const Router& router, const Request& request,
                                    const Patience& patience);

}  // namespace upnp
