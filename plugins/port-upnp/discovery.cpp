// SPDX-License-Identifier: AGPL-3.0-or-later
#include "discovery.hpp"

#include <miniupnpc/miniupnpc.h>

#include <algorithm>
#include <memory>

#include "limits.hpp"

namespace upnp {

std::vector<Url> search_routers() {
    // All are asked for at once, and waited for once. A second version of a device or service also
    // answers for its first.
    static constexpr const char* kinds[] = {
        "urn:schemas-upnp-org:device:InternetGatewayDevice:1",
        "urn:schemas-upnp-org:service:WANIPConnection:1",
        "urn:schemas-upnp-org:service:WANPPPConnection:1",
        nullptr,
    };
    constexpr int over_ipv4 = 0, all_at_once = 1;
    constexpr unsigned char hops = 2;
    int error = 0;
    const std::unique_ptr<UPNPDev, void (*)(UPNPDev*)> devices(
        ::upnpDiscoverDevices(kinds, static_cast<int>(limits::search_ms), nullptr, "",
                              UPNP_LOCAL_PORT_ANY, over_ipv4, hops, &error, all_at_once),
        ::freeUPNPDevlist);
    std::vector<Url> found;
    for (const UPNPDev* device = devices.get(); device != nullptr; device = device->pNext) {
        const auto url = parse_url(device->descURL);
        if (!url || kind_of(*parse_ipv4(url->address)) != AddressKind::home) continue;
        if (std::find(found.begin(), found.end(), *url) == found.end()) found.push_back(*url);
        if (found.size() == limits::routers_max) break;
    }
    return found;
}

}  // namespace upnp
