// SPDX-License-Identifier: AGPL-3.0-or-later
// udp:// among strangers, and on a way that plays tricks.
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <random>

#include "host.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relay.hpp"

using namespace direct;
using namespace direct::test;
using namespace direct::udp;
using sz::test::UdpRelay;
namespace asio = boost::asio;

namespace {

// Somebody with a socket and no manners.
class Stranger {
  public:
    explicit Stranger(std::uint16_t port, const std::string& from = "127.0.0.1")
        : host_(asio::ip::address_v4::loopback(), port),
          socket_(io_, asio::ip::udp::endpoint(asio::ip::make_address(from), 0)) {
        socket_.non_blocking(true);
    }
    void send(Bytes datagram) {
        socket_.send_to(asio::buffer(datagram.data(), datagram.size()), host_);
    }
    // What the host has answered so far; waits for the first answer for at most this long.
    std::vector<std::string> answers(std::chrono::milliseconds wait) {
        std::vector<std::string> all;
        std::array<char, 2048> buffer{};
        const auto until = std::chrono::steady_clock::now() + wait;
        for (;;) {
            boost::system::error_code nothing;
            const std::size_t size = socket_.receive(asio::buffer(buffer), 0, nothing);
            if (!nothing) {
                all.emplace_back(buffer.data(), size);
                continue;
            }
            if (!all.empty() || std::chrono::steady_clock::now() > until) return all;
            std::this_thread::yield();
        }
    }
    // Goes through the door as far as it opens to anybody who is where they say.
    bool get_in(const Nonce& nonce) {
        send(write(Hello{wire_version, nonce}));
        const auto said = answers(std::chrono::seconds(5));
        if (said.empty()) return false;
        const auto cookie = read(said.front());
        if (!std::holds_alternative<Cookie>(cookie)) return false;
        const auto& got = std::get<Cookie>(cookie);
        send(write(Open{wire_version, nonce, got.time, got.mac}));
        const auto opened = answers(std::chrono::seconds(5));
        return !opened.empty() && std::holds_alternative<Opened>(read(opened.front()));
    }

  private:
    static Datagram read(const std::string& bytes) {
        return *read_datagram({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    }
    asio::io_context io_;
    asio::ip::udp::endpoint host_;
    asio::ip::udp::socket socket_;
};

struct Pair {
    Handle there, here;
};
Pair join(Host& host, Handle listener, const std::string& url, std::size_t count = 1) {
    const Handle here = host.connect(url);
    const Told told = host.wait_open(here);
    REQUIRE(told.why == 0);
    return {host.wait_accepted(listener, count), here};
}
void protect(Host& host, const Pair& pair) {
    const direct::Key one{1}, other{2};
    REQUIRE(host->protect(pair.there, one, other) == SZ_OK);
    REQUIRE(host->protect(pair.here, other, one) == SZ_OK);
}
void say(Host& host, Handle from, const std::string& text) {
    REQUIRE(host->send(from, SZ_CHANNEL_PLAY, text) == SZ_OK);
}
Json statistics(Host& host, Handle handle) { return Json::parse(*host->statistics(handle)); }

}  // namespace

TEST_CASE("garbage is answered by nothing at all") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    Stranger stranger(host.port(listener));
    std::mt19937 random(7);
    for (int i = 0; i < 2000; ++i) {
        std::vector<std::uint8_t> noise(random() % 1300);
        for (auto& byte : noise) byte = static_cast<std::uint8_t>(random());
        if (i % 3 == 0 && noise.size() > 4) std::copy_n("SZW\x01", 4, noise.begin());
        if (noise.size() != greeting_bytes) stranger.send(noise);
    }
    CHECK(stranger.answers(std::chrono::milliseconds(200)).empty());
    // Whoever has manners is let in all the same.
    (void)join(host, listener, host.url(listener));
}

TEST_CASE("a cookie that was not given, or is somebody else's, opens nothing") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    Stranger stranger(host.port(listener));
    stranger.send(write(Open{wire_version, {1}, 0, {}}));
    CHECK(stranger.answers(std::chrono::milliseconds(200)).empty());
    CHECK(statistics(host, listener)["connections"] == 0);
    CHECK(stranger.get_in({2}));
    CHECK(statistics(host, listener)["connections"] == 1);
}

TEST_CASE("ten thousand greetings from forged addresses cost nothing, and keep nobody out") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    // Whoever is not at an address gets no answer there: they cannot go on.
    for (int i = 0; i < 10'000; ++i) {
        const std::string from = "127." + std::to_string(1 + i / 2500) + '.' +
                                 std::to_string(i / 250 % 10) + '.' + std::to_string(1 + i % 250);
        Stranger(host.port(listener), from).send(write(Hello{wire_version, {1}}));
    }
    CHECK(statistics(host, listener)["connections"] == 0);
    const auto begun = std::chrono::steady_clock::now();
    (void)join(host, listener, host.url(listener));
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(2));
}

TEST_CASE("a thousand that open and say nothing are bounded, and an honest one gets in") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    Stranger stranger(host.port(listener));
    for (int i = 0; i < 1000; ++i) {
        Nonce nonce{9};
        nonce[1] = static_cast<std::uint8_t>(i >> 8);
        nonce[2] = static_cast<std::uint8_t>(i);
        REQUIRE(stranger.get_in(nonce));
    }
    CHECK(statistics(host, listener)["connections"] == 64);  // from one address
    CHECK(statistics(host, listener)["refused"] == 936);
    const auto begun = std::chrono::steady_clock::now();
    const Pair honest = join(host, listener, host.url(listener));
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(2));
    protect(host, honest);
    say(host, honest.here, "hello");
    host.wait_messages(honest.there, 1);
    // Who has proven who they are does not have to make room.
    for (int i = 0; i < 100; ++i) {
        Nonce nonce{10};
        nonce[1] = static_cast<std::uint8_t>(i);
        REQUIRE(stranger.get_in(nonce));
    }
    say(host, honest.here, "still here");
    CHECK(host.wait_messages(honest.there, 2).messages.back() == "0:still here");
}

TEST_CASE("when many homes send many, one of the home that sends most makes room") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    const Pair honest = join(host, listener, host.url(listener));  // has proven nothing yet
    for (int i = 0; i < 400; ++i) {
        Stranger stranger(host.port(listener), "127.0.0." + std::to_string(2 + i % 10));
        Nonce nonce{11};
        nonce[1] = static_cast<std::uint8_t>(i >> 8);
        nonce[2] = static_cast<std::uint8_t>(i);
        REQUIRE(stranger.get_in(nonce));
    }
    CHECK(statistics(host, listener)["connections"] == 256);
    say(host, honest.here, "still here");
    CHECK(host.wait_messages(honest.there, 1).messages.back() == "0:still here");
}

TEST_CASE("a datagram that is said again, or from elsewhere, changes nothing") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    UdpRelay relay(host.port(listener));
    const Pair pair = join(host, listener, relay.url());
    protect(host, pair);
    std::vector<std::string> seen;
    relay.treat([&](UdpRelay::Way way, std::string datagram) {
        if (way == UdpRelay::Way::to_host) seen.push_back(datagram);
        return std::vector{datagram, datagram};
    });
    for (int i = 0; i < 20; ++i) {
        say(host, pair.here, std::to_string(i));
        host.wait_messages(pair.there, static_cast<std::size_t>(i) + 1);
    }
    relay.mend();
    for (const std::string& datagram : seen) {
        relay.forge(datagram);
        auto changed = datagram;
        changed.back() = static_cast<char>(changed.back() ^ 1);
        relay.forge(changed);
    }
    say(host, pair.here, "last");
    const Told told = host.wait_messages(pair.there, 21);
    CHECK(told.messages.size() == 21);
    CHECK(told.messages.back() == "0:last");
    // A stranger who repeats what was said does not become the peer.
    CHECK(std::count(told.paths.begin(), told.paths.end(), SZ_PATH_CHANGED) == 0);
}

TEST_CASE("what is not protected is not heard any more, once it was") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    UdpRelay relay(host.port(listener));
    std::vector<std::string> plain;
    relay.treat([&](UdpRelay::Way way, std::string datagram) {
        if (way == UdpRelay::Way::to_host && datagram[0] == 0x10) plain.push_back(datagram);
        return std::vector{datagram};
    });
    const Pair pair = join(host, listener, relay.url());
    say(host, pair.here, "in the open");
    host.wait_messages(pair.there, 1);
    protect(host, pair);
    for (int i = 0; i < 10; ++i) {
        say(host, pair.there, "answer");
        host.wait_messages(pair.here, static_cast<std::size_t>(i) + 1);
        say(host, pair.here, "sealed");
        host.wait_messages(pair.there, static_cast<std::size_t>(i) + 2);
    }
    std::size_t before = 0;
    relay.treat([&](UdpRelay::Way way, std::string datagram) {
        if (way == UdpRelay::Way::to_host && datagram[0] == 0x10) ++before;
        std::vector<std::string> all{datagram};
        if (way == UdpRelay::Way::to_host)
            all.insert(all.end(), plain.begin(), plain.end());  // from the very address
        return all;
    });
    for (int i = 0; i < 10; ++i) {
        say(host, pair.here, "on");
        host.wait_messages(pair.there, static_cast<std::size_t>(i) + 12);
    }
    CHECK(before == 0);
    CHECK_FALSE(plain.empty());
}

TEST_CASE("a peer whose address changes is followed, when it has answered there") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    UdpRelay relay(host.port(listener));
    const Pair pair = join(host, listener, relay.url());
    protect(host, pair);
    say(host, pair.there, "before");
    host.wait_messages(pair.here, 1);
    say(host, pair.here, "before");
    host.wait_messages(pair.there, 1);
    relay.change_address();
    say(host, pair.here, "from elsewhere");
    host.wait_messages(pair.there, 2);
    const Told told = host.wait(pair.there, [](const Told& t) {
        return std::count(t.paths.begin(), t.paths.end(), SZ_PATH_CHANGED) == 1;
    });
    CHECK(told.why == 0);
    say(host, pair.there, "to elsewhere");
    CHECK(host.wait_messages(pair.here, 2).messages.back() == "0:to elsewhere");
}

TEST_CASE("both channels bring everything once and in order over a way that loses and mixes") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    UdpRelay relay(host.port(listener));
    const Pair pair = join(host, listener, relay.url());
    protect(host, pair);
    std::mt19937 random(3);
    std::string late;
    relay.treat([&](UdpRelay::Way, std::string datagram) {
        const auto fate = random() % 10;
        if (fate == 0) return std::vector<std::string>{};
        if (fate == 1) return std::vector{datagram, datagram};
        if (fate == 2) std::swap(late, datagram);
        return datagram.empty() ? std::vector<std::string>{} : std::vector{datagram};
    });
    // Each of bulk takes several datagrams; as many as there is room for at once.
    const std::string big(9000, 'b');
    std::vector<std::string> play, bulk;
    for (int i = 0; i < 12; ++i) {
        say(host, pair.here, std::to_string(i));
        play.push_back("0:" + std::to_string(i));
        REQUIRE(host->send(pair.here, SZ_CHANNEL_BULK, big + std::to_string(i)) == SZ_OK);
        bulk.push_back("1:" + big + std::to_string(i));
    }
    std::vector<std::string> came_play, came_bulk;
    for (const std::string& message : host.wait_messages(pair.there, 24).messages)
        (message[0] == '0' ? came_play : came_bulk).push_back(message);
    CHECK(came_play == play);
    CHECK(came_bulk == bulk);
    relay.mend();
}

TEST_CASE("a first message that overtakes the end of connecting is not lost") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    UdpRelay relay(host.port(listener));
    // After the caller's ENet has asked, its answer waits for what it says next; there is no more.
    std::vector<std::string> said;
    relay.treat([&](UdpRelay::Way way, const std::string& datagram) {
        if (way == UdpRelay::Way::to_caller || datagram[0] != 0x10) return std::vector{datagram};
        said.push_back(datagram);
        if (said.size() == 1) return std::vector{datagram};
        if (said.size() == 3) return std::vector{said[2], said[1]};
        return std::vector<std::string>{};
    });
    const Handle here = host.connect(relay.url());
    REQUIRE(host.wait_open(here).why == 0);
    say(host, here, "first");
    const Handle there = host.wait_accepted(listener);
    CHECK(host.wait_messages(there, 1).messages == std::vector<std::string>{"0:first"});
    relay.mend();
}

TEST_CASE("who makes ENet keep pieces of what never comes is let go") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    UdpRelay relay(host.port(listener));
    const Pair pair = join(host, listener, relay.url());
    // A piece of a message that says that it has a million of them: 128 KiB of ENet's for 25 bytes.
    // Behind our header and ENet's, as in a datagram of the caller's own (enet/protocol.h).
    relay.treat([](UdpRelay::Way way, std::string datagram) {
        constexpr std::size_t header = 10 + 4;
        const bool has_time = datagram.size() > header && (datagram[10] & '\x80') != 0;
        if (way != UdpRelay::Way::to_host || !has_time) return std::vector{datagram};
        std::string piece = datagram.substr(0, header);
        piece += std::string("\x88\x00", 2);          // SEND_FRAGMENT, acknowledged; channel 0
        piece += std::string("\x00\x09\x00\x09", 4);  // its number, and that of the first piece
        piece += std::string("\x00\x01", 2);          // one byte of data
        piece += std::string("\x00\x10\x00\x00", 4);  // 1,048,576 pieces
        piece += std::string("\x00\x00\x00\x00", 4);  // the first of them
        piece += std::string("\x00\x00\x00\x01", 4);  // of a message of one byte
        piece += std::string("\x00\x00\x00\x00x", 5);
        return std::vector{datagram, piece};
    });
    say(host, pair.here, "hello");
    const Told told = host.wait_closed(pair.there);
    CHECK(told.why == SZ_CLOSED_REFUSED);
    CHECK(told.closed["code"] == "SZ-TRANSPORT-007");
}

TEST_CASE("a listener that closes lets go of its port, whoever was half-way in") {
    Host host;
    const Handle listener = host.listen("udp://127.0.0.1:0");
    const std::string url = host.url(listener);
    Stranger stranger(host.port(listener));
    REQUIRE(stranger.get_in({1}));
    REQUIRE(host->close(listener, "") == SZ_OK);
    host.wait_closed(listener);
    CHECK(host.wait_open(host.listen(url)).why == 0);
}

TEST_CASE("a host of another version says so") {
    Host host;
    asio::io_context io;
    asio::ip::udp::socket newer(io, asio::ip::udp::endpoint(asio::ip::address_v4::loopback(), 0));
    const Handle caller =
        host.connect("udp://127.0.0.1:" + std::to_string(newer.local_endpoint().port()));
    std::array<char, 2048> buffer{};
    asio::ip::udp::endpoint from;
    const std::size_t size = newer.receive_from(asio::buffer(buffer), from);
    REQUIRE(size == greeting_bytes);
    Nonce nonce{};
    std::copy_n(buffer.begin() + 5, 8, nonce.begin());
    newer.send_to(asio::buffer(write(Refused{nonce, Refusal::version})), from);
    const Told told = host.wait_closed(caller);
    CHECK(told.why == SZ_CLOSED_FAILED);
    CHECK(told.closed["code"] == "SZ-TRANSPORT-023");
}
