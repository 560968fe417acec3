// SPDX-License-Identifier: AGPL-3.0-or-later
// Sealed messages between two that know each other.
#include <rapidcheck.h>

#include "tests/support/catch.hpp"
#include "tests/unit/net/pair.hpp"

using namespace sz;
using namespace sz::net;
using namespace sz::test;

namespace {

std::string some_text(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7 + i / 251);
    return text;
}

// Records after `count` of them, sent and taken, one byte each.
void pass_records(Met& met, std::uint32_t channel, int count) {
    for (int i = 0; i < count; ++i)
        REQUIRE(deliver(*met.host, met.player->send(channel, "x").value()).size() == 1);
}

}  // namespace

TEST_CASE("messages of any length arrive whole and in order, in records that a transport takes") {
    Met met = meet_and_greet();
    for (const std::uint32_t channel : {play, bulk}) {
        met.host->set_receive_limit(channel, message_bytes_max(channel));
        const std::size_t most = record_content_max(channel);
        CHECK(most == (channel == play ? 16384u - 25 : 4096u - 25));
        for (const std::size_t size :
             {std::size_t{0}, std::size_t{1}, most - 1, most, most + 1, 2 * most, 10 * most + 3}) {
            CAPTURE(channel, size);
            const auto records = met.player->send(channel, some_text(size)).value();
            CHECK(records.size() == std::max<std::size_t>(1, (size + most - 1) / most));
            for (const Packet& record : records) {
                CHECK(record.channel == channel);
                CHECK(record.bytes.size() <= most + record_more_bytes);
            }
            const auto came = deliver(*met.host, records);
            REQUIRE(came.size() == 1);
            CHECK(came[0] == some_text(size));
        }
    }
}

TEST_CASE("the two channels are streams of their own") {
    Met met = meet_and_greet();
    auto first = met.player->send(bulk, some_text(9000)).value();
    const auto small = met.player->send(play, "in between").value();
    REQUIRE(first.size() == 3);
    CHECK(deliver(*met.host, {first[0]}).empty());
    CHECK(deliver(*met.host, small) == std::vector<std::string>{"in between"});
    CHECK(deliver(*met.host, {first[1], first[2]}) == std::vector<std::string>{some_text(9000)});
}

TEST_CASE("the law of records: what is sent arrives, over keys that are renewed again and again") {
    rc::check("messages in both directions", [] {
        PairOptions options;
        options.seed = 0;
        options.channel = {*rc::gen::inRange<std::uint64_t>(1, 5),
                           *rc::gen::inRange<std::size_t>(1, 40)};
        Met met = meet_and_greet(options);
        for (int i = *rc::gen::inRange(0, 20); i > 0; --i) {
            const bool is_players = *rc::gen::arbitrary<bool>();
            const auto channel = *rc::gen::inRange<std::uint32_t>(0, 2);
            const auto text = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
            auto& from = is_players ? *met.player : *met.host;
            auto& to = is_players ? *met.host : *met.player;
            RC_ASSERT(deliver(to, from.send(channel, text).value()) ==
                      std::vector<std::string>{text});
        }
    });
}

TEST_CASE("keys are renewed at the same record at both ends, and another number there fits not") {
    PairOptions often, never;
    often.channel.records_per_key = 3;
    Met one = meet_and_greet(often);
    Met two = meet_and_greet(never);
    pass_records(one, play, 2);  // with the greeting: records 0, 1, 2
    pass_records(two, play, 2);
    const auto renewed = one.player->send(play, "x").value();
    const auto old = two.player->send(play, "x").value();
    CHECK(renewed[0].bytes.substr(0, 9) == old[0].bytes.substr(0, 9));
    CHECK(renewed[0].bytes != old[0].bytes);
    CHECK(code_of(two.host->receive(play, renewed[0].bytes)) == "SZ-NET-022");
    CHECK(deliver(*one.host, renewed).size() == 1);
}

TEST_CASE("bulk waits until the other side has said something") {
    Met met = meet();
    CHECK_FALSE(met.player->is_open(bulk));
    CHECK(met.player->is_open(play));
    CHECK(code_of(met.player->send(bulk, "x")) == "SZ-NET-026");
    CHECK(code_of(met.host->send(bulk, "x")) == "SZ-NET-026");
    (void)deliver(*met.host, met.player->send(play, "hello").value());
    CHECK(met.host->send(bulk, "x"));
    CHECK(code_of(met.player->send(bulk, "x")) == "SZ-NET-026");
}

TEST_CASE("a stranger can make us hold no more than the owner allows") {
    Met met = meet_and_greet();
    const std::size_t most = limits::net_stranger_message_bytes_max;
    CHECK(deliver(*met.host, met.player->send(play, some_text(most)).value()).size() == 1);
    const auto records = met.player->send(bulk, some_text(most + 1)).value();
    std::string code;
    for (const Packet& record : records) {
        const auto arrival = met.host->receive(record.channel, record.bytes);
        code = code_of(arrival);
        if (arrival) CHECK(arrival->kind == Arrival::Kind::nothing);
    }
    CHECK(code == "SZ-NET-024");
    CHECK(code_of(met.host->send(play, "x")) == "SZ-NET-027");

    Met other = meet_and_greet();
    other.host->set_receive_limit(bulk, 10);
    CHECK(deliver(*other.host, other.player->send(bulk, some_text(10)).value()).size() == 1);
    const auto eleven = other.player->send(bulk, some_text(11)).value();
    CHECK(code_of(other.host->receive(bulk, eleven[0].bytes)) == "SZ-NET-024");
}

TEST_CASE("the longest message arrives, and one byte more is not sent") {
    Met met = meet_and_greet();
    const std::string play_most(limits::net_play_message_bytes_max, 'p');
    met.host->set_receive_limit(play, SIZE_MAX);  // no more than message_bytes_max()
    CHECK(deliver(*met.host, met.player->send(play, play_most).value()).at(0) == play_most);
    CHECK(code_of(met.player->send(play, play_most + "x")) == "SZ-NET-025");
    CHECK(code_of(met.player->send(
              bulk, std::string(limits::net_bulk_message_bytes_max + 1, 'b'))) == "SZ-NET-025");
    CHECK(code_of(met.player->send(2, "x")) == "SZ-NET-025");
    CHECK(met.player->send(bulk, std::string(limits::net_bulk_message_bytes_max, 'b')));
}

TEST_CASE("a question comes back with its token") {
    Met met = meet();
    const Packet asked = met.player->ping(0x0102030405060708).value();
    const auto there = met.host->receive(play, asked.bytes).value();
    REQUIRE(there.reply);
    const auto back = met.player->receive(play, there.reply->bytes).value();
    CHECK(back.kind == Arrival::Kind::pong);
    CHECK(back.token == 0x0102030405060708);
}

TEST_CASE("an end is told from being cut off, also when large transfers are still on their way") {
    Met met = meet_and_greet();
    CHECK(code_of(met.host->transport_closed()) == "SZ-NET-028");
    const auto large = met.player->send(bulk, some_text(9000)).value();
    const Packet end = met.player->close("good night").value();
    CHECK(code_of(met.player->send(play, "x")) == "SZ-NET-027");
    CHECK(code_of(met.player->close("again")) == "SZ-NET-027");
    const auto early = met.host->receive(play, end.bytes).value();
    CHECK_FALSE(early.end);
    CHECK(code_of(met.host->transport_closed()) == "SZ-NET-028");
    CHECK(deliver(*met.host, {large[0], large[1]}).empty());
    CHECK(code_of(met.host->transport_closed()) == "SZ-NET-028");
    const auto all = met.host->receive(bulk, large[2].bytes).value();
    CHECK(all.bytes == some_text(9000));
    CHECK(all.end == "good night");
    CHECK(met.host->transport_closed());
    // The other direction is still open.
    CHECK(deliver(*met.player, met.host->send(play, "and you").value()).at(0) == "and you");
}

TEST_CASE("a reason is cut between letters, at its limit") {
    const auto reason_of = [](const std::string& reason) {
        Met met = meet();
        return met.host->receive(play, met.player->close(reason).value().bytes).value().end.value();
    };
    CHECK(reason_of(std::string(1000, 'a')) == std::string(1000, 'a'));
    CHECK(reason_of(std::string(1001, 'a')) == std::string(1000, 'a'));
    CHECK(reason_of(std::string(999, 'a') + "é") == std::string(999, 'a'));
}
