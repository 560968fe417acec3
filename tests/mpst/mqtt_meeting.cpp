// SPDX-License-Identifier: AGPL-3.0-or-later
// Who meets whom: what is left at the broker, what a stranger says to somebody who waits, and the
// same session again.
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "mqtt_roles.hpp"
#include "mqtt_test.hpp"

using namespace mpst_test;
using namespace std::chrono_literals;
using namespace mpst::mqtt::detail;

namespace {

Packet hello_from(std::uint64_t nonce) {
    Packet packet;
    packet.kind = Kind::hello;
    packet.from = nonce;
    packet.message_bytes_max = packet.waiting_max = 1000;
    return packet;
}

// Publishes what the broker keeps for everybody who listens later (MQTT 3.1.1, section 3.3).
void leave_at(const Mosquitto& broker, const std::string& topic, const mpst::Bytes& bytes) {
    namespace asio = boost::asio;
    const std::string port = broker.uri().substr(broker.uri().rfind(':') + 1);
    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    asio::ip::tcp::resolver resolver(io);
    asio::connect(socket, resolver.resolve("127.0.0.1", port));
    const std::string connect("\x10\x0d\0\4MQTT\4\2\0\x3c\0\1g", 15);
    asio::write(socket, asio::buffer(connect));
    std::array<char, 4> answer{};
    asio::read(socket, asio::buffer(answer));
    std::string body{static_cast<char>(topic.size() >> 8U), static_cast<char>(topic.size())};
    body += topic;
    body += std::string("\0\1", 2);  // the packet's number
    body.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    REQUIRE(body.size() < 128);
    asio::write(socket,
                asio::buffer("\x33" + std::string(1, static_cast<char>(body.size())) + body));
    asio::read(socket, asio::buffer(answer));  // it has it
}

}  // namespace

TEST_CASE("a hello that the broker kept is nobody's") {
    const Mosquitto broker;
    NEEDS(broker);
    leave_at(broker, "mpst/matinee/Left", write(hello_from(77)));
    Pair pair(options_at(broker));
    REQUIRE(pair.left.send({"a", {}}, mpst::Clock::now() + 10s) == mpst::Passage::done);
    mpst::Frame frame;
    CHECK(pair.right.receive(frame, mpst::Clock::now() + 10s) == mpst::Passage::done);
}

TEST_CASE("a refusal by a stranger is one line without controls") {
    const Mosquitto broker;
    NEEDS(broker);
    Stranger stranger(broker.uri(), {"mpst/matinee/Left"});
    auto met = std::async(std::launch::async, [&broker] {
        return meet(options_at(broker), {"Left", {"Right"}, 0});
    });
    REQUIRE(eventually([&stranger] { return !stranger.heard().empty(); }));
    const Stranger::Heard greeting = stranger.heard().front();
    mpst::Reader in(greeting.bytes);
    Packet refusal = hello_from(5);
    refusal.kind = Kind::refused;
    refusal.to = read_head(in)->from;
    refusal.notice.why = "\x1b[2J\nAll is well.";
    REQUIRE(stranger.say("mpst/matinee/Left/Left", write(refusal)));
    try {
        static_cast<void>(met.get());
        FAIL("nothing was thrown");
    } catch (const mpst::SessionFailed& failed) {
        CHECK(failed.failure().why == "?[2J?All is well.");
    }
}

TEST_CASE("a session can be played again while a slow peer ends the first") {
    const Mosquitto broker;
    NEEDS(broker);
    const auto options = options_at(broker);
    auto slow = std::make_unique<Pair>(options);
    REQUIRE(slow->left.send({"last", {}}, mpst::Clock::now() + 10s) == mpst::Passage::done);
    mpst::Frame frame;
    REQUIRE(slow->right.receive(frame, mpst::Clock::now() + 10s) == mpst::Passage::done);
    { const mpst::mqtt::Channel ends = std::move(slow->left); }
    // Right has not ended, and Left joins again: both hear it say hello.
    Stranger listener(broker.uri(), {"mpst/matinee/Left"});
    auto left = std::async(std::launch::async, [&options] {
        return meet(options, {"Left", {"Right"}, 0});
    });
    REQUIRE(eventually([&listener] { return listener.heard().size() > 2; }));
    slow.reset();
    auto right = meet(options, {"Right", {"Left"}, 0});
    mpst::mqtt::Channel again(left.get(), 0), there(std::move(right), 0);
    REQUIRE(again.send({"first", {}}, mpst::Clock::now() + 10s) == mpst::Passage::done);
    CHECK(there.receive(frame, mpst::Clock::now() + 10s) == mpst::Passage::done);
    CHECK(frame.label == "first");
}
