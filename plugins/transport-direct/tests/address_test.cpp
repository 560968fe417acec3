// SPDX-License-Identifier: AGPL-3.0-or-later
#include "../address.hpp"

#include "../candidates.hpp"
#include "tests/support/catch.hpp"

using namespace direct;

namespace {

// "HOST PORT PATH", or the code of what is wrong.
std::string read(const std::string& url, Use use = Use::connecting) {
    const auto found = parse_address(url, use);
    if (!found) return found.error().code;
    return found->host + " " + std::to_string(found->port) + " " + found->path;
}

}  // namespace

TEST_CASE("an address is taken apart") {
    CHECK(read("udp://example.org:5000") == "example.org 5000 /");
    CHECK(read("UDP://192.0.2.1") == "192.0.2.1 41977 /");
    CHECK(read("ws://example.org") == "example.org 80 /");
    CHECK(read("wss://example.org/a/table?key=1") == "example.org 443 /a/table?key=1");
    CHECK(read("wss://[2001:db8::1]:8443/") == "2001:db8::1 8443 /");
    CHECK(read("ws://[2001:db8::1]") == "2001:db8::1 80 /");
    CHECK(read("ws://example.org:1") == "example.org 1 /");
    CHECK(read("ws://example.org:65535") == "example.org 65535 /");
}

TEST_CASE("listening has words of its own for everywhere and for any port") {
    CHECK(read("ws://", Use::listening) == " 41977 /");
    CHECK(read("ws://*:0", Use::listening) == "* 0 /");
    CHECK(read("ws://:5000", Use::listening) == " 5000 /");
    CHECK(read("ws://[::]:0", Use::listening) == ":: 0 /");
}

TEST_CASE("an address that makes no sense is refused") {
    for (const char* url : {"",
                            "here",
                            "ws:/here",
                            "://here",
                            "ws://",
                            "ws://*",
                            "ws://0.0.0.0:1",
                            "ws://[::]:1",
                            "ws://here:",
                            "ws://here:0",
                            "ws://here:65536",
                            "ws://here:99999999999999999999",
                            "ws://here:12x",
                            "ws://a b",
                            "ws://a\nb",
                            "ws://a\\b",
                            "ws://a%00b",
                            "ws://me@here",
                            "ws://[::1",
                            "ws://[::1]x:5"}) {
        INFO(url);
        CHECK(read(url) == "SZ-TRANSPORT-001");
    }
}

TEST_CASE("an address and the name in it are as long as they may be, and not longer") {
    const std::string name = std::string(253, 'a');
    CHECK(read("ws://" + name) == name + " 80 /");
    CHECK(read("ws://" + name + "a") == "SZ-TRANSPORT-001");
    const std::string path(2000 - 9, 'p');  // "ws://x.y/" has nine
    CHECK(read("ws://x.y/" + path) == "x.y 80 /" + path);
    CHECK(read("ws://x.y/" + path + "p") == "SZ-TRANSPORT-001");
}

TEST_CASE("a URL has brackets around an IPv6 address") {
    CHECK(url_of("udp", "2001:db8::1", 5) == "udp://[2001:db8::1]:5");
    CHECK(url_of("udp", "192.0.2.1", 5) == "udp://192.0.2.1:5");
}

TEST_CASE("it is known how far an address reaches") {
    const auto scope = [](const char* address) { return std::string(candidate(address).scope); };
    CHECK(scope("127.0.0.1") == "loopback");
    CHECK(scope("::1") == "loopback");
    CHECK(scope("169.254.1.2") == "link");
    CHECK(scope("10.0.0.1") == "home");
    CHECK(scope("172.16.0.1") == "home");
    CHECK(scope("172.31.255.255") == "home");
    CHECK(scope("172.32.0.1") == "public");
    CHECK(scope("192.168.1.1") == "home");
    CHECK(scope("100.64.0.1") == "home");
    CHECK(scope("100.127.255.255") == "home");
    CHECK(scope("100.128.0.1") == "public");
    CHECK(scope("fd00::1") == "home");
    CHECK(scope("8.8.8.8") == "public");
    CHECK(scope("2001:db8::1") == "public");
    CHECK(candidate("2001:db8::1").family == "ipv6");
    CHECK(candidate("192.0.2.1").family == "ipv4");
}

TEST_CASE("this machine has a loopback address, told last") {
    const auto all = addresses_of_this_machine();
    REQUIRE_FALSE(all.empty());
    CHECK(all.back().scope == "loopback");
    for (const auto& one : all) CHECK(one.address.find("fe80") != 0);
}
