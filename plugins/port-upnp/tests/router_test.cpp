// SPDX-License-Identifier: AGPL-3.0-or-later
// The mapper against routers that do as routers do. (Real ones: tests/netlab.)
#include "home_router.hpp"
#include "tests/support/catch.hpp"

using namespace upnp::test;

TEST_CASE("a port is forwarded under its own number, for an hour") {
    HomeRouter router;
    const Mapper mapper;
    const auto answer = mapper.map(request_to(router.server));
    REQUIRE(answer);
    CHECK(answer->at("outside_address") == "198.50.100.7");
    CHECK(answer->at("outside_port") == 41'977);
    CHECK(answer->at("lease_s") == 3600);
    CHECK(answer->at("router") == "Test & Co router (T1)");
    CHECK(answer->at("ms").is_number_unsigned());
    REQUIRE(router.list.size() == 1);
    CHECK(router.list.at(41'977).client == "127.0.0.1");
    CHECK(router.list.at(41'977).port == 41'977);
    CHECK(router.list.at(41'977).lease == 3600);
    const auto added = router.server.asked("AddPortMapping");
    REQUIRE(added.size() == 1);
    CHECK(added[0].argument("NewProtocol") == "UDP");
    CHECK(added[0].argument("NewPortMappingDescription") == "SessionZero");
    CHECK(mapper.searches == 0);
}

TEST_CASE("a renewal asks the same router for the same outside port, without a search") {
    HomeRouter router;
    router.list[41'977] = {"192.168.1.9", 41'977, 0};
    const Mapper mapper;
    const auto first = mapper.map(request_to(router.server));
    REQUIRE(first);
    const int outside = first->at("outside_port");
    CHECK(outside != 41'977);
    router.list.erase(41'977);  // free by now; it stays with what the players were told
    Json again{{"protocol", "udp"}, {"port", 41'977}, {"previous", first->at("mapping")}};
    const auto second = mapper.map(again);
    REQUIRE(second);
    CHECK(second->at("outside_port") == outside);
    CHECK(router.list.size() == 1);
    CHECK(mapper.searches == 0);
}

TEST_CASE("a router that takes only forwardings without an end gets one") {
    HomeRouter router;
    router.instead = [](const Asked& asked) {
        const bool ends = asked.argument("NewLeaseDuration") != "0";
        return asked.what == "AddPortMapping" && ends
                   ? soap_error(725, "OnlyPermanentLeasesSupported")
                   : std::string();
    };
    const auto answer = Mapper().map(request_to(router.server));
    REQUIRE(answer);
    CHECK(answer->at("lease_s") == 0);
    CHECK(router.list.at(41'977).lease == 0);
}

TEST_CASE("a shorter lease than was asked for is told") {
    HomeRouter router;
    router.instead = [&](const Asked& asked) {
        if (asked.what == "GetSpecificPortMappingEntry" && !router.list.empty())
            router.list.begin()->second.lease = 120;
        return std::string();
    };
    const auto answer = Mapper().map(request_to(router.server));
    REQUIRE(answer);
    CHECK(answer->at("lease_s") == 120);
}

TEST_CASE("a port that is somebody else's is left alone, and another one taken") {
    HomeRouter router;
    router.list[41'977] = {"192.168.1.9", 41'977, 0};
    SECTION("the router says so") {}
    SECTION("the router would give it to whoever asks last") {
        router.instead = [&](const Asked& asked) {
            if (asked.what == "AddPortMapping") router.list.erase(41'977);
            return std::string();
        };
    }
    const auto answer = Mapper().map(request_to(router.server));
    REQUIRE(answer);
    CHECK(answer->at("outside_port") != 41'977);
    CHECK(answer->at("mapping").at("inside_port") == 41'977);
    for (const Asked& asked : router.server.asked("AddPortMapping"))
        CHECK(asked.argument("NewExternalPort") != "41977");
}

TEST_CASE("another program's forwarding on this very computer is somebody else's too") {
    HomeRouter router;
    router.list[41'977] = {"127.0.0.1", 22, 0};
    const auto answer = Mapper().map(request_to(router.server));
    REQUIRE(answer);
    CHECK(answer->at("outside_port") != 41'977);
    CHECK(router.list.at(41'977).port == 22);
}

TEST_CASE("a router of the second version chooses the other port itself") {
    HomeRouter router;
    router.version = "2";
    router.list[41'977] = {"192.168.1.9", 41'977, 0};
    const auto answer = Mapper().map(request_to(router.server));
    REQUIRE(answer);
    CHECK(answer->at("outside_port") == 50'000);
    CHECK(router.list.at(50'000).client == "127.0.0.1");
}

TEST_CASE("where every port is taken, those that were tried are named") {
    HomeRouter router;
    router.instead = [](const Asked& asked) {
        return asked.what == "AddPortMapping" ? soap_error(718, "ConflictInMappingEntry")
                                              : std::string();
    };
    const auto fault = Mapper().fault(request_to(router.server));
    CHECK(fault.code == "SZ-PORT-003");
    CHECK(fault.message.find(": 41977, ") != std::string::npos);
    CHECK(router.server.asked("AddPortMapping").size() == 8);
}

TEST_CASE("a refusal has the router's own words, as text") {
    HomeRouter router;
    router.instead = [](const Asked& asked) {
        return asked.what == "AddPortMapping"
                   ? soap_error(606, "Not &lt;b&gt;you&lt;/b&gt;\n" + std::string(500, 'x'))
                   : std::string();
    };
    const auto fault = Mapper().fault(request_to(router.server));
    CHECK(fault.code == "SZ-PORT-002");
    CHECK(fault.status == SZ_ERR_ENVIRONMENT);
    CHECK(fault.message.find("(error 606, “Not <b>you</b> xxx") != std::string::npos);
    CHECK(fault.message.size() < 300);
    CHECK(fault.hint.find("forward UDP port 41977 to 127.0.0.1 (this computer)") !=
          std::string::npos);
}

TEST_CASE("behind a carrier nothing is forwarded, and what was before is taken back") {
    HomeRouter router;
    const Mapper mapper;
    auto request = request_to(router.server);
    const auto first = mapper.map(request);
    REQUIRE(first);
    REQUIRE(router.list.size() == 1);
    router.address = "100.64.0.11";
    request["previous"] = first->at("mapping");
    const auto fault = mapper.fault(request);
    CHECK(fault.code == "SZ-PORT-004");
    CHECK(fault.message.find("carrier NAT") != std::string::npos);
    CHECK(router.list.empty());
    CHECK(router.server.asked("AddPortMapping").size() == 1);
}

TEST_CASE("a router behind another one, without an address, or not connected") {
    HomeRouter router;
    std::string sentence;
    SECTION("behind another one") {
        router.address = "192.168.0.2";
        sentence = "is behind another router";
    }
    SECTION("an address that is reserved") {
        router.address = "203.0.113.5";
        sentence = "reserved and leads nowhere";
    }
    SECTION("no address") {
        router.address = "0.0.0.0";
        sentence = "has no address in the Internet";
    }
    SECTION("an empty one") {
        router.address = "";
        sentence = "has no address in the Internet";
    }
    SECTION("not connected") {
        router.status = "Disconnected";
        sentence = "is not connected to the Internet";
    }
    const auto fault = Mapper().fault(request_to(router.server));
    CHECK(fault.code == "SZ-PORT-004");
    CHECK(fault.message.find(sentence) != std::string::npos);
    CHECK(router.list.empty());
}

TEST_CASE("a router that keeps its address to itself forwards all the same") {
    HomeRouter router;
    router.instead = [](const Asked& asked) {
        return asked.what == "GetExternalIPAddress" ? soap_error(501, "Action Failed")
                                                    : std::string();
    };
    const auto answer = Mapper().map(request_to(router.server));
    REQUIRE(answer);
    CHECK(answer->at("outside_address") == "");
    CHECK(router.list.size() == 1);
}

TEST_CASE("of several routers the one that is connected is asked") {
    HomeRouter asleep, awake;
    asleep.status = "Disconnected";
    Mapper mapper;
    mapper.found = {*upnp::parse_url(asleep.server.url()), *upnp::parse_url(awake.server.url())};
    const auto answer = mapper.map({{"protocol", "tcp"}, {"port", 41'977}});
    REQUIRE(answer);
    CHECK(mapper.searches == 1);
    CHECK(asleep.list.empty());
    CHECK(awake.list.size() == 1);
    CHECK(awake.server.asked("AddPortMapping")[0].argument("NewProtocol") == "TCP");
}

TEST_CASE("without a router that answers, the sentence says how to do it by hand") {
    const Mapper mapper;
    const auto fault = mapper.fault({{"protocol", "udp"}, {"port", 41'977}});
    CHECK(fault.code == "SZ-PORT-001");
    CHECK(fault.hint.find("forward UDP port 41977 to ") != std::string::npos);
    CHECK(mapper.searches == 1);
}

TEST_CASE("a search is not begun when there is no time for it") {
    const Mapper mapper;
    const auto fault = mapper.fault({{"protocol", "udp"}, {"port", 41'977}, {"patience_ms", 2400}});
    CHECK(fault.code == "SZ-PORT-001");
    CHECK(mapper.searches == 0);
}

TEST_CASE("a router that went away is searched for anew") {
    HomeRouter router;
    Mapper mapper;
    Json gone;
    {
        HomeRouter before;
        const auto first = mapper.map(request_to(before.server));
        REQUIRE(first);
        gone = first->at("mapping");
    }
    mapper.found = {*upnp::parse_url(router.server.url())};
    const auto answer = mapper.map({{"protocol", "udp"}, {"port", 41'977}, {"previous", gone}});
    REQUIRE(answer);
    CHECK(mapper.searches == 1);
    CHECK(router.list.size() == 1);
}

TEST_CASE("a forwarding of ours is taken back, once and again") {
    HomeRouter router;
    const Mapper mapper;
    const auto answer = mapper.map(request_to(router.server));
    REQUIRE(answer);
    CHECK(mapper.unmap(answer->at("mapping")));
    CHECK(router.list.empty());
    CHECK(mapper.unmap(answer->at("mapping")));
}

TEST_CASE("a port that has gone to somebody else is not taken back") {
    HomeRouter router;
    const Mapper mapper;
    const auto answer = mapper.map(request_to(router.server));
    REQUIRE(answer);
    SECTION("to another machine") { router.list[41'977].client = "192.168.1.9"; }
    SECTION("to another program of this one") { router.list[41'977].port = 22; }
    CHECK(mapper.unmap(answer->at("mapping")));
    CHECK(router.list.size() == 1);
    CHECK(router.server.asked("DeletePortMapping").empty());
}

TEST_CASE("a router that is gone cannot be asked to forget") {
    Json mapping;
    {
        HomeRouter router;
        const auto answer = Mapper().map(request_to(router.server));
        REQUIRE(answer);
        mapping = answer->at("mapping");
    }
    const auto left = Mapper().unmap(mapping);
    REQUIRE_FALSE(left);
    CHECK(left.error().code == "SZ-PORT-001");
}
