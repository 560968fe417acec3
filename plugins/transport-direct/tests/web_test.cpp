// SPDX-License-Identifier: AGPL-3.0-or-later
// ws:// between friends, and with servers that are something else.
#include "host.hpp"
#include "raw.hpp"
#include "tests/support/catch.hpp"

using namespace direct;
using namespace direct::test;

namespace {

std::string at(std::uint16_t port) { return "ws://127.0.0.1:" + std::to_string(port); }

// What a client is told when a server answers like this.
Told told_by(const std::string& answer) {
    Host host;
    RawServer server;
    const Handle client = host.connect(at(server.port()) + "/some/table?x=1");
    Raw raw(server.acceptor());
    CHECK_THAT(raw.read("\r\n\r\n"), ContainsSubstring("GET /some/table?x=1 HTTP/1.1\r\n"));
    raw.write(answer);
    raw.close();
    return host.wait_closed(client);
}

}  // namespace

TEST_CASE("a way that works is told step by step") {
    Host host;
    const Handle listener = host.listen("ws://127.0.0.1:0");
    const Told client = host.wait_open(host.connect(host.url(listener)));
    CHECK(client.opened.at("peer") == host.url(listener));
    CHECK(client.steps == std::vector<std::string>{"connect begun", "connect done", "upgrade begun",
                                                   "upgrade done"});
    const Told told = host.wait_open(listener);
    CHECK(told.steps == std::vector<std::string>{"socket begun", "socket done"});
    CHECK(told.opened.at("protocol") == "tcp");
    CHECK(told.candidates ==
          std::vector<Json>{
              {{"url", host.url(listener)}, {"family", "ipv4"}, {"scope", "loopback"}}});
}

TEST_CASE("everywhere is IPv4 and IPv6, and a name is found in either") {
    Host host;
    const Handle listener = host.listen("ws://*:0");
    const std::string port = std::to_string(host.port(listener));
    CHECK(host.wait_open(host.connect("ws://127.0.0.1:" + port)).why == 0);
    CHECK(host.wait_open(host.connect("ws://localhost:" + port)).why == 0);
    CHECK_FALSE(host.wait_open(listener).candidates.empty());
    if (host.url(listener).find("[::]") == std::string::npos) SKIP("this machine has no IPv6");
    CHECK(host.wait_open(host.connect("ws://[::1]:" + port)).why == 0);
}

TEST_CASE("a name that stands for two addresses is tried at both") {
    Host host;
    const Handle listener = host.listen("ws://127.0.0.1:0");  // and not at ::1
    const Told told =
        host.wait_open(host.connect("ws://localhost:" + std::to_string(host.port(listener))));
    CHECK(told.why == 0);
    CHECK(told.steps.front() == "resolve begun");
}

TEST_CASE("a port that is taken, and an address of others, are told apart") {
    Host host;
    const Handle listener = host.listen("ws://127.0.0.1:0");
    const Told taken = host.wait_closed(host.listen(host.url(listener)));
    CHECK(taken.why == SZ_CLOSED_FAILED);
    CHECK(taken.closed.at("code") == "SZ-TRANSPORT-010");
    CHECK_THAT(taken.closed.at("message").get<std::string>(),
               ContainsSubstring("taken by another program"));
    const Told elsewhere = host.wait_closed(host.listen("ws://192.0.2.1:0"));
    CHECK(elsewhere.closed.at("message") == "192.0.2.1 is not an address of this machine.");
}

TEST_CASE("a server that is no table is told by what it answers") {
    const auto message = [](const std::string& answer) {
        const Told told = told_by(answer);
        CHECK(told.why == SZ_CLOSED_FAILED);
        CHECK(told.closed.at("code") == "SZ-TRANSPORT-035");
        CHECK(told.steps.back() == "upgrade failed");
        return told.closed.at("message").get<std::string>();
    };
    CHECK_THAT(message("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"),
               ContainsSubstring("knows no such place (HTTP 404)"));
    CHECK_THAT(message("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"),
               ContainsSubstring("answered with HTTP 200"));
    CHECK_THAT(message("SSH-2.0-OpenSSH_9.2\r\n\r\n"), ContainsSubstring("is no table"));
    CHECK_THAT(message(""), ContainsSubstring("is no table"));
    CHECK_THAT(message("HTTP/1.1 200 OK\r\nX: " + std::string(9000, 'x') + "\r\n\r\n"),
               ContainsSubstring("is no table"));
}

TEST_CASE("who gets no answer has patience for as long as they said") {
    Host host;
    RawServer server;
    const Handle client = host.connect(at(server.port()), {{"patience_ms", 50}});
    const Told told = host.wait_closed(client);
    CHECK(told.why == SZ_CLOSED_FAILED);
    CHECK(told.closed.at("code") == "SZ-TRANSPORT-025");
    CHECK(told.steps.back() == "upgrade failed");
}

TEST_CASE("a host without room says so over HTTP") {
    Host host;
    const Handle listener = host.listen("ws://127.0.0.1:0", {{"connections_max", 1}});
    host.wait_open(host.connect(host.url(listener)));
    const Told told = host.wait_closed(host.connect(host.url(listener)));
    CHECK(told.why == SZ_CLOSED_FAILED);
    CHECK(told.closed.at("code") == "SZ-TRANSPORT-022");
    CHECK(told.closed.at("reason") == "There is no room for another connection.");
    CHECK(Json::parse(*host->statistics(listener)) == Json{{"connections", 1}, {"refused", 1}});
}

TEST_CASE("somebody who falls silent is told of, heard again, and given up in the end") {
    web::Times times;
    times.ping_every = std::chrono::milliseconds(5);
    times.silent_after = std::chrono::milliseconds(20);
    times.lost_after = std::chrono::milliseconds(200);
    Host host(times);
    const Handle listener = host.listen("ws://127.0.0.1:0");
    Raw raw(host.port(listener));
    raw.upgrade();
    const Handle server = host.wait_accepted(listener);
    host.wait(server, [](const Told& t) { return t.paths.size() == 1; });
    raw.write_frame(std::string("\0still here", 11));
    host.wait(server, [](const Told& t) { return t.paths.size() >= 2; });
    const Told told = host.wait_closed(server);
    CHECK(told.why == SZ_CLOSED_LOST);
    CHECK(told.closed.at("code") == "SZ-TRANSPORT-005");
    CHECK(told.paths == std::vector<std::uint32_t>{SZ_PATH_SILENT, SZ_PATH_ALIVE, SZ_PATH_SILENT});
}

TEST_CASE("pings come back as they are, and measure the way") {
    web::Times times;
    times.ping_every = std::chrono::milliseconds(1);
    Host host(times);
    const Handle listener = host.listen("ws://127.0.0.1:0");
    const Handle client = host.connect(host.url(listener));
    host.wait_open(client);
    const Handle server = host.wait_accepted(listener);
    for (const Handle end : {client, server}) {
        Json figures;
        do figures = Json::parse(*host->statistics(end));
        while (!figures.contains("round_trip_ms"));
        CHECK(figures.at("round_trip_ms") >= 0);
    }
    Raw raw(host.port(listener));
    raw.upgrade();
    raw.write_frame(std::string("\x03") + "12345678");
    CHECK_THAT(raw.read("12345678"), ContainsSubstring(std::string("\x82\x09\x04") + "12345678"));
}

TEST_CASE("a reason goes before the end, in a message of its own") {
    Host host;
    const Handle listener = host.listen("ws://127.0.0.1:0");
    Raw raw(host.port(listener));
    raw.upgrade();
    const Handle server = host.wait_accepted(listener);
    CHECK(raw.read_bytes(11).substr(0, 3) == "\x82\x09\x03");  // the first ping
    CHECK(host->send(server, SZ_CHANNEL_BULK, "last") == SZ_OK);
    CHECK(host->close(server, "Good night") == SZ_OK);
    // What was sent; the goodbye; a frame that closes with 1000 (RFC 6455, section 7.4.1).
    CHECK(raw.read_bytes(7) == std::string("\x82\x05\x01") + "last");
    CHECK(raw.read_bytes(13) == std::string("\x82\x0b\x02") + "Good night");
    CHECK(raw.read_bytes(4) == "\x88\x02\x03\xE8");
    raw.write_frame("\x03\xE8", 0x88);
    CHECK(raw.read().empty());
    raw.close();
    const Told told = host.wait_closed(server);
    CHECK(told.why == SZ_CLOSED_HERE);
    CHECK(told.closed.at("reason") == "Good night");
}

TEST_CASE("somebody who does not answer a goodbye is left after a while") {
    web::Times times;
    times.goodbye_max = std::chrono::milliseconds(20);
    Host host(times);
    const Handle listener = host.listen("ws://127.0.0.1:0");
    Raw raw(host.port(listener));
    raw.upgrade();
    const Handle server = host.wait_accepted(listener);
    CHECK(host->close(server, "enough") == SZ_OK);
    CHECK(host.wait_closed(server).why == SZ_CLOSED_HERE);
}

TEST_CASE("a peer that is gone without a word was lost") {
    Host host;
    const Handle listener = host.listen("ws://127.0.0.1:0");
    Raw raw(host.port(listener));
    raw.upgrade();
    const Handle server = host.wait_accepted(listener);
    raw.close();
    CHECK(host.wait_closed(server).why == SZ_CLOSED_LOST);
}
