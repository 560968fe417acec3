// SPDX-License-Identifier: AGPL-3.0-or-later
// Questions and answers of the service that maps ports (UPnP Forum, WANIPConnection:1 and :2), as
// text. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace upnp {

using Arguments = std::vector<std::pair<std::string_view, std::string>>;

// The body of a question.
[[nodiscard]] std::string soap_question(std::string_view service, std::string_view action,
                                        const Arguments& arguments);

// UPnP's numbers for what went wrong, and two of ours below them.
namespace code {
inline constexpr int ok = 0, nonsense = -1, silent = -2, cancelled = -3;
inline constexpr int invalid_action = 401, action_failed = 501, not_implemented = 602,
                     not_authorized = 606, no_such_entry = 714, conflict = 718,
                     same_ports_wanted = 724, permanent_only = 725, no_ports_left = 728,
                     other_mechanism = 729;
}  // namespace code

// What came back: `body` has the action's answer, or `error` is not ok.
struct SoapAnswer {
    int error = code::ok;
    std::string words;  // the router's own about the error
    std::string body;
    std::string own_address;

    [[nodiscard]] bool is_ok() const noexcept { return error == code::ok; }
    [[nodiscard]] std::string value(std::string_view element) const;
};
// Of an HTTP status and its body. What is neither the action's answer nor an error makes no sense.
[[nodiscard]] SoapAnswer soap_answer(std::string_view action, unsigned status, std::string body);

}  // namespace upnp
