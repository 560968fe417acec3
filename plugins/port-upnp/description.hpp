// SPDX-License-Identifier: AGPL-3.0-or-later
// What a router says that it is: the document that its answer to the search points to. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "addresses.hpp"

namespace upnp {

// A service that maps ports: WANIPConnection or WANPPPConnection, version 1 or 2.
struct Service {
    Url control;
    std::string type;  // "urn:schemas-upnp-org:service:WANIPConnection:1"
};

struct Description {
    std::string name;  // "OpenWRT router (R7800)"
    std::vector<Service> services;
    bool points_elsewhere = false;  // a service of it is said to be on another machine: left out
};

// `url` is where the document came from.
[[nodiscard]] Description read_description(const Url& url, std::string_view xml);

// A type as above: no other is ever put into a question.
[[nodiscard]] bool is_service_type(std::string_view type);

}  // namespace upnp
