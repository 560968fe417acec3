// SPDX-License-Identifier: AGPL-3.0-or-later
// Sentences for what a test cannot make happen on one machine.
#include "../web/words.hpp"

#include <boost/asio/error.hpp>

#include "tests/support/catch.hpp"

using namespace direct;
using namespace direct::web;
namespace wrong = boost::asio::error;

namespace {

const Address where{"ws", "example.org", 80, "/"};

}  // namespace

TEST_CASE("what stands in the way has a code and a sentence of its own") {
    CHECK(why_not_resolved(where, wrong::host_not_found).message ==
          "There is no machine called example.org.");
    CHECK_THAT(why_not_resolved(where, wrong::host_not_found_try_again).message,
               ContainsSubstring("could not be looked up"));
    CHECK(why_not_connected(where, wrong::connection_refused).code == "SZ-TRANSPORT-021");
    CHECK(why_not_connected(where, wrong::timed_out).code == "SZ-TRANSPORT-021");
    CHECK(why_not_connected(where, wrong::network_unreachable).code == "SZ-TRANSPORT-027");
    CHECK(why_not_listening(where, wrong::access_denied).hint == "Take a port from 1024 on.");
}

TEST_CASE("an answer that is no upgrade is told by its status") {
    const auto said = [](unsigned status) { return why_not_upgraded(where, {}, status); };
    CHECK_THAT(said(301).hint, ContainsSubstring("wss://"));
    CHECK_THAT(said(404).hint, ContainsSubstring("tunnel may have ended"));
    CHECK_THAT(said(502).message, ContainsSubstring("finds nobody behind it (HTTP 502)"));
    CHECK_THAT(said(403).message, ContainsSubstring("lets nobody in"));
    CHECK_THAT(said(200).message, ContainsSubstring("answered with HTTP 200"));
    CHECK_THAT(said(0).message, ContainsSubstring("is no table"));
}
