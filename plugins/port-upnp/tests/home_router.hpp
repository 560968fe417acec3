// SPDX-License-Identifier: AGPL-3.0-or-later
// A fake router that works as it should, with a list of forwarded ports; a test changes one thing.
#pragma once

#include <sz/cpp/json.hpp>

#include <cstdlib>
#include <map>
#include <string>

#include "../upnp_mapper.hpp"
#include "fake_router.hpp"

namespace upnp::test {

using sz::plugin::Json;
using sz::plugin::Progress;

struct HomeRouter {
    std::string address = "198.50.100.7", status = "Connected", version = "1";
    // outside port → whom; as "192.168.1.9:41977"
    struct Forward {
        std::string client;
        int port, lease;
    };
    std::map<int, Forward> list;
    // What a test answers instead; empty: as it should be.
    std::function<std::string(const Asked&)> instead;

    [[nodiscard]] std::string answer(const Asked& asked) {
        if (instead)
            if (std::string other = instead(asked); !other.empty()) return other;
        if (asked.what == "GET /desc.xml") return http("200 OK", description("/control", version));
        if (asked.what == "GetStatusInfo")
            return soap(asked.what, "<NewConnectionStatus>" + status + "</NewConnectionStatus>");
        if (asked.what == "GetExternalIPAddress")
            return soap(asked.what, "<NewExternalIPAddress>" + address + "</NewExternalIPAddress>");
        const auto number = [&](const char* name) {  // of a question that was broken off: 0
            return std::atoi(asked.argument(name).c_str());
        };
        const int port = number("NewExternalPort");
        const auto found = list.find(port);
        if (asked.what == "GetSpecificPortMappingEntry") {
            if (found == list.end()) return soap_error(714, "NoSuchEntryInArray");
            return entry(found->second.client, found->second.port, found->second.lease);
        }
        if (asked.what == "DeletePortMapping") {
            if (list.erase(port) == 0) return soap_error(714, "NoSuchEntryInArray");
            return soap(asked.what);
        }
        const Forward wanted{asked.argument("NewInternalClient"), number("NewInternalPort"),
                             number("NewLeaseDuration")};
        if (wanted.client.empty()) return {};
        if (asked.what == "AddPortMapping") {
            if (found != list.end() && found->second.client != wanted.client)
                return soap_error(718, "ConflictInMappingEntry");
            list[port] = wanted;
            return soap(asked.what);
        }
        list[50'000] = wanted;  // AddAnyPortMapping
        return soap(asked.what, "<NewReservedPort>50000</NewReservedPort>");
    }

    FakeRouter server{
        [this](const Asked& asked, tcp::socket& socket) { write(socket, answer(asked)); }};
};

// The mapper, which searches nothing: routers are named, or given by the test.
struct Mapper {
    std::vector<Url> found;
    int searches = 0;
    UpnpMapper mapper{[this] { return ++searches, found; }};

    [[nodiscard]] sz::plugin::Result<Json> map(Json request, const Progress& progress) const {
        const auto text = mapper.map(request.dump(), progress);
        if (!text) return text.error();
        return Json::parse(*text);
    }
    [[nodiscard]] sz::plugin::Result<Json> map(const Json& request) const {
        return map(request, Progress(nullptr));
    }
    // Of a request that is to fail.
    [[nodiscard]] sz::plugin::Fault fault(const Json& request) const {
        const auto answer = map(request);
        return answer ? sz::plugin::Fault{SZ_OK, "", answer->dump(), "", "", ""} : answer.error();
    }
    [[nodiscard]] sz::plugin::Status unmap(const Json& mapping) const {
        return mapper.unmap(mapping.dump(), std::chrono::milliseconds(3000));
    }
};

inline Json request_to(const FakeRouter& router) {
    return {{"protocol", "udp"}, {"port", 41'977}, {"router", router.url()}};
}

}  // namespace upnp::test
