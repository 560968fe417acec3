// SPDX-License-Identifier: AGPL-3.0-or-later
// Those who come to ws:// with something else in mind: none of them costs more than a bounded
// amount, and an honest one still gets in.
#include "../web/listener.hpp"

#include <memory>
#include <vector>

#include "host.hpp"
#include "raw.hpp"
#include "tests/support/catch.hpp"

using namespace direct;
using namespace direct::test;

namespace {

struct Open {
    explicit Open(const web::Times& times = {}) : host(times) {}
    Host host;
    Handle listener = host.listen("ws://127.0.0.1:0");
    std::uint16_t port = host.port(listener);

    // What is answered to these bytes, up to the end.
    [[nodiscard]] std::string answer(const std::string& bytes) const {
        Raw raw(port);
        raw.write(bytes);
        return raw.read();
    }
    void let_an_honest_one_in() {
        CHECK(host.wait_open(host.connect(host.url(listener))).why == 0);
    }
};

std::string request(std::size_t bytes) {
    std::string text = "GET / HTTP/1.1\r\nHost: x\r\nX: \r\n\r\n";
    return text.insert(text.size() - 4, std::string(bytes - text.size(), 'x'));
}

// A stranger with a WebSocket who sends one frame, and what becomes of them.
Told after_frame(const std::string& content, int first = 0x82) {
    Open open;
    Raw raw(open.port);
    raw.upgrade();
    const Handle server = open.host.wait_accepted(open.listener);
    raw.write_frame(content, first);
    raw.read();  // they may be told that the WebSocket ends
    raw.close();
    const Told told = open.host.wait_closed(server);
    open.let_an_honest_one_in();
    return told;
}

}  // namespace

TEST_CASE("garbage is answered shortly, and nobody is let in") {
    Open open;
    CHECK_THAT(open.answer("\x16\x03\x01\x02\r\n\r\n"), ContainsSubstring("HTTP/1.1 400"));
    CHECK_THAT(open.answer("EHLO here\r\n\r\n"), ContainsSubstring("HTTP/1.1 400"));
    CHECK_THAT(open.answer(std::string(100'000, 'x')), ContainsSubstring("HTTP/1.1 400"));
    CHECK(open.host.wait_open(open.listener).accepted.empty());
    open.let_an_honest_one_in();
}

TEST_CASE("a request that asks for no WebSocket is told what this is") {
    Open open;
    const std::string answer = open.answer("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK_THAT(answer, ContainsSubstring("HTTP/1.1 426"));
    CHECK_THAT(answer, ContainsSubstring("Upgrade: websocket\r\n"));
    CHECK_THAT(answer, ContainsSubstring("This is a SessionZero table."));
    CHECK(answer.size() < 400);
}

TEST_CASE("an upgrade is answered as RFC 6455 says") {
    Open open;
    Raw raw(open.port);
    const std::string answer = raw.upgrade();
    CHECK_THAT(answer, ContainsSubstring("HTTP/1.1 101"));
    CHECK_THAT(answer, ContainsSubstring("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));  // section 1.3
}

TEST_CASE("a request is as long as it may be, and not longer") {
    Open open;
    CHECK_THAT(open.answer(request(8192)), ContainsSubstring("HTTP/1.1 426"));
    CHECK_THAT(open.answer(request(8193)), ContainsSubstring("HTTP/1.1 400"));
}

TEST_CASE("of those who say nothing, the oldest has to go for one more") {
    Open open;
    std::vector<std::unique_ptr<Raw>> silent;
    for (std::size_t i = 0; i < web::half_open_max + 1; ++i)
        silent.push_back(std::make_unique<Raw>(open.port));
    CHECK(silent.front()->read().empty());  // hung up
    open.let_an_honest_one_in();
    silent.back()->write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK_THAT(silent.back()->read("\r\n"), ContainsSubstring("HTTP/1.1 426"));
}

TEST_CASE("somebody who takes too long to ask is hung up on") {
    web::Times times;
    times.handshake_max = std::chrono::milliseconds(20);
    Open open(times);
    Raw raw(open.port);
    raw.write("GET / HTTP/1.1\r\nHost: x\r\nX: ");
    CHECK(raw.read().empty());
}

TEST_CASE("a thousand who come and go leave nothing behind") {
    Open open;
    for (int i = 0; i < 1000; ++i) Raw(open.port).write("GET ");
    open.let_an_honest_one_in();
    CHECK(open.host.wait_open(open.listener).accepted.size() == 1);
}

TEST_CASE("a message is as long as it may be, and not longer") {
    {
        Open open;
        Raw raw(open.port);
        raw.upgrade();
        const Handle server = open.host.wait_accepted(open.listener);
        raw.write_frame('\1' + std::string(16384, 'm'));
        CHECK(open.host.wait_messages(server, 1).messages.front() ==
              "1:" + std::string(16384, 'm'));
    }
    const Told told = after_frame('\1' + std::string(16385, 'm'));
    CHECK(told.why == SZ_CLOSED_REFUSED);
    CHECK(told.closed.at("code") == "SZ-TRANSPORT-007");
    CHECK_THAT(told.closed.at("message").get<std::string>(), ContainsSubstring("too long"));
}

TEST_CASE("what is no message of ours ends the connection") {
    for (const std::string& content :
         {std::string(), std::string(1, '\0'), std::string(1, '\1'), std::string("\x05what"),
          std::string("\xFFwhat"), std::string("\x03short")}) {
        Open open;
        Raw raw(open.port);
        raw.upgrade();
        const Handle server = open.host.wait_accepted(open.listener);
        raw.write_frame(content);
        const Told told = open.host.wait_closed(server);
        CHECK(told.why == SZ_CLOSED_REFUSED);
        CHECK(told.messages.empty());
    }
}

TEST_CASE("frames that are none end the connection") {
    CHECK(after_frame("text", 0x81).why == SZ_CLOSED_REFUSED);
    CHECK(after_frame("reserved", 0xC2).why == SZ_CLOSED_REFUSED);
    CHECK(after_frame("opcode", 0x83).why == SZ_CLOSED_REFUSED);
}

TEST_CASE("nothing comes after a goodbye") {
    Open open;
    Raw raw(open.port);
    raw.upgrade();
    const Handle server = open.host.wait_accepted(open.listener);
    raw.write_frame("\x02that is all");
    raw.write_frame(std::string("\0more", 5));
    CHECK(open.host.wait_closed(server).why == SZ_CLOSED_REFUSED);
}

TEST_CASE("a reason is what a peer chose, and is tamed") {
    Open open;
    Raw raw(open.port);
    raw.upgrade();
    const Handle server = open.host.wait_accepted(open.listener);
    raw.write_frame("\x02" + std::string(2000, '\xFF'));
    raw.write_frame("\x03\xE8", 0x88);
    raw.read();
    raw.close();
    const Told told = open.host.wait_closed(server);
    CHECK(told.why == SZ_CLOSED_PEER);
    CHECK(told.closed.at("reason").get<std::string>().size() == 3 * 1000);  // U+FFFD each
}

namespace {

// Sends bulk until nothing moves any more: how many messages were taken.
std::size_t fill(Open& open, Handle server) {
    const std::string message(4096, 'm');
    std::size_t taken = 0;
    sz_status status = SZ_OK;
    // The network takes some of it as long as it is not full; a pause of its thread is no end.
    std::uint64_t sent = 0;
    for (int unmoved = 0; unmoved < 2000; ++unmoved) {
        status = open.host->send(server, SZ_CHANNEL_BULK, message);
        if (status == SZ_OK) ++taken;
        const auto now = Json::parse(*open.host->statistics(server)).at("sent_messages");
        if (status == SZ_OK || now != sent) unmoved = 0;
        sent = now.get<std::uint64_t>();
        REQUIRE(taken < 8000);  // 32 MB
    }
    CHECK(status == SZ_ERR_LIMIT);
    return taken;
}

}  // namespace

TEST_CASE("a reader who has stopped costs a bounded amount, and delays nobody") {
    Open open;
    Raw raw(open.port);
    raw.upgrade();
    const Handle server = open.host.wait_accepted(open.listener);
    // What waits here, one message that is being written, and what the system has of it.
    CHECK(fill(open, server) * 4096 <= (128 + 4 + 124) * 1024);
    const Json figures = Json::parse(*open.host->statistics(server));
    CHECK(figures.at("queued_bytes") <= 128 * 1024);
    open.let_an_honest_one_in();
    CHECK(open.host->close(server, "") == SZ_OK);
    raw.close();
    CHECK(open.host.wait_closed(server).why == SZ_CLOSED_HERE);
}

TEST_CASE("a message on play overtakes all of the bulk that a slow reader has not had yet") {
    Open open;
    Raw raw(open.port);
    raw.upgrade();
    const Handle server = open.host.wait_accepted(open.listener);
    const std::size_t sent = fill(open, server);
    CHECK(open.host->send(server, SZ_CHANNEL_PLAY, "now") == SZ_OK);
    std::size_t before = 0, behind = 0;
    bool is_there = false;
    while (before + behind < sent) {
        const std::string frame = raw.read_frame();
        REQUIRE_FALSE(frame.empty());
        if (frame[0] == '\1') ++(is_there ? behind : before);
        if (frame[0] == '\0') is_there = true;
    }
    CHECK(is_there);
    CHECK(behind >= 30);  // of the 32 that the channel has room for
}
