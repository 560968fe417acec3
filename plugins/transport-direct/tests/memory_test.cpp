// SPDX-License-Identifier: AGPL-3.0-or-later
// What the conformance suite does not know of memory://.
#include "host.hpp"
#include "tests/support/catch.hpp"

using namespace direct;
using namespace direct::test;

TEST_CASE("a name is somebody's until they stop listening") {
    Host host;
    const Handle first = host.listen("memory://table");
    CHECK(host.wait_open(first).opened.at("urls").at(0) == "memory://table");
    const Told second = host.wait_closed(host.listen("memory://table"));
    CHECK(second.why == SZ_CLOSED_FAILED);
    CHECK(second.closed.at("code") == "SZ-TRANSPORT-010");
    CHECK(host->close(first, "") == SZ_OK);
    host.wait_closed(first);
    CHECK(host.wait_open(host.listen("memory://table")).why == 0);
}

TEST_CASE("somebody who asks for a name that nobody has is told so") {
    Host host;
    const Told told = host.wait_closed(host.connect("memory://nobody"));
    CHECK(told.why == SZ_CLOSED_FAILED);
    CHECK(told.closed.at("code") == "SZ-TRANSPORT-021");
    CHECK(told.closed.at("message") == "Nobody listens at memory://nobody in this program.");
    CHECK(told.steps == std::vector<std::string>{"connect begun", "connect failed"});
}

TEST_CASE("a name is one word") {
    Host host;
    for (const char* url : {"memory://", "memory://*", "memory://a/b"}) {
        const auto refused = host.try_listen(url);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "SZ-TRANSPORT-001");
    }
}
