// SPDX-License-Identifier: AGPL-3.0-or-later
#include "gateway.hpp"

#include <charconv>

namespace upnp {

namespace {

const char* name_of(Protocol protocol) { return protocol == Protocol::udp ? "UDP" : "TCP"; }

template <class Number>
std::optional<Number> number(const std::string& text) {
    Number value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (text.empty() || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return value;
}

Arguments arguments_of(const Gateway::Wanted& wanted) {
    return {{"NewRemoteHost", ""},
            {"NewExternalPort", std::to_string(wanted.outside_port)},
            {"NewProtocol", name_of(wanted.protocol)},
            {"NewInternalPort", std::to_string(wanted.inside_port)},
            {"NewInternalClient", wanted.inside_address},
            {"NewEnabled", "1"},
            {"NewPortMappingDescription", wanted.description},
            {"NewLeaseDuration", std::to_string(wanted.lease_s)}};
}

Arguments arguments_of(Protocol protocol, std::uint16_t outside_port) {
    return {{"NewRemoteHost", ""},
            {"NewExternalPort", std::to_string(outside_port)},
            {"NewProtocol", name_of(protocol)}};
}

}  // namespace

SoapAnswer Gateway::ask(std::string_view action, const Arguments& arguments,
                        const Patience& patience) const {
    HttpResult got = http_post(service_.control, service_.type + "#" + std::string(action),
                               soap_question(service_.type, action, arguments), patience);
    SoapAnswer answer;
    switch (got.trouble) {
        case HttpTrouble::none:
            answer = soap_answer(action, got.answer.status, std::move(got.answer.body));
            answer.own_address = std::move(got.answer.own_address);
            break;
        case HttpTrouble::no_connection:
        case HttpTrouble::silent: answer.error = code::silent; break;
        case HttpTrouble::nonsense: answer.error = code::nonsense; break;
        case HttpTrouble::cancelled: answer.error = code::cancelled; break;
    }
    return answer;
}

SoapAnswer Gateway::status(const Patience& patience) const {
    return ask("GetStatusInfo", {}, patience);
}

SoapAnswer Gateway::outside_address(const Patience& patience) const {
    return ask("GetExternalIPAddress", {}, patience);
}

SoapAnswer Gateway::entry(Protocol protocol, std::uint16_t outside_port,
                          const Patience& patience) const {
    return ask("GetSpecificPortMappingEntry", arguments_of(protocol, outside_port), patience);
}

std::optional<Entry> Gateway::read_entry(const SoapAnswer& answer) {
    if (!answer.is_ok()) return std::nullopt;
    const auto port = number<std::uint16_t>(answer.value("NewInternalPort"));
    const std::string address = answer.value("NewInternalClient");
    if (!port || !parse_ipv4(address)) return std::nullopt;
    return Entry{address, *port,
                 number<std::uint32_t>(answer.value("NewLeaseDuration")).value_or(0)};
}

SoapAnswer Gateway::add(const Wanted& wanted, const Patience& patience) const {
    return ask("AddPortMapping", arguments_of(wanted), patience);
}

SoapAnswer Gateway::add_any(const Wanted& wanted, const Patience& patience) const {
    return ask("AddAnyPortMapping", arguments_of(wanted), patience);
}

SoapAnswer Gateway::remove(Protocol protocol, std::uint16_t outside_port,
                           const Patience& patience) const {
    return ask("DeletePortMapping", arguments_of(protocol, outside_port), patience);
}

}  // namespace upnp
