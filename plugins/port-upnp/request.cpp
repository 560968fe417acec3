// SPDX-License-Identifier: AGPL-3.0-or-later
#include "request.hpp"

#include <algorithm>

#include "limits.hpp"

namespace upnp {

namespace {

using sz::plugin::Fault;

Fault wrong(std::string message, std::string pointer) {
    return sz::plugin::invalid("SZ-PORT-006", std::move(message),
                               "This is a mistake of the program that asked.", std::move(pointer));
}

Result<Json> parse_object(std::string_view text) {
    if (text.size() > limits::request_bytes_max)
        return wrong("What the port mapper was asked is too long.", "");
    auto json = sz::plugin::parse_json(text);
    if (!json || !json->is_object())
        return wrong("What the port mapper was asked is not a JSON object.", "");
    return json;
}

std::optional<std::uint64_t> whole(const Json& object, const char* key, std::uint64_t least,
                                   std::uint64_t most) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_unsigned()) return std::nullopt;
    const auto value = found->get<std::uint64_t>();
    return value < least || value > most ? std::nullopt : std::optional(value);
}

std::string text(const Json& object, const char* key) {
    return sz::plugin::member_or<std::string>(object, key, "");
}

std::optional<Protocol> protocol_in(const Json& object) {
    const std::string name = text(object, "protocol");
    if (name == "udp") return Protocol::udp;
    return name == "tcp" ? std::optional(Protocol::tcp) : std::nullopt;
}

// A router is in this network, or, for tests and tunnels, on this machine.
bool is_near(const Url& url) {
    const AddressKind kind = kind_of(*parse_ipv4(url.address));
    return kind == AddressKind::home || kind == AddressKind::carrier ||
           kind == AddressKind::loopback;
}

std::optional<Url> near_url(const Json& object, const char* key) {
    auto url = parse_url(text(object, key));
    return url && is_near(*url) ? url : std::nullopt;
}

std::optional<Mapping> mapping_in(const Json& object) {
    if (!object.is_object()) return std::nullopt;
    const auto router = near_url(object, "router");
    const auto control = near_url(object, "control");
    const auto protocol = protocol_in(object);
    const auto outside = whole(object, "outside_port", 1, 65'535);
    const auto inside = whole(object, "inside_port", 1, 65'535);
    const std::string type = text(object, "service");
    const std::string address = text(object, "inside_address");
    if (!router || !control || control->address != router->address || !is_service_type(type) ||
        !protocol || !outside || !inside || !parse_ipv4(address))
        return std::nullopt;
    return Mapping{*router,
                   {*control, type},
                   *protocol,
                   static_cast<std::uint16_t>(*outside),
                   static_cast<std::uint16_t>(*inside),
                   address};
}

// Ours to choose, a router's to show: what every router takes.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= limits::description_text_bytes_max &&
           std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
}

}  // namespace

Json Mapping::json() const {
    return {
        {"router", router.text()},         {"control", service.control.text()},
        {"service", service.type},         {"protocol", protocol == Protocol::udp ? "udp" : "tcp"},
        {"outside_port", outside_port},    {"inside_port", inside_port},
        {"inside_address", inside_address}};
}

Result<Request> parse_request(std::string_view given) {
    const Result<Json> object = parse_object(given);
    if (!object) return object.error();
    Request request;
    const auto protocol = protocol_in(*object);
    if (!protocol) return wrong("The protocol of a port is “udp” or “tcp”.", "/protocol");
    request.protocol = *protocol;
    const auto port = whole(*object, "port", 1, 65'535);
    if (!port) return wrong("A port is a number from 1 to 65535.", "/port");
    request.port = static_cast<std::uint16_t>(*port);
    if (object->contains("lease_s")) {
        const auto lease = whole(*object, "lease_s", 0, limits::lease_s_max);
        if (!lease) return wrong("A lease lasts at most a week, in seconds.", "/lease_s");
        request.lease_s = static_cast<std::uint32_t>(*lease);
    }
    if (object->contains("patience_ms")) {
        const auto patience =
            whole(*object, "patience_ms", limits::patience_ms_min, limits::patience_ms_max);
        if (!patience)
            return wrong("The patience is a number of milliseconds from 100 to 60000.",
                         "/patience_ms");
        request.patience = std::chrono::milliseconds(*patience);
    }
    if (object->contains("description")) {
        request.description = text(*object, "description");
        if (!is_plain_name(request.description))
            return wrong("The description of a mapping has 1 to 60 characters of ASCII.",
                         "/description");
    }
    if (object->contains("router")) {
        request.router = near_url(*object, "router");
        if (!request.router)
            return wrong(
                "The address of a router's description looks like "
                "“http://192.168.1.1:5000/rootDesc.xml”: with numbers, and in this network.",
                "/router");
    }
    if (const auto previous = object->find("previous"); previous != object->end())
        request.previous = mapping_in(*previous);
    return request;
}

Result<Mapping> parse_mapping(std::string_view given) {
    const Result<Json> object = parse_object(given);
    if (!object) return object.error();
    auto mapping = mapping_in(*object);
    if (!mapping) return wrong("This is not a mapping that this plugin made.", "");
    return *std::move(mapping);
}

}  // namespace upnp
