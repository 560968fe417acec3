// SPDX-License-Identifier: AGPL-3.0-or-later
// The parts of the wire that need no network.
#include <array>
#include <random>
#include <string>

#include "../udp/bulk_gate.hpp"
#include "../udp/cookie.hpp"
#include "../udp/datagram.hpp"
#include "../udp/path.hpp"
#include "../udp/seal.hpp"
#include "tests/support/catch.hpp"

using namespace direct::udp;
using namespace std::chrono_literals;

namespace {

std::vector<std::uint8_t> bytes(const std::string& text) { return {text.begin(), text.end()}; }

Sealed read_sealed(Bytes datagram) { return std::get<Sealed>(*read_datagram(datagram)); }

struct TwoEnds {
    Key key{1, 2, 3};
    Sealer sealer{key};
    Opener opener{key};
    std::vector<std::uint8_t> seal(const std::string& text) {
        std::array<std::uint8_t, datagram_bytes_max> out{};
        const std::size_t size = sealer.seal(7, bytes(text), out);
        return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size)};
    }
    std::string open(Bytes datagram) {
        std::array<std::uint8_t, datagram_bytes_max> out{};
        const auto content = opener.open(read_sealed(datagram), out);
        return content ? std::string(content->bytes.begin(), content->bytes.end()) : "refused";
    }
};

}  // namespace

TEST_CASE("the datagrams of the wire have the bytes that the header says") {
    const Nonce nonce{1, 2, 3, 4, 5, 6, 7, 8};
    const auto hello = write(Hello{1, nonce});
    CHECK(hello.size() == 64);
    CHECK(std::vector(hello.begin(), hello.begin() + 13) ==
          std::vector<std::uint8_t>{'S', 'Z', 'W', 1, 1, 1, 2, 3, 4, 5, 6, 7, 8});
    const auto cookie = write(Cookie{nonce, 0x01020304, {9}});
    CHECK(cookie.size() == 32);
    CHECK(write(Open{1, nonce, 0x01020304, {9}}).size() == 64);
    CHECK(write(Opened{nonce, 5}).size() == 20);
    CHECK(write(Refused{nonce, Refusal::full}).size() == 13);
    std::array<std::uint8_t, sealed_header_bytes> header{};
    write_sealed_header(header, 0x0102030405060708, 0x0a);
    CHECK(std::vector(header.begin(), header.end()) ==
          std::vector<std::uint8_t>{0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0x0a});
}

TEST_CASE("nothing that is cut, lengthened or foreign is a datagram of ours") {
    const Nonce nonce{1};
    for (const auto& whole :
         {write(Hello{1, nonce}), write(Cookie{nonce, 1, {}}), write(Open{1, nonce, 1, {}}),
          write(Opened{nonce, 1}), write(Refused{nonce, Refusal::full})}) {
        CHECK(read_datagram(whole));
        for (std::size_t i = 0; i < whole.size(); ++i)
            CHECK_FALSE(read_datagram(Bytes(whole).first(i)));
        auto longer = whole;
        longer.push_back(0);
        CHECK_FALSE(read_datagram(longer));
    }
    CHECK_FALSE(read_datagram(bytes("GET / HTTP/1.1")));
    CHECK_FALSE(read_datagram(std::vector<std::uint8_t>(datagram_bytes_max + 1, 0x11)));
    CHECK(read_datagram(std::vector<std::uint8_t>(datagram_bytes_max, 0x11)));
    CHECK_FALSE(read_datagram({}));
}

TEST_CASE("no answer to a stranger is longer than what they sent") {
    CHECK(write(Cookie{}).size() <= write(Hello{}).size());
    CHECK(write(Refused{}).size() <= write(Hello{}).size());
    CHECK(write(Opened{}).size() <= write(Open{}).size());
}

TEST_CASE("a cookie is good for one address, one caller and a while") {
    const CookieJar jar, other;
    const Nonce nonce{7};
    const Cookie cookie = jar.bake("192.0.2.1#5000", nonce, 100);
    const auto is_good = [&](const CookieJar& by, const char* address, const Nonce& of,
                             std::uint32_t time, std::uint32_t now) {
        return by.is_good(address, Open{1, of, time, cookie.mac}, now);
    };
    CHECK(is_good(jar, "192.0.2.1#5000", nonce, 100, 100));
    CHECK(is_good(jar, "192.0.2.1#5000", nonce, 100, 130));
    CHECK_FALSE(is_good(jar, "192.0.2.1#5000", nonce, 100, 131));  // too old
    CHECK_FALSE(is_good(jar, "192.0.2.1#5000", nonce, 100, 99));   // from the future
    CHECK_FALSE(is_good(jar, "192.0.2.1#5000", nonce, 101, 101));  // another time
    CHECK_FALSE(is_good(jar, "192.0.2.1#5001", nonce, 100, 100));
    CHECK_FALSE(is_good(jar, "192.0.2.2#5000", nonce, 100, 100));
    CHECK_FALSE(is_good(jar, "192.0.2.1#5000", Nonce{8}, 100, 100));
    CHECK_FALSE(is_good(other, "192.0.2.1#5000", nonce, 100, 100));
}

TEST_CASE("a seal is as in RFC 8439, with our counter as the nonce") {
    // A third implementation, libsodium's crypto_aead_chacha20poly1305_ietf, gave these bytes for
    // key 80 81 … 9f, nonce 00 00 00 00 07 00 …, associated data 01 02, and “abc”; see RFC 8439,
    // section 2.8.
    Key key{};
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(0x80 + i);
    Cipher seals(key, true), opens(key, false);
    const auto content = bytes("abc");
    std::array<std::uint8_t, 19> out{};
    const std::array<std::uint8_t, 2> header{1, 2};
    REQUIRE(seals.seal(7, header, content, out));
    CHECK(out == std::array<std::uint8_t, 19>{0x91, 0x82, 0x1c, 0x17, 0xf6, 0x30, 0x6b, 0xde, 0x37,
                                              0x7a, 0x9e, 0x88, 0xe3, 0xc4, 0xed, 0x8c, 0xee, 0xda,
                                              0x60});
    std::array<std::uint8_t, 3> back{};
    REQUIRE(opens.open(7, header, out, back));
    CHECK(std::equal(back.begin(), back.end(), content.begin()));
    CHECK_FALSE(opens.open(8, header, out, back));
    CHECK_FALSE(opens.open(7, std::array<std::uint8_t, 2>{1, 3}, out, back));
}

TEST_CASE("what is sealed is opened once, in any order, and by nobody else") {
    TwoEnds ends;
    const auto one = ends.seal("one"), two = ends.seal("two"), three = ends.seal("three");
    CHECK(ends.open(two) == "two");
    CHECK(ends.open(one) == "one");
    CHECK(ends.open(two) == "refused");
    CHECK(ends.open(one) == "refused");
    CHECK(ends.open(three) == "three");
    TwoEnds others;
    others.key = {4};
    Opener stranger(others.key);
    std::array<std::uint8_t, datagram_bytes_max> out{};
    CHECK_FALSE(stranger.open(read_sealed(ends.seal("four")), out));
}

TEST_CASE("every byte of a sealed datagram is held against its seal") {
    TwoEnds ends;
    const auto whole = ends.seal("hit points");
    for (std::size_t i = 0; i < whole.size(); ++i) {
        for (const int flip : {0x01, 0x80, 0xff}) {
            auto changed = whole;
            changed[i] = static_cast<std::uint8_t>(changed[i] ^ flip);
            const auto datagram = read_datagram(changed);
            if (!datagram || !std::holds_alternative<Sealed>(*datagram)) continue;
            CHECK(ends.open(changed) == "refused");
        }
    }
    CHECK(ends.open(whole) == "hit points");
}

TEST_CASE("a datagram that is a thousand late is not taken, one that is less late is") {
    TwoEnds ends;
    std::vector<std::vector<std::uint8_t>> all;
    for (int i = 0; i < 1100; ++i) all.push_back(ends.seal(std::to_string(i)));
    CHECK(ends.open(all[1098]) == "1098");
    CHECK(ends.open(all[75]) == "75");       // 1023 before the newest
    CHECK(ends.open(all[74]) == "refused");  // 1024
    CHECK(ends.open(all[1099]) == "1099");
    CHECK(ends.open(all[75]) == "refused");
}

TEST_CASE("a sealed datagram fits, and what does not is not sealed") {
    TwoEnds ends;
    CHECK(ends.seal(std::string(content_bytes_max + 1, 'x')).size() == datagram_bytes_max);
    CHECK(ends.seal(std::string(content_bytes_max + 2, 'x')).empty());
}

TEST_CASE("the window for bulk grows while nothing waits in the path, and shrinks when it does") {
    Window window(200'000);
    Moment now{};
    const auto follow = [&](double queueing) {
        now += 100ms;
        window.arrived(window.bytes());
        window.follow(Milliseconds(queueing), now, Milliseconds(80));
    };
    const double start = window.bytes();
    follow(0);
    CHECK(window.bytes() == 2 * start);
    follow(50);
    CHECK(window.bytes() == Approx(2 * start * 0.85));
    follow(0);  // found: by steps from now on
    CHECK(window.bytes() == Approx(2 * start * 0.85 + 8192));
    follow(100);
    CHECK(window.bytes() == Approx((2 * start * 0.85 + 8192) * 0.6));
    for (int i = 0; i < 100; ++i) follow(500);
    CHECK(window.bytes() == 4800);
    for (int i = 0; i < 100; ++i) follow(0);
    CHECK(window.bytes() == 200'000);
    // Asked more often than once a round trip it stays as it is.
    window.follow(Milliseconds(500), now + 10ms, Milliseconds(80));
    CHECK(window.bytes() == 200'000);
}

TEST_CASE("the window for bulk grows by what arrives, however short the path is") {
    Window window(200'000);
    const double start = window.bytes();
    Moment now{};
    for (int i = 0; i < 100; ++i) window.follow(Milliseconds(0), now += 2ms, Milliseconds(1));
    CHECK(window.bytes() == start);
    window.arrived(start - 1);
    window.follow(Milliseconds(0), now += 2ms, Milliseconds(1));
    CHECK(window.bytes() == start);
    window.arrived(1);
    window.follow(Milliseconds(0), now += 2ms, Milliseconds(1));
    CHECK(window.bytes() == 2 * start);
    // A queue makes it smaller, though nothing has arrived.
    window.follow(Milliseconds(100), now += 2ms, Milliseconds(1));
    CHECK(window.bytes() == Approx(2 * start * 0.6));
}

TEST_CASE("the least round trip is that of the last minute") {
    LeastRoundTrip least;
    Moment now{};
    least.add(Milliseconds(80), now);
    least.add(Milliseconds(120), now + 10s);
    CHECK(least.least() == Milliseconds(80));
    least.add(Milliseconds(200), now + 31s);
    CHECK(least.least() == Milliseconds(80));
    least.add(Milliseconds(150), now + 62s);
    CHECK(least.least() == Milliseconds(150));
}

TEST_CASE("those that have bulk to send share the line in equal parts") {
    BulkShare share;
    BulkGate one(share), two(share);
    one.set_busy(true);
    const double alone = share.part();
    two.set_busy(true);
    CHECK(share.part() == Approx(alone / 2));
    two.set_busy(false);
    CHECK(share.part() == Approx(alone));
    CHECK(one.has_room());
    one.sent(1'000'000);
    CHECK_FALSE(one.has_room());
    one.arrived(1'000'000);
    CHECK(one.has_room());
}

TEST_CASE("a queue that all share costs all the same, and a peer's own only that peer") {
    BulkShare share;
    BulkGate early(share), late(share);
    Moment now{};
    const auto measured = [&](double of_early, double of_late) {
        early.measured(Milliseconds(of_early), now += 50ms);
        late.measured(Milliseconds(of_late), now += 50ms);
    };
    // As much as a gate lets out.
    const auto fill = [](BulkGate& gate) {
        while (gate.has_room()) gate.sent(1000);
        return gate.outstanding();
    };
    const auto empty = [](BulkGate& gate) { gate.arrived(gate.outstanding()); };
    const auto grow = [&] {
        for (int i = 0; i < 50; ++i) {
            measured(10, 10);
            fill(early), fill(late);
            empty(early), empty(late);
        }
    };
    early.set_busy(true);
    measured(10, 10);
    late.set_busy(true);
    grow();
    const double whole = early.own().bytes();
    CHECK(whole > 100'000);
    CHECK(late.own().bytes() == whole);
    late.measured(Milliseconds(110), now);
    for (int i = 0; i < 20; ++i) {
        now += 150ms;
        measured(110, 110);
    }
    CHECK(early.own().bytes() == whole);
    CHECK(share.part() == 4800);
    grow();
    // late's own line is full.
    for (int i = 0; i < 20; ++i) {
        now += 150ms;
        measured(10, 110);
    }
    CHECK(fill(late) == 5000);
    CHECK(fill(early) > 50'000);
    CHECK(early.own().bytes() == whole);
}

TEST_CASE("a new address is asked before it is believed, and only its own answer counts") {
    PathCheck check;
    const Endpoint there(boost::asio::ip::make_address("192.0.2.9"), 9);
    const Endpoint elsewhere(boost::asio::ip::make_address("192.0.2.8"), 9);
    const Moment now{};
    const auto question = check.ask(there, now);
    REQUIRE(question);
    CHECK_FALSE(check.ask(there, now + 50ms));  // not again so soon
    CHECK(check.ask(there, now + 150ms) == question);
    CHECK_FALSE(check.is_answer(*question, elsewhere));
    auto wrong = *question;
    wrong[0] ^= 1;
    CHECK_FALSE(check.is_answer(wrong, there));
    CHECK(check.is_answer(*question, there));
    CHECK_FALSE(check.is_answer(*question, there));  // once
}
