// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands in the way, in words for a person who has never seen the inside of a router. Pure.
#pragma once

#include <sz/cpp/result.hpp>

#include <string>
#include <vector>

#include "answers.hpp"
#include "request.hpp"

namespace upnp {

// What a sentence is about.
struct Case {
    Protocol protocol = Protocol::udp;
    std::uint16_t port = 0;
    std::string router;       // its name; empty: none answered
    std::string own_address;  // this machine's; empty: unknown
};

[[nodiscard]] sz::plugin::Fault no_router(const Case& about);                          // 001
[[nodiscard]] sz::plugin::Fault no_answer_at(const Case& about, const Url& router);    // 001
[[nodiscard]] sz::plugin::Fault refused(const Case& about, const SoapAnswer& answer);  // 002
[[nodiscard]] sz::plugin::Fault all_taken(const Case& about,
                                          const std::vector<std::uint16_t>& tried);  // 003
// The router's outside address, as it says; not one that is open.
[[nodiscard]] sz::plugin::Fault no_open_address(const Case& about, const std::string& address);
[[nodiscard]] sz::plugin::Fault not_connected(const Case& about);         // 004
[[nodiscard]] sz::plugin::Fault makes_no_sense(const Case& about);        // 005
[[nodiscard]] sz::plugin::Fault stopped_answering(const Case& about);     // 005
[[nodiscard]] sz::plugin::Fault said_yes_and_did_not(const Case& about);  // 005
[[nodiscard]] sz::plugin::Fault points_elsewhere(const Case& about);      // 005
// What an answer that is not ok means: 002, 005, or SZ_ERR_CANCELLED.
[[nodiscard]] sz::plugin::Fault trouble(const Case& about, const SoapAnswer& answer);

}  // namespace upnp
