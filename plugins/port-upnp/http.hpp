// SPDX-License-Identifier: AGPL-3.0-or-later
// Questions to a router over HTTP, on the caller's thread, with an end. miniupnpc asks too, but
// waits five seconds after each byte, takes answers of any length and cannot be stopped; a router
// is whatever answered in this network, so these questions have a deadline and limits, and follow
// no redirection.
#pragma once

#include <sz/cpp/pack_format.hpp>
#include <sz/cpp/result.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

#include "addresses.hpp"

namespace upnp {

using Clock = std::chrono::steady_clock;

struct HttpAnswer {
    unsigned status = 0;
    std::string body;
    std::string own_address;  // this machine's, as the router sees it
};

// What went wrong with a question.
enum class HttpTrouble { none, no_connection, silent, nonsense, cancelled };

// Until `deadline`, and as long as `progress` wants to go on (SZ_ERR_CANCELLED).
struct Patience {
    Clock::time_point deadline;
    const sz::plugin::Progress& progress;

    [[nodiscard]] bool is_over() const { return Clock::now() >= deadline; }
    // The same, for one step of many.
    [[nodiscard]] Patience at_most(std::chrono::milliseconds time) const {
        return {std::min(deadline, Clock::now() + time), progress};
    }
};

struct HttpResult {
    HttpTrouble trouble = HttpTrouble::none;
    HttpAnswer answer;
};

[[nodiscard]] HttpResult http_get(const Url& url, const Patience& patience);
[[nodiscard]] HttpResult http_post(const Url& url, std::string_view soap_action, std::string body,
                                   const Patience& patience);

}  // namespace upnp
