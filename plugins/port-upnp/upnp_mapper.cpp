// SPDX-License-Identifier: AGPL-3.0-or-later
#include "upnp_mapper.hpp"

#include <algorithm>
#include <utility>
// Boost.Asio 1.74 uses std::exchange without including <utility> under C++20.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

#include "discovery.hpp"
#include "limits.hpp"
#include "mapping.hpp"

namespace upnp {

namespace {

using sz::plugin::Fault;
using sz::plugin::Progress;
using sz::plugin::Status;

// This machine's address towards other networks. A UDP socket that is connected sends nothing.
std::string own_address() {
    namespace asio = boost::asio;
    boost::system::error_code error;
    asio::io_context io;
    asio::ip::udp::socket socket(io);
    socket.connect({asio::ip::make_address_v4("192.0.2.1"), 9}, error);
    const auto here = socket.local_endpoint(error);
    return error ? std::string() : here.address().to_string();
}

// What the routers at some addresses say, the best of them: one that is connected, else the first.
struct Asked {
    std::vector<Router> routers;  // at most one, since Router has no empty state
    std::optional<Fault> why_none;

    [[nodiscard]] bool has_connected() const {
        return !routers.empty() && routers.front().is_connected;
    }
};

void ask_router(const Url& url, Case about, const Patience& patience, Asked& asked) {
    const HttpResult got = http_get(url, patience);
    about.router = url.address;
    if (got.trouble == HttpTrouble::cancelled) {
        asked.why_none = sz::plugin::fault(SZ_ERR_CANCELLED);
        return;
    }
    const auto none_because = [&](const Fault& why) {
        if (!asked.why_none) asked.why_none = why;
    };
    if (got.trouble == HttpTrouble::no_connection) return none_because(no_answer_at(about, url));
    if (got.trouble == HttpTrouble::silent) return none_because(stopped_answering(about));
    about.own_address = got.answer.own_address;
    if (got.trouble == HttpTrouble::nonsense || got.answer.status != 200)
        return none_because(makes_no_sense(about));
    const Description description = read_description(url, got.answer.body);
    if (description.services.empty())
        return none_because(description.points_elsewhere ? points_elsewhere(about)
                                                         : makes_no_sense(about));
    for (const Service& service : description.services) {
        Router router{url, description.name, Gateway(service), got.answer.own_address, false};
        const SoapAnswer status = router.gateway.status(patience);
        const std::string words = status.value("NewConnectionStatus");
        // A router that does not say is taken at its word that it maps ports.
        router.is_connected =
            words == "Connected" || words == "Up" || (!status.is_ok() && status.error > 0);
        if (asked.has_connected()) return;
        if (status.error == code::cancelled || status.error == code::silent ||
            status.error == code::nonsense) {
            about.router = description.name;
            none_because(trouble(about, status));
        } else if (router.is_connected || asked.routers.empty()) {
            asked.routers.assign(1, std::move(router));
        }
    }
}

Asked ask_routers(const std::vector<Url>& urls, const Case& about, const Patience& patience) {
    Asked asked;
    for (const Url& url : urls) {
        const bool is_one_of_several = urls.size() > 1;
        const auto time = std::chrono::milliseconds(limits::router_ms_max);
        ask_router(url, about, is_one_of_several ? patience.at_most(time) : patience, asked);
        if (asked.has_connected() || patience.is_over()) break;
        if (asked.why_none && asked.why_none->status == SZ_ERR_CANCELLED) break;
    }
    return asked;
}

std::string answer_text(const Mapped& mapped, const Router& router, Clock::time_point began) {
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
    return sz::plugin::json_text({{"mapping", mapped.mapping.json()},
                                  {"outside_address", mapped.outside_address},
                                  {"outside_port", mapped.mapping.outside_port},
                                  {"lease_s", mapped.lease_s},
                                  {"router", router.name},
                                  {"ms", took.count()}});
}

}  // namespace

UpnpMapper::UpnpMapper() : UpnpMapper(search_routers) {}
UpnpMapper::UpnpMapper(Search search) : PortMapper("upnp", "UPnP"), search_(std::move(search)) {}

Result<std::string> UpnpMapper::map(std::string_view text, const Progress& progress) const {
    const auto began = Clock::now();
    const Result<Request> request = parse_request(text);
    if (!request) return request.error();
    const Patience patience{began + request->patience, progress};
    const Case about{request->protocol, request->port, {}, own_address()};

    Asked asked;
    if (request->router) {
        asked = ask_routers({*request->router}, about, patience);
    } else if (request->previous) {
        // The router of before is asked directly, which takes no search; half of the time is kept
        // for one if it is gone.
        asked = ask_routers({request->previous->router}, about,
                            patience.at_most(request->patience / 4));
    }
    const bool is_cancelled = asked.why_none && asked.why_none->status == SZ_ERR_CANCELLED;
    if (asked.routers.empty() && !request->router && !is_cancelled) {
        if (const Status goes_on = progress.report(0, 0, "looking for the router"); !goes_on)
            return goes_on.error();
        const auto left = patience.deadline - Clock::now();
        if (left < std::chrono::milliseconds(limits::patience_to_search_ms_min))
            return asked.why_none ? *asked.why_none : no_router(about);
        asked = ask_routers(search_(), about, patience);
    }
    if (asked.routers.empty()) return asked.why_none ? *asked.why_none : no_router(about);
    const Router& router = asked.routers.front();
    if (!router.is_connected)
        return not_connected({about.protocol, about.port, router.name, router.own_address});
    const Result<Mapped> mapped = map_at(router, *request, patience);
    if (!mapped) return mapped.error();
    return answer_text(*mapped, router, began);
}

Status UpnpMapper::unmap(std::string_view text, std::chrono::milliseconds time) const {
    const Result<Mapping> mapping = parse_mapping(text);
    if (!mapping) return mapping.error();
    const Progress nobody(nullptr);
    const Patience patience{Clock::now() + time, nobody};
    Gateway gateway(mapping->service);
    SoapAnswer entry = gateway.entry(mapping->protocol, mapping->outside_port, patience);
    Case about{mapping->protocol, mapping->outside_port, mapping->router.address, own_address()};
    if (entry.error == code::silent && !patience.is_over()) {
        // A router that was started again may do it at another place.
        const Asked asked = ask_routers({mapping->router}, about, patience);
        if (asked.routers.empty()) return no_answer_at(about, mapping->router);
        gateway = asked.routers.front().gateway;
        entry = gateway.entry(mapping->protocol, mapping->outside_port, patience);
    }
    if (entry.error == code::no_such_entry) return {};
    const auto found = Gateway::read_entry(entry);
    if (entry.is_ok() && !found) return makes_no_sense(about);
    if (found &&
        (found->inside_address != entry.own_address || found->inside_port != mapping->inside_port))
        return {};  // somebody else's by now
    // One that cannot tell who has a port can still give ours back.
    if (!found && entry.error < 0) return trouble(about, entry);
    const SoapAnswer removed = gateway.remove(mapping->protocol, mapping->outside_port, patience);
    if (removed.is_ok() || removed.error == code::no_such_entry) return {};
    return trouble(about, removed);
}

}  // namespace upnp
