// SPDX-License-Identifier: AGPL-3.0-or-later
// The conformance suite of transports on each of ours, as a third party runs it on theirs.
#include <utility>

#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <iterator>
#include <string>
#include <sz/cpp/json.hpp>
#include <vector>

#include "certificates.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace direct::test;
using sz::plugin::Json;

namespace {

void keeps_every_rule(std::vector<std::string> words) {
    words.insert(words.begin(), "--json");
    words.push_back(SZ_BUILD "/plugins/org.sessionzero.transport-direct");
    Poco::Pipe out;
    auto process =
        Poco::Process::launch(SZ_BUILD "/bin/sz-plugin-check", words, nullptr, &out, nullptr);
    Poco::PipeInputStream stream(out);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    CHECK(process.wait() == 0);
    const Json report = Json::parse(text);
    std::size_t tried = 0;
    for (const Json& one : report.at("checks")) {
        INFO(one.dump(1));
        CHECK(one.at("ok") == true);
        tried += one.contains("about") ? 1U : 0U;
    }
    CHECK(tried == 17);
}

bool has_ipv6() {
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket socket(io);
    boost::system::error_code error;
    socket.open(boost::asio::ip::tcp::v6(), error);
    if (!error) socket.bind({boost::asio::ip::address_v6::loopback(), 0}, error);
    return !error;
}

std::string options(const Certificate& own) {
    return Json{{"certificate", own.file}, {"key", own.key}}.dump();
}

}  // namespace

TEST_CASE("memory:// keeps every rule of transports") {
    keeps_every_rule({"--transport", "memory://check"});
}

TEST_CASE("udp:// keeps every rule of transports over IPv4") {
    keeps_every_rule({"--transport", "udp://127.0.0.1:0"});
}

TEST_CASE("udp:// keeps every rule of transports over IPv6") {
    if (!has_ipv6()) SKIP("this machine has no IPv6 loopback");
    keeps_every_rule({"--transport", "udp://[::1]:0"});
}

TEST_CASE("ws:// keeps every rule of transports over IPv4") {
    keeps_every_rule({"--transport", "ws://127.0.0.1:0"});
}

TEST_CASE("ws:// keeps every rule of transports over IPv6") {
    if (!has_ipv6()) SKIP("this machine has no IPv6 loopback");
    keeps_every_rule({"--transport", "ws://[::1]:0"});
}

TEST_CASE("wss:// keeps every rule of transports") {
    const sz::test::TempDir folder;
    const Certificate own = make_certificate(folder.path(), "table");
    keeps_every_rule({"--transport", "wss://127.0.0.1:0", "--options", options(own),
                      "--connect-options", Json{{"authorities", own.file}}.dump()});
}
