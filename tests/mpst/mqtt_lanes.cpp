// SPDX-License-Identifier: AGPL-3.0-or-later
// Lanes on a bad way, without a broker.
#include <sz/mpst/mqtt/lane.hpp>

#include <random>

#include "tests/support/catch.hpp"

using namespace std::chrono_literals;
using namespace mpst::mqtt::detail;

TEST_CASE("a lane sends no more than there is room for, and asks when it hears nothing") {
    Lane lane("There", Limits{100, 5, 1h});
    Packet hello;
    hello.kind = Kind::ready;
    hello.from = 2;
    hello.to = 1;
    hello.message_bytes_max = 100;
    hello.waiting_max = 1;
    hello.room = 1;
    lane.bind(hello);
    mpst::Clock::time_point now{};
    static_cast<void>(lane.accept(hello, now));
    for (const char* label : {"a", "b", "c"}) lane.push({label, {}});
    const auto next = [&] {
        Packet out;
        return lane.next(out, now) ? static_cast<int>(out.kind) * 10 + out.wants : 0;
    };
    CHECK(next() == 20);  // ready
    CHECK(next() == 30);  // a
    CHECK(next() == 0);
    Packet ack;
    ack.kind = Kind::ack;
    ack.to = 1;
    ack.received = ack.room = 1;
    CHECK(lane.accept(ack, now));
    CHECK(next() == 0);  // it is there, and not taken
    now += 1s;
    CHECK_FALSE(lane.tick(now));
    CHECK(next() == 42);  // an ack that wants an answer
    ack.room = 2;
    CHECK_FALSE(lane.accept(ack, now));
    CHECK(next() == 30);  // b
    CHECK(next() == 0);
}

// Packets are lost, doubled and overtaken; time passes when nothing else happens.
TEST_CASE("two lanes bring every message over once and in order, on a bad way") {
    const unsigned seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U);
    std::mt19937 random(seed);
    const std::uint32_t waiting = seed % 3 == 0 ? 1 : 5;
    const Limits limits{100, waiting, 1h};
    Lane here("There", limits), there("Here", limits);
    Packet hello;
    hello.kind = Kind::ready;
    hello.message_bytes_max = 100;
    hello.waiting_max = waiting;
    hello.room = waiting;
    hello.from = 1;
    there.bind(hello);
    hello.from = 2;
    here.bind(hello);
    mpst::Clock::time_point now{};
    static_cast<void>(here.accept(hello, now));
    std::vector<Packet> under_way;
    int pushed = 0, taken = 0;
    for (int step = 0; step < 200'000 && taken < 300; ++step) {
        now += std::chrono::milliseconds(random() % 20);
        if (pushed < 300 && here.has_room() && random() % 3 == 0)
            here.push({std::to_string(pushed++), {}});
        static_cast<void>(here.tick(now));
        static_cast<void>(there.tick(now));
        Packet out;
        for (Lane* lane : {&here, &there}) {
            out = {};
            if (random() % 2 != 0 || !lane->next(out, now)) continue;
            out.from = lane == &here ? 1 : 2;
            if (random() % 5 != 0) under_way.push_back(out);
            if (random() % 5 == 0) under_way.push_back(out);
        }
        if (!under_way.empty() && random() % 2 == 0) {
            const auto at =
                under_way.begin() +
                static_cast<std::ptrdiff_t>(random() % std::min<std::size_t>(under_way.size(), 3));
            Packet in = *at;
            under_way.erase(at);
            static_cast<void>((in.from == 1 ? there : here).accept(in, now));
        }
        mpst::Frame frame;
        if (random() % 4 == 0 && there.take(frame)) REQUIRE(frame.label == std::to_string(taken++));
        REQUIRE(pushed - taken <= static_cast<int>(2 * waiting));
    }
    CHECK(taken == 300);
}

TEST_CASE("who hears nothing asks and does not send again what may be on a slow way") {
    const Limits limits{100, 5, 1h};
    Lane here("There", limits), there("Here", limits);
    Packet hello;
    hello.kind = Kind::ready;
    hello.message_bytes_max = 100;
    hello.waiting_max = 5;
    hello.room = 5;
    hello.to = 3;
    hello.from = 1;
    there.bind(hello);
    hello.from = 2;
    here.bind(hello);
    mpst::Clock::time_point now{};
    static_cast<void>(here.accept(hello, now));
    for (const char* label : {"a", "b", "c"}) here.push({label, {}});
    std::vector<Packet> under_way;
    const auto say_all = [&](Lane& lane) {
        int messages = 0;
        for (Packet out; lane.next(out, now); out = {}) {
            messages += out.kind == Kind::message ? 1 : 0;
            under_way.push_back(out);
        }
        return messages;
    };
    CHECK(say_all(here) == 3);
    for (int second = 0; second < 20; ++second) {
        now += 1s;
        static_cast<void>(here.tick(now));
        CHECK(say_all(here) == 0);
    }
    // The second message is lost, and one of the questions comes to its end.
    const auto lost = std::find_if(under_way.begin(), under_way.end(), [](const Packet& packet) {
        return packet.kind == Kind::message && packet.sequence == 2;
    });
    under_way.erase(lost);
    for (Packet& packet : std::exchange(under_way, {}))
        static_cast<void>(there.accept(packet, now));
    CHECK(say_all(there) == 0);
    for (Packet& packet : std::exchange(under_way, {})) static_cast<void>(here.accept(packet, now));
    CHECK(say_all(here) == 2);
}
