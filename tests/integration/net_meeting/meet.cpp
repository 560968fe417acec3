// SPDX-License-Identifier: AGPL-3.0-or-later
#include <boost/asio/io_context.hpp>

#include "company.hpp"

using namespace sz;
using namespace sz::net;
using sz::net::testing::Company;
using sz::net::testing::numbered;

TEST_CASE("two programs meet, know each other, and talk, over every transport") {
    const std::string url = GENERATE(as<std::string>{}, "memory://meet", "udp://127.0.0.1:0",
                                     "udp://[::1]:0", "ws://127.0.0.1:0", "ws://[::1]:0");
    CAPTURE(url);
    Company company;
    company.open(url);
    company.call(company.url());
    REQUIRE(company.hears("up " + company.host_identity.key().client_id()));
    REQUIRE(company.hears("guest " + company.player_identity.key().client_id()));
    company.echo(10, 1200);
    CHECK(company.hears("echoed"));
    CHECK(company.times.size() == 10);
    company.fetch(1'500'000);
    CHECK(company.hears("fetched 1500000"));
    CHECK(company.kept.content == numbered(1'500'000));
    // Both can read the same words aloud.
    company.run([&] {
        CHECK(spoken_words(company.conversation->session().connection()->hash()) ==
              spoken_words(company.guests.at(0)->session().connection()->hash()));
        company.door->close("The evening is over.");
    });
    CHECK(company.hears("ended SZ-NET-140 The conversation is over: The evening is over."));
}

TEST_CASE("an address with the host's mark leads to that host, and to no other") {
    Company company;
    company.open("udp://127.0.0.1:0");
    const auto mark = HostMark::short_of(company.host_identity.key().client_id());
    company.call(company.url() + "#" + mark->text());
    CHECK(company.hears("up "));
    const auto other = HostMark::short_of(company.player_identity.key().client_id());
    company.call(company.url() + "#" + other->text());
    REQUIRE(company.hears("failed SZ-NET-010"));
    CHECK(company.last().find(company.host_identity.key().client_id()) != std::string::npos);
    // Who has called is not told to a host that is another.
    REQUIRE(company.hears("turned away SZ-TRANSPORT-004"));
    CHECK(company.guests.size() == 1);
}

TEST_CASE("an address that makes no sense is answered at once") {
    Company company;
    company.call("udp://127.0.0.1:1#nonsense");
    CHECK(company.hears("refused SZ-NET-070"));
    company.call("gopher://x");
    CHECK(company.hears("refused SZ-NET-101"));
    company.call("udp://127.0.0.1:99999");
    CHECK(company.hears("refused SZ-TRANSPORT-001"));
}

TEST_CASE("nobody there is said in a sentence, behind the steps that were taken") {
    Company company;
    company.call("udp://127.0.0.1:9", {{"patience_ms", 600}});
    REQUIRE(company.hears("failed SZ-TRANSPORT-021"));
    CHECK(company.hears("step resolve done 127.0.0.1 is 127.0.0.1."));
    CHECK(company.hears("step cookie begun"));
}

TEST_CASE("a host that closes while somebody is on the way leaves nothing behind") {
    Company company;
    company.open("udp://127.0.0.1:0");
    company.call(company.url(), {{"patience_ms", 1000}});
    company.run([&] { company.door->close("Closed."); });
    // Whichever was quicker.
    CHECK((company.hears("failed") || company.hears("ended")));
}

TEST_CASE("several players have a conversation each") {
    Company company;
    company.open("udp://127.0.0.1:0");
    std::vector<std::shared_ptr<Caller>> callers;
    for (int i = 0; i < 8; ++i) {
        company.call(company.url());
        REQUIRE(company.hears("up "));
        REQUIRE(company.hears("guest "));
        company.run([&] { callers.push_back(company.caller); });
    }
    company.run([&] {
        CHECK(company.guests.size() == 8);
        callers.clear();
        company.caller.reset();
    });
}
