// SPDX-License-Identifier: AGPL-3.0-or-later
#include "announce.hpp"

#include <sz/cpp/json.hpp>
#include <vector>

#include "address.hpp"
#include "candidates.hpp"

namespace direct {

using sz::plugin::Json;

void announce(const Line& line, std::string_view scheme, const std::string& address,
              std::uint16_t port, std::string_view protocol) {
    line.events.listening(line.handle, Json{{"urls", Json::array({url_of(scheme, address, port)})},
                                            {"port", port},
                                            {"protocol", protocol}}
                                           .dump());
    const bool is_every = address == "::" || address == "0.0.0.0";
    for (const Candidate& one :
         is_every ? addresses_of_this_machine() : std::vector{candidate(address)}) {
        if (address == "0.0.0.0" && one.family == "ipv6") continue;
        line.events.candidate(line.handle, Json{{"url", url_of(scheme, one.address, port)},
                                                {"family", one.family},
                                                {"scope", one.scope}}
                                               .dump());
    }
}

}  // namespace direct
