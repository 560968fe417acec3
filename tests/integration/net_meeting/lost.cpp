// SPDX-License-Identifier: AGPL-3.0-or-later
// Connections that are lost, and conversations that are not.
#include <boost/asio/io_context.hpp>

#include "company.hpp"
#include "tests/support/relay.hpp"

using namespace sz;
using namespace sz::net;
using namespace std::chrono_literals;
using sz::net::testing::Company;
using sz::net::testing::numbered;

TEST_CASE("a stream that is cut in the middle of a transfer is taken up where it was") {
    Company company;
    company.open("ws://127.0.0.1:0");
    test::TcpRelay relay(company.address.port);
    company.call("ws://127.0.0.1:" + std::to_string(relay.port()) + "/");
    REQUIRE(company.hears("up "));
    // From inside the transfer, at three places.
    std::size_t next = 700'000;
    company.kept.grown = [&](std::size_t size) {
        if (size < next) return;
        next += 900'000;
        company.note("cut");
    };
    company.fetch(3'000'000);
    for (int i = 0; i < 3; ++i) {
        REQUIRE(company.hears("cut"));
        relay.cut();
        REQUIRE(company.hears("waiting"));
        REQUIRE(company.hears("back"));
    }
    CHECK(company.hears("fetched 3000000"));
    CHECK(company.kept.content == numbered(3'000'000));
    CHECK(company.guests.size() == 1);
}

TEST_CASE("a role is as patient as its conversation while the connection is lost") {
    Company company;
    company.open("ws://127.0.0.1:0");
    test::TcpRelay relay(company.address.port);
    company.call("ws://127.0.0.1:" + std::to_string(relay.port()) + "/");
    REQUIRE(company.hears("up "));
    bool is_cut = false;
    company.kept.grown = [&](std::size_t size) {
        if (size >= 500'000 && !std::exchange(is_cut, true)) company.note("cut");
    };
    company.fetch(3'000'000, 200ms);
    REQUIRE(company.hears("cut"));
    relay.lead_to(9);  // nobody
    relay.cut();
    REQUIRE(company.hears("waiting"));
    CHECK_FALSE(company.hears("not fetched", 1s));
    relay.lead_to(company.address.port);
    REQUIRE(company.hears("back"));
    CHECK(company.hears("fetched 3000000"));
    CHECK(company.kept.content == numbered(3'000'000));
}

TEST_CASE("a path that goes silent is called again, and nothing is lost or said twice") {
    Company company;
    company.open("udp://127.0.0.1:0");
    test::UdpRelay relay(company.address.port);
    company.call(relay.url());
    REQUIRE(company.hears("up "));
    company.echo(2, 10);
    REQUIRE(company.hears("echoed"));
    relay.cut();
    company.fetch(200'000);
    REQUIRE(company.hears("waiting"));
    relay.mend();
    REQUIRE(company.hears("back"));
    CHECK(company.hears("fetched 200000"));
    CHECK(company.kept.content == numbered(200'000));
    CHECK(company.guests.size() == 1);
}

TEST_CASE("a player whose address changes goes on as if nothing were") {
    Company company;
    company.open("udp://127.0.0.1:0");
    test::UdpRelay relay(company.address.port);
    company.call(relay.url());
    REQUIRE(company.hears("up "));
    company.echo(2, 10);
    REQUIRE(company.hears("echoed"));
    std::string before;
    company.run([&] { before = company.guests.at(0)->peer_address(); });
    relay.change_address();
    company.fetch(200'000);
    CHECK(company.hears("fetched 200000"));
    company.run([&] { CHECK(company.guests.at(0)->peer_address() != before); });
    const std::lock_guard lock(company.mutex());
    CHECK(std::find(company.heard.begin(), company.heard.end(), "waiting") == company.heard.end());
}

TEST_CASE("who answers in the host's place is told nothing, and the host is looked for on") {
    Company company;
    company.open("ws://127.0.0.1:0");
    test::TcpRelay relay(company.address.port);
    company.call("ws://127.0.0.1:" + std::to_string(relay.port()) + "/");
    REQUIRE(company.hears("up "));
    company.echo(2, 10);
    REQUIRE(company.hears("echoed"));

    test::FakeIdentity identity(3, "Somebody else");
    Place place{company.kernel, company.transports, identity, identity.key().client_id()};
    std::shared_ptr<Door> other;
    company.run([&] {
        Door::Events events;
        events.listening = [&](const TransportListener::Address& where) {
            relay.lead_to(where.port);
            company.note("other listens");
        };
        events.guest = [&](const std::shared_ptr<Conversation>&) { company.note("other guest"); };
        events.turned_away = [&](const Error&) { company.note("other was left"); };
        other = std::make_shared<Door>(place, std::move(events));
        REQUIRE(other->listen("ws://127.0.0.1:0", Json::object()));
    });
    REQUIRE(company.hears("other listens"));
    relay.cut();
    REQUIRE(company.hears("waiting"));
    REQUIRE(company.hears("other was left"));
    relay.lead_to(company.address.port);
    CHECK(company.hears("back"));
    company.echo(2, 10);
    CHECK(company.hears("echoed"));
    CHECK_FALSE(company.hears("other guest", 0s));
    CHECK(company.guests.size() == 1);
    company.run([&] { other.reset(); });
}

TEST_CASE("datagrams that are lost, repeated and out of order bring everything once") {
    Company company;
    company.open("udp://127.0.0.1:0");
    test::UdpRelay relay(company.address.port);
    company.call(relay.url());
    REQUIRE(company.hears("up "));
    unsigned count = 0;
    std::string late;
    relay.treat([&](test::UdpRelay::Way, std::string datagram) {
        ++count;
        if (count % 11 == 0) return std::vector<std::string>{};
        if (count % 7 == 0) return std::vector{datagram, datagram};
        if (count % 5 == 0) {
            std::swap(late, datagram);
            return datagram.empty() ? std::vector<std::string>{} : std::vector{datagram};
        }
        return std::vector{datagram};
    });
    company.fetch(300'000);
    CHECK(company.hears("fetched 300000"));
    CHECK(company.kept.content == numbered(300'000));
    relay.mend();
}

TEST_CASE("something large is read as the transport takes it, not all at once") {
    Company company;
    company.open("udp://127.0.0.1:0");
    test::UdpRelay relay(company.address.port);
    company.call(relay.url());
    REQUIRE(company.hears("up "));
    company.echo(2, 10);
    REQUIRE(company.hears("echoed"));
    relay.treat([](test::UdpRelay::Way way, const std::string& datagram) {
        return way == test::UdpRelay::Way::to_host ? std::vector{datagram}
                                                   : std::vector<std::string>{};
    });
    company.fetch(3'000'000);
    REQUIRE(company.hears("given"));
    std::size_t given = 0;
    company.run([&] { given = company.given; });
    // 16 pieces wait, and 128 KiB in the transport's line; what that may send is less.
    CHECK(given < 400'000);
    relay.mend();
    CHECK(company.hears("fetched 3000000"));
    CHECK(company.kept.content == numbered(3'000'000));
}
