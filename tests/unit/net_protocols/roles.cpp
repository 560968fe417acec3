// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "kernel/net/protocols/echo.hpp"
#include "kernel/net/protocols/join.hpp"
#include "kernel/net/protocols/transfer.hpp"
#include "pair.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::net;
using sz::net::testing::Pair;

namespace {

using MaybeOutcome = std::optional<mpst::Outcome>;

struct JoinRun {
    Speaker player{"SessionZero", "0.1.0", {{"Doctor", 1}, {"Transfer", 2}, {"Feed", 3}}};
    Speaker host{"SessionZero", "0.2.0", {{"Feed", 4}, {"Transfer", 2}, {"Doctor", 1}}};
    DecideJoin decide = [](const Speaker&) { return Status{}; };
    std::optional<Speaker> seen;
    std::optional<Result<Speaker>> outcome;
    MaybeOutcome at_host, at_player;
    Pair pair;  // last: roles that it ends tell their outcome

    void run() {
        pair.host.mux->offer<Join::Host, Join::Player>(
            std::string(join_protocol), SZ_CHANNEL_PLAY, [this](Join::Host::Start start) {
                pair.play(
                    std::move(start),
                    [this](Join::Host::Start s) {
                        return play_join_host(std::move(s), host, decide, seen);
                    },
                    at_host);
            });
        pair.play(
            pair.caller.mux->open<Join::Player, Join::Host>(std::string(join_protocol),
                                                            SZ_CHANNEL_PLAY),
            [this](Join::Player::Start s) {
                return play_join_player(std::move(s), player, outcome);
            },
            at_player);
        pair.run_until([this] { return at_player && at_host; });
        CHECK_FALSE(at_player.value());
        CHECK_FALSE(at_host.value());
        CHECK(pair.caller.mux->talks() == 0);
        CHECK(pair.host.mux->talks() == 0);
    }
};

struct Text final : TransferSource {
    explicit Text(std::string text) : content(std::move(text)) {}
    std::string content;
    std::size_t at = 0;
    std::uint64_t size() const override { return content.size(); }
    Result<std::string> read(std::size_t bytes_max) override {
        std::string some = content.substr(at, bytes_max);
        at += some.size();
        return some;
    }
};
struct Taken final : TransferSink {
    std::string content;
    std::uint64_t promised = 0;
    std::size_t room = 1'000'000'000;
    Status begin(std::uint64_t size) override { return promised = size, Status{}; }
    Status write(std::string_view piece) override {
        if (content.size() + piece.size() > room)
            return fail(ErrorKind::environment, "SZ-TEST-001", "The disk is full.");
        content += piece;
        return {};
    }
};

struct TransferRun {
    Taken taken;
    std::optional<Result<std::uint64_t>> outcome;
    MaybeOutcome at_giver, at_taker;
    FindSource find;
    Pair pair;

    void run(const std::string& what) {
        pair.host.mux->offer<Transfer::Giver, Transfer::Taker>(
            std::string(transfer_protocol), SZ_CHANNEL_BULK, [this](Transfer::Giver::Start start) {
                pair.play(
                    std::move(start),
                    [this](Transfer::Giver::Start s) { return play_giver(std::move(s), find); },
                    at_giver);
            });
        pair.play(
            pair.caller.mux->open<Transfer::Taker, Transfer::Giver>(std::string(transfer_protocol),
                                                                    SZ_CHANNEL_BULK),
            [this, what](Transfer::Taker::Start s) {
                return play_taker(std::move(s), what, taken, outcome);
            },
            at_taker);
        pair.run_until([this] { return at_giver && at_taker; });
    }
};

std::string counted(std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; text.size() < bytes; ++i) text += std::to_string(i) + ' ';
    text.resize(bytes);
    return text;
}

}  // namespace

TEST_CASE("who joins learns which protocols both know in the same shape") {
    JoinRun join;
    join.run();
    REQUIRE(join.outcome);
    REQUIRE(*join.outcome);
    CHECK((*join.outcome)->version == "0.2.0");
    CHECK((*join.outcome)->protocols == Shapes{{"Transfer", 2}, {"Doctor", 1}});
    CHECK(join.seen->version == "0.1.0");
}

TEST_CASE("who is refused gets the host's own words, made tame") {
    JoinRun join;
    join.decide = [](const Speaker& who) -> Status {
        return fail(ErrorKind::denied, "SZ-TABLE-001", "Not you,\n" + who.program + ".", "Ask.");
    };
    join.run();
    REQUIRE(join.outcome);
    REQUIRE_FALSE(*join.outcome);
    CHECK(join.outcome->error().code == "SZ-NET-130");
    CHECK(join.outcome->error().message == "The host refused: Not you,?SessionZero.");
    CHECK(join.outcome->error().hint == "Ask.");
    CHECK_FALSE(join.seen);
}

TEST_CASE("echoes come back, each to its own question") {
    std::vector<std::chrono::nanoseconds> times;
    std::chrono::steady_clock::time_point clock{};
    const Echoes wanted{3, 100, [&] { return clock += std::chrono::milliseconds(5); }};
    MaybeOutcome guest, host;
    Pair pair;
    pair.host.mux->offer<Doctor::Host, Doctor::Guest>(
        "Doctor", SZ_CHANNEL_PLAY,
        [&](Doctor::Host::Start start) { pair.play(std::move(start), play_doctor_host, host); });
    pair.play(
        pair.caller.mux->open<Doctor::Guest, Doctor::Host>("Doctor", SZ_CHANNEL_PLAY),
        [&](Doctor::Guest::Start s) { return play_doctor_guest(std::move(s), wanted, times); },
        guest);
    pair.run_until([&] { return guest && host; });
    CHECK_FALSE(guest.value());
    CHECK(times == std::vector<std::chrono::nanoseconds>(3, std::chrono::milliseconds(5)));
}

TEST_CASE("a transfer brings the whole, in pieces, with pauses between") {
    TransferRun transfer;
    // Two pauses: behind the 256th and the 512th piece of 4000 bytes.
    const std::string whole = counted(2'100'000);
    transfer.find = [&](const std::string& what) -> Result<std::unique_ptr<TransferSource>> {
        CHECK(what == "a pack");
        return std::make_unique<Text>(whole);
    };
    transfer.run("a pack");
    CHECK_FALSE(transfer.at_giver.value());
    CHECK_FALSE(transfer.at_taker.value());
    REQUIRE(transfer.outcome);
    CHECK(transfer.outcome->value() == 2'100'000);
    CHECK(transfer.taken.promised == 2'100'000);
    CHECK(transfer.taken.content == whole);
    // 525 pieces, 2 pauses, have, end.
    CHECK(transfer.pair.host.sent.size() == 525 + 2 + 2);
    CHECK(transfer.pair.host.most_on_way <= 258);
}

TEST_CASE("nothing is a whole, too") {
    TransferRun transfer;
    transfer.find = [](const std::string&) -> Result<std::unique_ptr<TransferSource>> {
        return std::make_unique<Text>("");
    };
    transfer.run("x");
    REQUIRE(transfer.outcome);
    CHECK(transfer.outcome->value() == 0);
}

TEST_CASE("what is not there, is not given") {
    TransferRun transfer;
    transfer.find = [](const std::string&) -> Result<std::unique_ptr<TransferSource>> {
        return fail(ErrorKind::not_found, "SZ-TEST-002", "There is no such pack.");
    };
    transfer.run("x");
    REQUIRE(transfer.outcome);
    CHECK(transfer.outcome->error().code == "SZ-NET-131");
    CHECK(transfer.outcome->error().message == "It is not given: There is no such pack.");
}

TEST_CASE("a taker that has no room ends the transfer at both ends") {
    TransferRun transfer;
    transfer.taken.room = 9'000;
    transfer.find = [](const std::string&) -> Result<std::unique_ptr<TransferSource>> {
        return std::make_unique<Text>(counted(2'000'000));
    };
    transfer.run("x");
    REQUIRE(transfer.outcome);
    CHECK(transfer.outcome->error().code == "SZ-TEST-001");
    CHECK(transfer.taken.content.size() == 8'000);
    REQUIRE(transfer.at_giver.value());
    CHECK(transfer.at_giver->value().what == mpst::Trouble::cancelled);
    CHECK(transfer.pair.host.mux->talks() == 0);
    CHECK(transfer.pair.caller.mux->talks() == 0);
}

TEST_CASE("a piece that was changed on the way is noticed at the end") {
    TransferRun transfer;
    transfer.find = [](const std::string&) -> Result<std::unique_ptr<TransferSource>> {
        return std::make_unique<Text>("0123456789");
    };
    transfer.pair.host.tamper = [](std::string& message) {
        if (const auto at = message.find("0123"); at != std::string::npos) message[at] = 'o';
    };
    transfer.run("x");
    REQUIRE(transfer.outcome);
    CHECK(transfer.outcome->error().code == "SZ-NET-132");
}

TEST_CASE("who gives more than was promised is stopped") {
    TransferRun transfer;
    transfer.find = [](const std::string&) -> Result<std::unique_ptr<TransferSource>> {
        return std::make_unique<Text>(counted(2'000'000));
    };
    transfer.pair.host.tamper = [](std::string& message) {
        // Its size stands behind it, least byte first: of 0x1e8480 becomes 0x018480.
        const auto at = message.find("have");
        if (at != std::string::npos) message[at + 6] = '\x01';
    };
    transfer.run("x");
    REQUIRE(transfer.outcome);
    CHECK(transfer.outcome->error().code == "SZ-NET-132");
    CHECK(transfer.taken.content.size() <= 0x018480);
    CHECK(transfer.at_giver->value().what == mpst::Trouble::cancelled);
}

TEST_CASE("a send that finds no room is made again, as the same") {
    TransferRun transfer;
    const std::string whole = counted(50'000);
    transfer.find = [&](const std::string&) -> Result<std::unique_ptr<TransferSource>> {
        transfer.pair.host.refusals = 3;
        return std::make_unique<Text>(whole);
    };
    transfer.run("x");
    CHECK_FALSE(transfer.at_giver.value());
    CHECK(transfer.taken.content == whole);
    CHECK(transfer.pair.host.deviations.empty());
    CHECK(transfer.pair.caller.deviations.empty());
}

TEST_CASE("with little room the transfer waits, and loses nothing") {
    TransferRun transfer;
    transfer.pair.host.room = 3;
    const std::string whole = counted(100'000);
    transfer.find = [&](const std::string&) -> Result<std::unique_ptr<TransferSource>> {
        return std::make_unique<Text>(whole);
    };
    transfer.run("x");
    CHECK(transfer.taken.content == whole);
    CHECK(transfer.pair.host.most_on_way == 3);
}
