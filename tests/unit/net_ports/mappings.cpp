// SPDX-License-Identifier: AGPL-3.0-or-later
// A port for as long as somebody hosts, whatever routers do.
#include "kernel/net/ports/port_mappings.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/net_ports/fakes.hpp"

using namespace sz;
using namespace sz::test;
using namespace std::chrono_literals;

using Words = std::vector<std::string>;

TEST_CASE("nothing is asked before somebody hosts") {
    Run run;
    run.ports->remove_left();
    run.settle();
    CHECK(run.mappers.asked.empty());
    CHECK(run.timers.empty());
    CHECK_FALSE(run.has_record());
}

TEST_CASE("a port that is opened is asked for at once, told of, recorded, and taken back") {
    Run run;
    const auto id = run.open();
    CHECK(run.events.empty());
    run.settle();
    REQUIRE(run.events.size() == 1);
    CHECK(run.events[0].is_mapped);
    CHECK_FALSE(run.events[0].was_mapped);
    CHECK(run.events[0].mapper == "upnp");
    CHECK(run.events[0].mapping.outside_port == 41'977);
    CHECK(run.events[0].tried.empty());
    CHECK(run.mappers.requests[0].patience == 4000ms);
    CHECK(run.mappers.requests[0].lease == 3600s);
    CHECK(run.has_record());
    bool is_closed = false;
    run.ports->close(id, [&] { is_closed = true; });
    CHECK_FALSE(is_closed);
    run.settle();
    CHECK(is_closed);
    CHECK(run.mappers.forwarded.empty());
    CHECK_FALSE(run.has_record());
    CHECK(run.timers.empty());
    CHECK(run.events.size() == 1);
}

TEST_CASE("mappers are asked in order, with what is left of the time, and each failure is told") {
    Run run;
    run.mappers.names = {"one", "two", "three", "four"};
    run.mappers.broken = {
        {"one", silence()}, {"two", silence()}, {"three", silence()}, {"four", silence()}};
    run.mappers.while_mapping = [&] { run.steady += 1800ms; };
    SECTION("until one can") {
        run.mappers.broken.erase("two");
        run.open();
        run.settle();
        REQUIRE(run.events.size() == 1);
        CHECK(run.events[0].is_mapped);
        CHECK(run.events[0].mapper == "two");
        REQUIRE(run.events[0].tried.size() == 1);
        CHECK(run.events[0].tried[0].mapper == "one");
        CHECK(run.events[0].tried[0].title == "The one");
        CHECK(run.events[0].tried[0].why.code == "SZ-PORT-001");
        CHECK(run.mappers.requests[1].patience == 2200ms);
        // the next time the one that has it is asked first
        run.ring();
        CHECK(run.mappers.asked == Words{"one map 41977", "two map 41977", "two map 41977"});
    }
    SECTION("until the time is over") {
        run.open();
        run.settle();
        REQUIRE(run.events.size() == 1);
        CHECK_FALSE(run.events[0].is_mapped);
        REQUIRE(run.events[0].tried.size() == 4);
        CHECK(run.events[0].tried[1].why.code == "SZ-PORT-001");
        CHECK(run.events[0].tried[2].why.code == "SZ-PORT-012");
        CHECK(run.events[0].tried[3].why.code == "SZ-PORT-012");
        CHECK(run.mappers.asked == Words{"one map 41977", "two map 41977"});
    }
}

TEST_CASE("without a plugin that asks routers that is what is told") {
    Run run;
    run.mappers.names.clear();
    run.open();
    run.settle();
    REQUIRE(run.events.size() == 1);
    REQUIRE(run.events[0].tried.size() == 1);
    CHECK(run.events[0].tried[0].why.code == "SZ-PORT-010");
}

TEST_CASE("a lease is renewed at its half, and nothing is told while nothing changes") {
    Run run;
    run.open();
    run.settle();
    CHECK(run.ring() == 1800s);
    CHECK(run.ring() == 1800s);
    CHECK(run.events.size() == 1);
    REQUIRE(run.mappers.requests.size() == 3);
    CHECK(run.mappers.requests[0].previous.is_null());
    CHECK(run.mappers.requests[2].previous == Json{{"port", 41'977}});
    run.mappers.lease = 1s;  // of a router that makes no sense
    run.ring();
    CHECK(run.ring() == 30s);
    run.mappers.lease = 0s;
    run.ring();
    CHECK(run.ring() == 1800s);
}

TEST_CASE("another outside port or address is told, and the old one given back") {
    Run run;
    run.open();
    run.settle();
    run.mappers.taken[41'977] = "somebody else";
    run.ring();
    REQUIRE(run.events.size() == 2);
    CHECK(run.events[1].is_mapped);
    CHECK(run.events[1].was_mapped);
    CHECK(run.events[1].mapping.outside_port == 50'000);
    CHECK(run.mappers.asked.back() == "upnp unmap 41977");
    run.mappers.address = "198.50.100.8";
    run.ring();
    REQUIRE(run.events.size() == 3);
    CHECK(run.events[2].mapping.outside_address == "198.50.100.8");
    CHECK(run.mappers.asked.back() == "upnp map 41977");
}

TEST_CASE("the same outside port of another mapper is not given back: it is the one that is held") {
    Run run;
    run.mappers.names = {"one", "two"};
    run.open();
    run.settle();
    run.mappers.broken["one"] = silence();
    run.ring();
    REQUIRE(run.events.size() == 2);
    CHECK(run.events[1].mapper == "two");
    CHECK(run.mappers.asked == Words{"one map 41977", "one map 41977", "two map 41977"});
    run.crash();
    run.mappers.broken.clear();
    run.mappers.asked.clear();
    run.start();
    run.ports->remove_left();
    run.settle();
    CHECK(run.mappers.asked == Words{"two unmap 41977"});
}

TEST_CASE("what failed is tried again, ever more rarely, and told again only when it differs") {
    Run run;
    run.mappers.broken["upnp"] = silence();
    run.open();
    run.settle();
    CHECK(run.ring() == 30s);
    CHECK(run.ring() == 60s);
    CHECK(run.ring() == 120s);
    CHECK(run.ring() == 240s);
    CHECK(run.ring() == 480s);
    CHECK(run.ring() == 600s);
    CHECK(run.ring() == 600s);
    CHECK(run.events.size() == 1);
    run.mappers.broken["upnp"].code = "SZ-PORT-002";
    run.ring();
    CHECK(run.events.size() == 2);
    run.mappers.broken.clear();
    run.ring();
    REQUIRE(run.events.size() == 3);
    CHECK(run.events[2].is_mapped);
    CHECK_FALSE(run.events[2].was_mapped);
    // lost, and had again
    run.mappers.broken["upnp"] = silence();
    CHECK(run.ring() == 1800s);
    REQUIRE(run.events.size() == 4);
    CHECK_FALSE(run.events[3].is_mapped);
    CHECK(run.events[3].was_mapped);
    run.mappers.broken.clear();
    CHECK(run.ring() == 30s);
    CHECK(run.events.size() == 5);
}

TEST_CASE("a port that is closed while it is being mapped is taken back all the same") {
    Run run;
    const auto id = run.open();
    SECTION("before the router was asked: it is not") {
        run.ports->close(id);
        run.settle();
        CHECK(run.mappers.asked.empty());
    }
    SECTION("while the router is asked") {
        run.mappers.while_mapping = [&] { run.ports->close(id); };
        run.settle();
        CHECK(run.mappers.asked == Words{"upnp map 41977"});  // which ended by itself
    }
    SECTION("when the router has said yes and nobody here has heard it") {
        run.router.run_one();
        run.ports->close(id);
        run.settle();
        CHECK(run.mappers.asked == Words{"upnp map 41977", "upnp unmap 41977"});
    }
    CHECK(run.events.empty());
    CHECK(run.mappers.forwarded.empty());
    CHECK(run.timers.empty());
    CHECK_FALSE(run.has_record());
}

TEST_CASE("an event may close its own port") {
    Run run;
    PortMappings::PortId id = 0;
    int count = 0;
    id = run.ports->open(PortProtocol::tcp, 41'977, [&](const PortEvent&) {
        ++count;
        run.ports->close(id);
    });
    run.settle();
    CHECK(count == 1);
    CHECK(run.mappers.forwarded.empty());
    CHECK(run.timers.empty());
}

TEST_CASE("the end of the program takes back everything, and nothing is opened after it") {
    Run run;
    run.open(1000);
    run.open(2000);
    run.settle();
    CHECK(run.mappers.forwarded.size() == 2);
    run.open(3000);
    run.ports->stop();
    run.ports->stop();
    run.open(4000);
    run.settle();
    CHECK(run.mappers.forwarded.empty());
    CHECK(run.timers.empty());
    CHECK_FALSE(run.has_record());
    CHECK(run.mappers.asked ==
          Words{"upnp map 1000", "upnp map 2000", "upnp unmap 1000", "upnp unmap 2000"});
}

TEST_CASE("what comes back after the end finds nobody, and harms nobody") {
    Run run;
    run.open();
    run.router.run_one();
    run.ports.reset();
    run.settle();
    CHECK(run.events.empty());
    CHECK(run.mappers.forwarded.empty());
}

TEST_CASE("after a crash the next start takes back what was left, and only that") {
    Run run;
    run.open();
    run.settle();
    run.crash();
    CHECK(run.mappers.forwarded.size() == 1);
    run.mappers.asked.clear();
    run.start();
    run.settle();
    CHECK(run.mappers.asked.empty());
    run.ports->remove_left();
    run.settle();
    CHECK(run.mappers.asked == Words{"upnp unmap 41977"});
    CHECK_FALSE(run.has_record());
    CHECK_FALSE(run.ports->notice());
}

TEST_CASE("what was left is not asked for when its lease is over") {
    Run run;
    run.open();
    run.settle();
    run.crash();
    run.mappers.asked.clear();
    run.unix_ms += 3'600'000;
    run.start();
    run.ports->remove_left();
    run.settle();
    CHECK(run.mappers.asked.empty());
    CHECK_FALSE(run.has_record());
}

TEST_CASE("what cannot be taken back now is tried at ten more starts") {
    Run run;
    run.mappers.lease = 0s;
    run.open();
    run.settle();
    run.crash();
    run.mappers.broken["upnp"] = silence();
    run.mappers.asked.clear();
    for (int start = 1; start <= 12; ++start) {
        run.start();
        run.ports->remove_left();
        run.settle();
        run.crash();
        CHECK(run.has_record() == (start <= 10));
    }
    CHECK(run.mappers.asked.size() == 10);
}

TEST_CASE("a port that is hosted again while it is taken back is there in the end") {
    Run run;
    run.open();
    run.settle();
    run.crash();
    run.mappers.asked.clear();
    run.start();
    run.ports->remove_left();
    run.open();
    run.settle();
    CHECK(run.mappers.asked == Words{"upnp unmap 41977", "upnp map 41977"});
    CHECK(run.mappers.forwarded.size() == 1);
    CHECK(run.has_record());
}
