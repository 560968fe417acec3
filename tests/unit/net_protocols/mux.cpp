// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/protocols/protocol_mux.hpp"

#include "kernel/base/limits.hpp"
#include "kernel/net/protocols/echo.hpp"
#include "kernel/net/protocols/join.hpp"
#include "pair.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::net;
using sz::net::testing::Pair;

namespace {

using MaybeOutcome = std::optional<mpst::Outcome>;

mpst::Frame frame(const std::string& label, std::size_t bytes) {
    // A list behind its 32-bit count.
    mpst::Frame made{label, std::vector<std::byte>(4 + bytes)};
    for (std::size_t i = 0; i < 4; ++i) made.payload[i] = static_cast<std::byte>(bytes >> (8 * i));
    return made;
}

// A host that answers echoes, and a caller of whom the test writes every byte.
struct Liar {
    MaybeOutcome host;
    Pair pair;  // last: roles that it ends tell their outcome

    Liar() {
        pair.host.mux->offer<Doctor::Host, Doctor::Guest>(
            "Doctor", SZ_CHANNEL_PLAY, [this](Doctor::Host::Start start) {
                pair.play(std::move(start), play_doctor_host, host);
            });
        // The caller's own mux is to say nothing about what it did not open.
        pair.caller.mux.reset();
    }
    void say(const std::string& bytes, std::uint32_t channel = SZ_CHANNEL_PLAY) {
        pair.host.mux->receive(channel, bytes);
        pair.run();
    }
    void open(std::uint32_t talk = 1, std::uint64_t hash = Doctor::Host::protocol_hash) {
        say(write_mux(OpenTalk{talk, hash, "Doctor"}));
    }
    // What the host said last, when that was the end of a talk.
    std::string reason() {
        const auto last = read_mux(pair.host.sent.at(pair.host.sent.size() - 1));
        const auto* cancel = std::get_if<CancelTalk>(&*last);
        return cancel == nullptr ? "no cancel" : cancel->notice.why;
    }
};

}  // namespace

TEST_CASE("a message that the state does not expect ends that talk, and names it") {
    Liar liar;
    liar.open();
    liar.say(write_mux(1, frame("echo", 3)));
    CHECK(liar.pair.host.deviations.empty());
    liar.say(write_mux(1, frame("echoed", 3)));
    CHECK(liar.pair.host.deviations == std::vector<std::string>{"SZ-NET-122"});
    CHECK(liar.reason().find("Host in") != std::string::npos);
    CHECK(liar.reason().find("echoed") != std::string::npos);
    REQUIRE(liar.host);
    CHECK(liar.host->value().what == mpst::Trouble::cancelled);
    CHECK(liar.pair.host.mux->talks() == 0);
}

TEST_CASE("a payload that is none ends the talk") {
    Liar liar;
    liar.open();
    mpst::Frame cut = frame("echo", 8);
    cut.payload.pop_back();
    liar.say(write_mux(1, cut));
    CHECK(liar.pair.host.deviations == std::vector<std::string>{"SZ-NET-122"});
}

TEST_CASE("one talk that is broken leaves the others alone") {
    Liar liar;
    liar.open(1);
    liar.open(3);
    liar.say(write_mux(1, frame("nonsense", 0)));
    liar.say(write_mux(3, frame("echo", 3)));
    const auto last = read_mux(liar.pair.host.sent.back());
    REQUIRE(std::holds_alternative<TalkMessage>(*last));
    CHECK(std::get<TalkMessage>(*last).talk == 3);
    CHECK(std::get<TalkMessage>(*last).frame.label == "echoed");
    CHECK(liar.pair.host.mux->talks() == 1);
}

TEST_CASE("a protocol that is not known, of another shape or on another channel is refused") {
    Liar liar;
    liar.say(write_mux(OpenTalk{1, 7, "Poker"}));
    CHECK(liar.reason() == "The protocol Poker is not known here.");
    liar.open(1, 7);
    CHECK(liar.reason() ==
          "The protocol Doctor has another shape here: one of the two programs has to be updated.");
    liar.say(write_mux(OpenTalk{1, Doctor::Host::protocol_hash, "Doctor"}), SZ_CHANNEL_BULK);
    CHECK(liar.reason() == "The protocol Doctor belongs to the other channel.");
    CHECK(liar.pair.host.deviations.empty());
    CHECK(liar.pair.host.mux->talks() == 0);
}

TEST_CASE("the number of a talk is the opener's own, and is used once at a time") {
    Liar liar;
    liar.open(2);
    CHECK(liar.pair.host.deviations == std::vector<std::string>{"SZ-NET-121"});
    liar.open(1);
    liar.open(1);
    CHECK(liar.pair.host.deviations.size() == 2);
    CHECK(liar.pair.host.mux->talks() == 1);
}

TEST_CASE("talks have a limit, and one more is refused") {
    Liar liar;
    for (std::uint32_t i = 0; i < limits::net_talks_max; ++i) liar.open(1 + 2 * i);
    CHECK(liar.pair.host.mux->talks() == limits::net_talks_max);
    CHECK(liar.pair.host.sent.empty());
    liar.open(1 + 2 * limits::net_talks_max);
    CHECK(liar.pair.host.mux->talks() == limits::net_talks_max);
    CHECK(liar.reason() == "Too many protocols are under way.");
}

TEST_CASE("bytes that are no frame are a deviation") {
    Liar liar;
    liar.say("");
    liar.say("\x07nonsense");
    CHECK(liar.pair.host.deviations == std::vector<std::string>{"SZ-NET-120", "SZ-NET-120"});
}

TEST_CASE("messages for a talk that is over, or never was, are dropped") {
    Liar liar;
    liar.say(write_mux(9, frame("echo", 3)));
    liar.say(write_mux(CancelTalk{9, {}}));
    CHECK(liar.pair.host.deviations.empty());
    CHECK(liar.pair.host.sent.empty());
}

TEST_CASE("when the conversation ends every role learns why") {
    Liar liar;
    liar.open();
    liar.pair.host.mux->end("The host has left.");
    liar.pair.run_until([&] { return liar.host.has_value(); });
    REQUIRE(liar.host->has_value());
    CHECK(liar.host->value().why == "The host has left.");
    CHECK(liar.pair.host.mux->talks() == 0);
}

TEST_CASE("a role that opens what the other side does not know learns it") {
    std::vector<std::chrono::nanoseconds> times;
    const Echoes wanted;
    MaybeOutcome guest;
    Pair pair;
    pair.play(
        pair.caller.mux->open<Doctor::Guest, Doctor::Host>("Doctor", SZ_CHANNEL_PLAY),
        [&](Doctor::Guest::Start s) { return play_doctor_guest(std::move(s), wanted, times); },
        guest);
    pair.run_until([&] { return guest.has_value(); });
    REQUIRE(guest->has_value());
    CHECK(guest->value().why == "The protocol Doctor is not known here.");
}

TEST_CASE("a mux that goes while roles are played ends them") {
    Liar liar;
    liar.open();
    liar.pair.host.mux.reset();
    liar.pair.run_until([&] { return liar.host.has_value(); });
    CHECK(liar.host->has_value());
}

TEST_CASE("an end that finds no room is said when there is some, before anything else") {
    Liar liar;
    liar.pair.host.refusals = 1;
    liar.open(1, Doctor::Host::protocol_hash + 1);
    CHECK(liar.pair.host.sent.empty());
    liar.pair.host.mux->writable();
    REQUIRE(liar.pair.host.sent.size() == 1);
    CHECK(liar.reason().find("another shape") != std::string::npos);
    // Of so many that wait, and not one more.
    liar.pair.host.room = 0;
    for (std::size_t i = 0; i <= limits::net_unsaid_max; ++i)
        liar.open(3, Doctor::Host::protocol_hash + 1);
    liar.pair.host.room = 1'000'000;
    liar.pair.host.mux->writable();
    CHECK(liar.pair.host.sent.size() == 1 + limits::net_unsaid_max);
}
