// SPDX-License-Identifier: AGPL-3.0-or-later
// Much at once over one connection, and an end in the middle of it.
#include <boost/asio/io_context.hpp>

#include "company.hpp"
#include "tests/support/relay.hpp"

using namespace sz;
using namespace sz::net;
using namespace std::chrono_literals;
using sz::net::testing::Company;
using sz::net::testing::numbered;

TEST_CASE("what is refused beside a transfer does not stop it") {
    Company company;
    company.open("udp://127.0.0.1:0");
    test::UdpRelay relay(company.address.port);
    company.call(relay.url());
    REQUIRE(company.hears("up "));
    // A way that loses: there is room now and then, for a little.
    unsigned count = 0;
    relay.treat([&](test::UdpRelay::Way, const std::string& datagram) {
        return ++count % 4 == 0 ? std::vector<std::string>{} : std::vector{datagram};
    });
    // Each is refused on bulk, where the transfer has taken all room; echoes go beside it.
    std::size_t asked = 0;
    company.kept.grown = [&](std::size_t size) {
        if (size < asked * 10'000) return;
        ++asked;
        (void)company.conversation->protocols().open<Doctor::Guest, Doctor::Host>("Nothing",
                                                                                  SZ_CHANNEL_BULK);
    };
    company.fetch(400'000, 5s);
    company.echo(50, 100);
    CHECK(company.hears("fetched 400000"));
    CHECK(company.kept.content == numbered(400'000));
    CHECK(company.hears("echoed"));
    CHECK(asked > 30);
    relay.mend();
}

TEST_CASE("an end in the middle of a transfer is told with its reason, and nobody calls again") {
    const std::string url = GENERATE(as<std::string>{}, "udp://127.0.0.1:0", "ws://127.0.0.1:0");
    Company company;
    company.open(url);
    company.call(company.url());
    REQUIRE(company.hears("up "));
    bool is_late = false;
    company.kept.grown = [&](std::size_t size) {
        if (size >= 500'000 && !std::exchange(is_late, true)) company.note("late");
    };
    company.fetch(4'000'000);
    REQUIRE(company.hears("late"));
    company.run([&] { company.door->close("It is late."); });
    CHECK(company.hears("ended SZ-NET-140 The conversation is over: It is late."));
}
