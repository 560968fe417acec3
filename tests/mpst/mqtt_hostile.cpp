// SPDX-License-Identifier: AGPL-3.0-or-later
// What members and strangers say that they should not.
#include <sz/mpst/mqtt/member.hpp>

#include <random>

#include "mqtt_roles.hpp"
#include "mqtt_test.hpp"

using namespace mpst_test;
using namespace std::chrono_literals;
using mpst::Bytes;
using mpst::Reader;
using mpst::Trouble;
using namespace mpst::mqtt::detail;

namespace {

Bytes random_bytes(std::mt19937& random, std::size_t bytes) {
    Bytes out(bytes);
    for (std::byte& byte : out) byte = static_cast<std::byte>(random());
    return out;
}

// What an authenticator makes of a client's first message.
mpst::Failure failure_after(const mpst::mqtt::Options& options, const mpst::Frame& frame) {
    auto server = play<video::Server>(options, video::serve);
    auto authenticator = play<video::Authenticator>(options, video::authenticate);
    mpst::mqtt::Channel client(meet(options, {"Client", {"Authenticator"}, 0}), 0);
    REQUIRE(client.send(frame, mpst::Clock::now() + 5s) == mpst::Passage::done);
    const auto failure = authenticator.get();
    REQUIRE(failure);
    // The others hear of it.
    mpst::Frame none;
    CHECK(client.receive(none, mpst::Clock::now() + 10s) == mpst::Passage::cancelled);
    CHECK(client.notice().by == "Authenticator");
    CHECK(client.notice().at == "Authenticator::AwaitId");
    CHECK(server.get().value_or(mpst::Failure{}).by == "Authenticator");
    return *failure;
}

// The nonce of the program that said hello on a topic.
std::uint64_t nonce_on(Stranger& listener, std::string_view topic) {
    for (const Stranger::Heard& heard : listener.heard()) {
        Reader in(heard.bytes);
        const auto head = read_head(in);
        if (heard.topic == topic && head && head->kind == Kind::hello) return head->from;
    }
    return 0;
}

Bytes eight(std::size_t more = 0) { return Bytes(8 + more, std::byte{1}); }

}  // namespace

TEST_CASE("a member's wrong message is named, with role, state and what was expected") {
    const Mosquitto broker;
    NEEDS(broker);
    const auto options = options_at(broker);
    SECTION("another label") {
        const auto failure = failure_after(options, {"Ident", eight()});
        CHECK(failure.sentence() ==
              "Authenticator in Authenticator::AwaitId: Client sent Ident; expected Id.");
    }
    SECTION("too few bytes") {
        const auto failure = failure_after(options, {"Id", Bytes(7)});
        CHECK(failure.what == Trouble::bad_payload);
        CHECK(failure.received == "Id");
        CHECK(failure.why == "Bytes are missing in it.");
    }
    SECTION("bytes behind") {
        const auto failure = failure_after(options, {"Id", eight(1)});
        CHECK(failure.what == Trouble::bad_payload);
        CHECK(failure.why == "There are bytes behind it.");
    }
}

TEST_CASE("a message that is too long is refused where it is sent") {
    const Mosquitto broker;
    NEEDS(broker);
    auto options = options_at(broker);
    auto narrow = options;
    narrow.message_bytes_max = 100;
    auto sink = play<numbers::Sink>(narrow, [](numbers::Sink::Start start) {
        return numbers::collect(std::move(start), [](const numbers::Number&) {});
    });
    auto source = play<numbers::Source>(options, [](numbers::Source::Start start) {
        auto next = std::move(start).send(numbers::Number{0, std::string(88, 'a')});
        return std::move(std::move(next).send(numbers::Number{1, std::string(89, 'a')}))
            .send(numbers::Done{});
    });
    CHECK(sentence(source) ==
          "Source in Source::SendNumberOrDone: a message of Number is too long "
          "for the way to Sink.");
    CHECK(sink.get().value_or(mpst::Failure{}).by == "Source");
    Pair pair(options);
    CHECK(pair.left.send({std::string(257, 'x'), {}}, mpst::Clock::now()) ==
          mpst::Passage::too_long);
}

TEST_CASE("a member that says what is no packet ends its lane with a reason") {
    const Mosquitto broker;
    NEEDS(broker);
    auto options = options_at(broker);
    options.message_bytes_max = 100;
    // A member by hand: it hears the other's hello and answers.
    Stranger member(broker.uri(), {"mpst/matinee/Right"});
    auto met = std::async(std::launch::async, [&options] {
        return meet(options, {"Right", {"Left"}, 0});
    });
    REQUIRE(eventually([&member] { return !member.heard().empty(); }));
    const Stranger::Heard greeting = member.heard().front();
    Reader hello(greeting.bytes);
    Packet packet = *read_head(hello);
    packet.to = packet.from;
    packet.from = 77;
    packet.kind = Kind::ready;
    packet.message_bytes_max = packet.waiting_max = 1000;
    const std::string topic = "mpst/matinee/Left/Right";
    REQUIRE(member.say(topic, write(packet)));
    mpst::mqtt::Channel right(met.get(), 0);
    mpst::Frame frame;

    packet.kind = Kind::message;
    packet.sequence = 1;
    packet.frame = {"fits", Bytes(100)};
    REQUIRE(member.say(topic, write(packet)));
    REQUIRE(right.receive(frame, mpst::Clock::now() + 10s) == mpst::Passage::done);
    packet.sequence = 2;
    std::string why;
    SECTION("a message that is longer than was agreed") {
        packet.frame.payload.resize(101);
        REQUIRE(member.say(topic, write(packet)));
        why = "Left sent a message of 101 bytes where 100 are allowed.";
    }
    SECTION("a packet that is longer than any") {
        packet.frame.payload.resize(100'000);
        REQUIRE(member.say(topic, write(packet)));
        why = "where messages have at most 100.";
    }
    SECTION("a packet with half its head's promise") {
        Bytes half = write(packet);
        half.resize(46);
        REQUIRE(member.say(topic, half));
        why = "Left sent bytes that are no whole packet.";
    }
    CHECK(right.receive(frame, mpst::Clock::now() + 10s) == mpst::Passage::disconnected);
    CHECK_THAT(right.notice().why, ContainsSubstring(why));
}

TEST_CASE("who speaks another version of these packets is not met") {
    const Mosquitto broker;
    NEEDS(broker);
    Stranger later(broker.uri(), {"mpst/matinee/Right"});
    auto met = std::async(std::launch::async, [&broker] {
        Link link(options_at(broker), {"Right", {"Left"}, 0});
        return link.meet();
    });
    REQUIRE(eventually([&later] { return !later.heard().empty(); }));
    Packet hello;
    hello.kind = Kind::hello;
    hello.version = 2;
    hello.from = 77;
    REQUIRE(later.say("mpst/matinee/Left", write(hello)));
    const auto failure = met.get();
    REQUIRE(failure);
    CHECK(failure->what == Trouble::wrong_message);
    CHECK(failure->received == "a hello of version 0000000000000002");
}

TEST_CASE("what a stranger says on a session's topics is not heard") {
    const Mosquitto broker;
    NEEDS(broker);
    const auto options = options_at(broker);
    Stranger stranger(broker.uri(), {"mpst/matinee/Client", "mpst/matinee/Authenticator"});
    std::atomic<bool> is_enough = false;
    std::atomic<int> films = 0;
    auto server = play<video::Server>(options, video::serve);
    auto authenticator = play<video::Authenticator>(options, video::authenticate);
    auto client = play<video::Client>(options, [&](video::Client::Start start) {
        return video::watch_until(std::move(start), [&](std::int64_t) {
            ++films;
            return is_enough.load();
        });
    });
    REQUIRE(eventually([&films] { return films > 1; }));
    std::mt19937 random(7);
    for (const char* topic :
         {"mpst/matinee/Client", "mpst/matinee/Server", "mpst/matinee/Client/Authenticator",
          "mpst/matinee/Authenticator/Client", "mpst/matinee/Server/Authenticator"}) {
        for (const std::size_t bytes : {0U, 1U, 4U, 37U, 500U, 70'000U})
            REQUIRE(stranger.say(topic, random_bytes(random, bytes)));
        // Well written, of a program that nobody met, to nobody that is there.
        for (std::uint8_t kind = 1; kind <= 9; ++kind) {
            Packet packet;
            packet.kind = static_cast<Kind>(kind);
            packet.from = random();
            packet.to = kind == 1 || kind == 7 ? 0 : random();
            packet.sequence = 1;
            packet.frame.label = "Close";
            packet.notice = {"Nobody", "Nowhere", "For nothing."};
            REQUIRE(stranger.say(topic, write(packet)));
        }
    }
    // Somebody who overheard one of both names, and made up the other.
    const std::uint64_t from = nonce_on(stranger, "mpst/matinee/Client");
    const std::uint64_t to = nonce_on(stranger, "mpst/matinee/Authenticator");
    REQUIRE((from != 0 && to != 0));
    for (const Kind kind : {Kind::cancel, Kind::bye, Kind::message, Kind::ack, Kind::refused}) {
        Packet packet;
        packet.kind = kind;
        for (packet.sequence = 1; packet.sequence < 50; ++packet.sequence) {
            packet.from = from;
            packet.to = 99;
            REQUIRE(stranger.say("mpst/matinee/Client/Authenticator", write(packet)));
            packet.from = 99;
            packet.to = to;
            REQUIRE(stranger.say("mpst/matinee/Client/Authenticator", write(packet)));
            if (kind != Kind::message) break;
        }
    }
    const int before = films;
    REQUIRE(eventually([&] { return films > before + 5; }));
    is_enough = true;
    CHECK(sentence(client) == "to the end");
    CHECK(sentence(authenticator) == "to the end");
    CHECK(sentence(server) == "to the end");
}

TEST_CASE("any bytes are a packet or none, and a packet is what was written") {
    std::mt19937 random(11);
    Packet packet;
    packet.from = 5;
    packet.frame = {"Film", random_bytes(random, 300)};
    packet.notice = {"Client", "Client::AwaitVideo", std::string(5000, 'w')};
    packet.sequence = 9;
    for (std::uint8_t kind = 1; kind <= 8; ++kind) {
        packet.kind = static_cast<Kind>(kind);
        const Bytes whole = write(packet);
        for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
            Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(bytes));
            Reader in(part);
            auto head = read_head(in);
            REQUIRE(head.has_value() == (bytes >= 37));
            if (!head) continue;
            read_body(in, *head);
            REQUIRE((head->is_torn || packet.kind == Kind::message));
        }
        for (int i = 0; i < 2000; ++i) {
            Bytes changed = whole;
            for (int n = 0; n < 3; ++n) changed[random() % changed.size()] = std::byte(random());
            Reader in(changed);
            if (auto head = read_head(in)) {
                read_body(in, *head);
                REQUIRE(head->frame.label.size() <= changed.size());
            }
        }
        Reader in(whole);
        auto again = read_head(in);
        REQUIRE(again);
        read_body(in, *again);
        CHECK_FALSE(again->is_torn);
        if (packet.kind == Kind::message) CHECK(again->frame.payload == packet.frame.payload);
        if (packet.kind == Kind::cancel) CHECK(again->notice.why == std::string(2000, 'w'));
    }
}
