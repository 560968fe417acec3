// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may stay when many come, and who has to go.
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "company.hpp"
#include "kernel/net/meeting/home.hpp"

using namespace sz;
using namespace sz::net;
using namespace std::chrono_literals;
using sz::net::testing::Company;

namespace {

const std::string upgrade =
    "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: sessionzero.1\r\n\r\n";

}  // namespace

TEST_CASE("one home has one address, or one network of IPv6") {
    CHECK(home_of("udp://192.0.2.1:41977") == "192.0.2.1");
    CHECK(home_of("ws://192.0.2.1:80/") == "192.0.2.1");
    CHECK(home_of("udp://[2001:db8:1:2::3]:41977") == "2001:db8:1::");
    CHECK(home_of("udp://[2001:db8:1:ffff::]:1") == home_of("udp://[2001:db8:1:2::3]:41977"));
    CHECK(home_of("udp://[2001:db8:2::3]:1") != home_of("udp://[2001:db8:1::3]:1"));
    CHECK(home_of("udp://[::ffff:192.0.2.1]:5") == "192.0.2.1");
    CHECK(home_of("memory://table") == "memory://table");
    CHECK(home_of("") == "");
    CHECK(home_of("udp://[") == "udp://[");
}

TEST_CASE("who is not admitted in time is ended, and calls no more") {
    Company company;
    company.admits = false;
    company.door_options.admission_ms = 50;
    company.open("udp://127.0.0.1:0");
    company.call(company.url());
    REQUIRE(company.hears("up "));
    CHECK(company.hears("ended SZ-NET-140 The conversation is over: It was not asked for"));
    company.admits = true;
    company.call(company.url());
    REQUIRE(company.hears("up "));
    // Three times as long; nobody ends it.
    const auto until = std::chrono::steady_clock::now() + 150ms;
    while (std::chrono::steady_clock::now() < until) {
        company.echo(5, 10);
        REQUIRE(company.hears("echoed"));
    }
}

TEST_CASE("when all places are taken, who comes is told so once") {
    Company company;
    company.door_options.guests_max = 1;
    company.open("udp://127.0.0.1:0");
    company.call(company.url());
    REQUIRE(company.hears("up "));
    REQUIRE(company.hears("guest "));
    std::shared_ptr<Caller> first;
    company.run([&] { first = company.caller; });
    company.call(company.url());
    CHECK(company.hears("turned away SZ-NET-052"));
    CHECK(company.hears("ended SZ-NET-052"));
    company.run([&] { first.reset(); });
}

TEST_CASE("who was not admitted makes room, and who was does not") {
    Company company;
    company.door_options.guests_max = 2;
    company.open("udp://127.0.0.1:0");
    std::vector<std::shared_ptr<Caller>> callers;
    const auto call = [&] {
        company.call(company.url());
        REQUIRE(company.hears("up "));
        REQUIRE(company.hears("guest "));
        company.run([&] { callers.push_back(company.caller); });
    };
    call();
    company.admits = false;
    call();
    call();
    CHECK(company.hears("ended SZ-NET-140 The conversation is over: Others came meanwhile"));
    company.run([&] {
        CHECK(company.guests[0]->session().state() == Session::State::up);
        CHECK(company.guests[1]->session().state() == Session::State::ended);
        CHECK(company.guests[2]->session().state() != Session::State::ended);
        callers.clear();
    });
}

TEST_CASE("of one home only so many wait to be admitted") {
    Company company;
    company.admits = false;
    company.door_options.unadmitted_from_one_max = 2;
    company.open("udp://127.0.0.1:0");
    std::vector<std::shared_ptr<Caller>> callers;
    for (int i = 0; i < 3; ++i) {
        company.call(company.url());
        REQUIRE(company.hears("up "));
        REQUIRE(company.hears("guest "));
        company.run([&] { callers.push_back(company.caller); });
    }
    CHECK(company.hears("ended SZ-NET-140 The conversation is over: Others came meanwhile"));
    company.run([&] {
        CHECK(company.guests[0]->session().state() == Session::State::ended);
        CHECK(company.guests[1]->session().state() == Session::State::up);
        CHECK(company.guests[2]->session().state() != Session::State::ended);
        callers.clear();
    });
}

TEST_CASE("a crowd that opens WebSockets and says nothing keeps nobody out") {
    Company company;
    company.open("ws://127.0.0.1:0");
    boost::asio::io_context io;
    std::vector<boost::asio::ip::tcp::socket> silent;
    for (int i = 0; i < 200; ++i) {
        auto& one = silent.emplace_back(io);
        one.connect({boost::asio::ip::address_v4::loopback(), company.address.port});
        boost::asio::write(one, boost::asio::buffer(upgrade));
        std::array<char, 12> answer{};
        boost::asio::read(one, boost::asio::buffer(answer));
        CHECK(std::string(answer.data(), answer.size()) == "HTTP/1.1 101");
    }
    const auto begun = std::chrono::steady_clock::now();
    company.call(company.url());
    REQUIRE(company.hears("up "));
    company.echo(1, 1);
    REQUIRE(company.hears("echoed"));
    CHECK(std::chrono::steady_clock::now() - begun < 2s);
    CHECK(company.hears("turned away SZ-NET-053"));
}

TEST_CASE("a crowd with names of its own, but no business, keeps nobody out") {
    Company company;
    company.admits = false;
    company.door_options.guests_max = 2;
    company.open("udp://127.0.0.1:0");
    std::vector<std::shared_ptr<Caller>> crowd;
    for (int i = 0; i < 120; ++i) {  // more than the transport lets in at a time
        company.call(company.url());
        REQUIRE(company.hears("up "));
        company.run([&] { crowd.push_back(company.caller); });
    }
    const auto begun = std::chrono::steady_clock::now();
    company.run([&] { company.admits = true; });
    company.call(company.url());
    REQUIRE(company.hears("up "));
    company.echo(1, 1);
    REQUIRE(company.hears("echoed"));
    CHECK(std::chrono::steady_clock::now() - begun < 2s);
    company.run([&] { crowd.clear(); });
}

TEST_CASE("who says what no protocol expects, again and again, is ended") {
    Company company;
    company.open("udp://127.0.0.1:0");
    company.call(company.url());
    REQUIRE(company.hears("up "));
    company.run([&] {
        for (std::size_t i = 0; i < limits::net_deviations_max; ++i)
            REQUIRE(company.conversation->session().send(SZ_CHANNEL_PLAY, "\x7f nonsense"));
    });
    company.echo(1, 1);  // whatever is said next takes it along
    CHECK(company.hears("ended SZ-NET-140 The conversation is over: Too much was said"));
    company.run([&] { CHECK(company.guests.at(0)->session().state() == Session::State::ended); });
}
