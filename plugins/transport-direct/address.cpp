// SPDX-License-Identifier: AGPL-3.0-or-later
#include "address.hpp"

#include <Poco/URI.h>

#include <Poco/Exception.h>

#include <algorithm>

namespace direct {

namespace {

sz::plugin::Fault no_address(std::string why) {
    return sz::plugin::invalid("SZ-TRANSPORT-001", std::move(why),
                               "An address looks like udp://example.org:41977, "
                               "udp://[2001:db8::1]:41977 or wss://example.org/table.");
}

// Takes ":41977" out of the URL, where the library knows no port 0 and takes "udp:" for granted.
std::string take_port(std::string& whole) {
    const std::string_view url = whole;
    const std::size_t begin = url.find("://");
    const std::string_view authority =
        url.substr(begin + 3, url.find_first_of("/?#", begin + 3) - begin - 3);
    const std::size_t colon = authority.rfind(':');
    const std::size_t bracket = authority.rfind(']');
    const bool has_bracket = bracket != std::string_view::npos;
    if (has_bracket && bracket + 1 < authority.size() && colon != bracket + 1)
        return ":";  // something else than a port
    if (colon == std::string_view::npos || (has_bracket && colon < bracket)) return {};
    const std::string port(authority.substr(colon));
    whole.erase(begin + 3 + colon, port.size());
    return port;
}

bool is_of_a_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Not, for one, a zero byte, which the library makes of "%00".
bool is_of_a_host(char c) {
    static constexpr std::string_view others = "-_.:*";
    return is_of_a_word(c) || others.find(c) != std::string_view::npos;
}

std::uint16_t default_port(const std::string& scheme, Use use) {
    if (use == Use::connecting && scheme == "ws") return 80;
    if (use == Use::connecting && scheme == "wss") return 443;
    return usual_port;
}

}  // namespace

sz::plugin::Result<Address> parse_address(std::string_view url, Use use) {
    if (url.size() > url_bytes_max) return no_address("The address is too long.");
    const std::string_view scheme = url.substr(0, url.find("://"));
    if (scheme.empty() || scheme == url || !std::all_of(scheme.begin(), scheme.end(), is_of_a_word))
        return no_address("The address does not begin with a scheme such as udp://.");
    for (const char c : url) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '\\')
            return no_address("The address has a space, a backslash or a control character.");
    }
    Address address;
    std::string rest(url);
    const std::string port = take_port(rest);
    try {
        const Poco::URI parsed(rest);
        if (!parsed.getUserInfo().empty())
            return no_address("The address has a user name, which has no meaning here.");
        address.scheme = parsed.getScheme();
        address.host = parsed.getHost();
        address.path = parsed.getPathAndQuery();
    } catch (const Poco::Exception&) {
        return no_address("The address cannot be understood.");
    }
    if (address.path.empty() || address.path.front() != '/') address.path.insert(0, "/");
    for (const char c : address.host) {
        if (!is_of_a_host(c)) return no_address("The name in it has a character that no name has.");
    }
    if (address.host.size() > host_bytes_max) return no_address("The name in it is too long.");
    if (use == Use::connecting && address.is_everywhere())
        return no_address("The address does not say where to connect to.");
    if (port.empty()) {
        address.port = default_port(address.scheme, use);
        return address;
    }
    unsigned number = 0;
    for (const char c : std::string_view(port).substr(1)) {
        if (c < '0' || c > '9' || (number = number * 10 + static_cast<unsigned>(c - '0')) > 65535)
            return no_address("The port in it is no number from 0 to 65535.");
    }
    if (port.size() == 1 || (number == 0 && use == Use::connecting))
        return no_address("The port in it is missing.");
    address.port = static_cast<std::uint16_t>(number);
    return address;
}

std::string url_of(std::string_view scheme, std::string_view host, std::uint16_t port) {
    const bool is_v6 = host.find(':') != std::string_view::npos;
    std::string url(scheme);
    url.append("://").append(is_v6 ? "[" : "").append(host).append(is_v6 ? "]:" : ":");
    return url + std::to_string(port);
}

}  // namespace direct
