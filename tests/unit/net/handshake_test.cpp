// SPDX-License-Identifier: AGPL-3.0-or-later
// Who proves what to whom, and in which order.
#include "kernel/net/handshake.hpp"

#include "kernel/net/words.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/net/pair.hpp"

using namespace sz;
using namespace sz::net;
using namespace sz::test;
using noise::Role;

namespace {

const std::string player_id = TestKey(11).client_id();
const std::string host_id = TestKey(22).client_id();
const std::string other_id = TestKey(33).client_id();

ExpectedPeer expects(const std::string& mark, ExpectedPeer::From from) {
    return {HostMark::parse(mark).value(), from};
}

std::string say(const Result<std::optional<Packet>>& step) { return step.value().value().bytes; }

}  // namespace

TEST_CASE("two that meet know each other, and have the same keys and words") {
    const Met met = meet();
    CHECK(met.player->peer_client_id() == host_id);
    CHECK(met.host->peer_client_id() == player_id);
    CHECK(met.player->own_client_id() == player_id);
    CHECK(met.player->hash() == met.host->hash());
    CHECK(spoken_words(met.player->hash()) == spoken_words(met.host->hash()));
    CHECK(met.player->key("x").view() == met.host->key("x").view());
    const WireKeys player = met.player->wire_keys(), host = met.host->wire_keys();
    CHECK(player.send.view() == host.receive.view());
    CHECK(player.receive.view() == host.send.view());
    CHECK(player.send.view() != player.receive.view());
    REQUIRE(met.said.size() == 4);
    CHECK(met.said[0].bytes.size() == 36);
    CHECK(met.said[1].bytes.size() == 192);
    CHECK(met.said[2].bytes.size() == 160);
    CHECK(met.said[3].bytes.size() == 16);
}

TEST_CASE("no two connections of the same two have anything in common") {
    const Met one = meet({.seed = 0}), other = meet({.seed = 0});
    CHECK(one.player->hash() != other.player->hash());
    CHECK(one.player->key("x").view() != other.player->key("x").view());
    for (std::size_t i = 0; i < 4; ++i) CHECK(one.said[i].bytes != other.said[i].bytes);
}

TEST_CASE("who connects tells nothing about itself to anybody but whom it wants to meet") {
    using From = ExpectedPeer::From;
    struct Row {
        std::string mark;
        From from;
        const char* code;
    };
    const std::string short_other = HostMark::short_of(other_id).value().text();
    for (const Row& row :
         {Row{other_id, From::address, "SZ-NET-010"}, Row{short_other, From::address, "SZ-NET-010"},
          Row{other_id, From::memory, "SZ-NET-011"}}) {
        PairOptions options;
        options.expected = {expects(host_id, From::address), expects(row.mark, row.from)};
        Handshake player = handshake_of(Role::initiator, options);
        Handshake host = handshake_of(Role::responder, options);
        const std::string answer = say(host.receive(0, say(player.start()), 1));
        const auto refused = player.receive(0, answer, 1);
        REQUIRE_FALSE(refused);  // so that there is no message 3
        CHECK(refused.error().code == row.code);
        CHECK_THAT(refused.error().message, ContainsSubstring(row.mark));
        CHECK_THAT(refused.error().message, ContainsSubstring(host_id));
        CHECK_FALSE(refused.error().hint.empty());
        CHECK(player.peer_client_id().empty());
        CHECK(code_of(player.finish()) == row.code);
        CHECK(code_of(player.receive(0, answer, 1)) == row.code);
        CHECK_FALSE(host.is_done());
        CHECK(host.peer_client_id().empty());
    }
    PairOptions right;
    right.expected = {expects(host_id, From::memory),
                      expects(HostMark::short_of(host_id).value().text(), From::address)};
    CHECK(meet(right).player->peer_client_id() == host_id);
}

TEST_CASE("nothing can be sent before both have proven who they are") {
    PairOptions options;
    Handshake player = handshake_of(Role::initiator, options);
    Handshake host = handshake_of(Role::responder, options);
    CHECK(code_of(player.finish()) == "SZ-NET-006");
    CHECK(host.start().value() == std::nullopt);
    const std::string one = say(player.start());
    CHECK(player.start().value() == std::nullopt);
    const std::string two = say(host.receive(0, one, 1));
    CHECK(host.peer_client_id().empty());
    const std::string three = say(player.receive(0, two, 1));
    CHECK_FALSE(player.is_done());  // it knows the host, but not that the host knows it
    CHECK(code_of(player.finish()) == "SZ-NET-006");
    CHECK(code_of(host.finish()) == "SZ-NET-006");
    const std::string four = say(host.receive(0, three, 1));
    CHECK(host.is_done());
    CHECK(player.receive(0, four, 1).value() == std::nullopt);
    CHECK(player.is_done());
    CHECK(player.finish());
    CHECK(code_of(player.finish()) == "SZ-NET-006");
}

TEST_CASE("a newer program, another program and a message of another length are told apart") {
    const auto answer = [](std::string bytes, std::uint32_t channel = 0) {
        Handshake host = handshake_of(Role::responder, {});
        return code_of(host.receive(channel, bytes, 1));
    };
    const std::string one = say(handshake_of(Role::initiator, {}).start());
    CHECK(answer(one).empty());
    std::string newer = one + "and more that only it knows";
    newer[3] = 2;
    CHECK(answer(newer) == "SZ-NET-002");
    CHECK(answer("GET / HTTP/1.1\r\n\r\n") == "SZ-NET-001");
    CHECK(answer("") == "SZ-NET-001");
    CHECK(answer("SZH") == "SZ-NET-001");
    CHECK(answer(std::string("SZH\0", 4) + one.substr(4)) == "SZ-NET-001");
    CHECK(answer(one.substr(0, 35)) == "SZ-NET-003");
    CHECK(answer(one + "x") == "SZ-NET-003");
    CHECK(answer(one, 1) == "SZ-NET-006");
    CHECK(answer(one.substr(0, 4) + std::string(32, '\0')) == "SZ-NET-004");
}

TEST_CASE("a wrong proof is refused: not signed, for another handshake, by the other role") {
    // What was signed for is kept, and given again where it does not belong.
    std::string of_host, of_player;
    const auto with = [](Role role, std::uint8_t seed, std::uint8_t who, Signer sign) {
        HandshakeOptions options{role, TestKey(who).client_id(), std::move(sign), {}, 1000, {}, {}};
        auto next = static_cast<std::uint8_t>(4 * seed + (role == Role::initiator ? 0 : 2));
        options.make_key = [next]() mutable { return seeded_key(next++); };
        return Handshake::create(std::move(options), 0).value();
    };
    const auto keep = [](std::uint8_t who, std::string& kept) -> Signer {
        return [who, &kept](std::string_view message) {
            auto signature = signer_of(who)(message);
            kept = signature.value();
            return signature;
        };
    };
    const auto always = [](std::string& signature) -> Signer {
        return [&signature](std::string_view) { return Result<std::string>(signature); };
    };
    {
        Handshake player = with(Role::initiator, 1, 11, keep(11, of_player));
        Handshake host = with(Role::responder, 1, 22, keep(22, of_host));
        const std::string two = say(host.receive(0, say(player.start()), 1));
        (void)say(player.receive(0, two, 1));
        REQUIRE(of_host.size() == 64);
        REQUIRE(of_player.size() == 64);
    }
    const auto host_says = [&](Signer sign, std::uint8_t who, std::uint8_t seed) {
        Handshake player = with(Role::initiator, seed, 11, signer_of(11));
        Handshake host = with(Role::responder, seed, who, std::move(sign));
        return code_of(player.receive(0, say(host.receive(0, say(player.start()), 1)), 1));
    };
    std::string nonsense(64, 'x');
    CHECK(host_says(signer_of(22), 22, 1).empty());
    CHECK(host_says(always(of_host), 22, 1).empty());  // the very same handshake
    CHECK(host_says(always(of_host), 22, 2) == "SZ-NET-005");
    CHECK(host_says(always(of_player), 11, 1) == "SZ-NET-005");
    CHECK(host_says(always(nonsense), 22, 1) == "SZ-NET-005");
    CHECK(host_says(signer_of(33), 22, 1) == "SZ-NET-005");  // another signs for the host
    // The player's proof, which the host checks.
    const auto player_says = [&](Signer sign, std::uint8_t who) {
        Handshake player = with(Role::initiator, 1, who, std::move(sign));
        Handshake host = with(Role::responder, 1, 22, signer_of(22));
        const std::string two = say(host.receive(0, say(player.start()), 1));
        return code_of(host.receive(0, say(player.receive(0, two, 1)), 1));
    };
    CHECK(player_says(always(of_player), 11).empty());
    CHECK(player_says(always(of_host), 22) == "SZ-NET-005");
    CHECK(player_says(signer_of(33), 11) == "SZ-NET-005");
    // The own identity fails, or gives something else than a signature.
    std::string short_one(63, 'x');
    CHECK(code_of(with(Role::responder, 1, 22, always(short_one))
                      .receive(0, say(with(Role::initiator, 1, 11, signer_of(11)).start()), 1)) ==
          "SZ-NET-008");
    const Signer locked = [](std::string_view) -> Result<std::string> {
        return fail(ErrorKind::denied, "SZ-IDENTITY-013", "It is locked.");
    };
    CHECK(code_of(with(Role::responder, 1, 22, locked)
                      .receive(0, say(with(Role::initiator, 1, 11, signer_of(11)).start()), 1)) ==
          "SZ-IDENTITY-013");
}

TEST_CASE("a proof is signed for one role, one key and all that was said before") {
    // The same static key in two handshakes, which differ in nothing but the player's part of it.
    std::vector<std::string> signed_by_host;
    std::string first_signature;
    const auto answer = [&](std::uint8_t of_player, bool is_repeated) {
        HandshakeOptions ours{Role::initiator, player_id, signer_of(11), {}, 1000, {}, {}};
        ours.make_key = [next = of_player]() mutable { return seeded_key(next++); };
        HandshakeOptions theirs{Role::responder, host_id, {}, {}, 1000, {}, {}};
        theirs.make_key = [next = std::uint8_t{50}]() mutable { return seeded_key(next++); };
        theirs.sign = [&](std::string_view message) {
            signed_by_host.emplace_back(message);
            if (!is_repeated) first_signature = signer_of(22)(message).value();
            return Result<std::string>(first_signature);
        };
        Handshake player = Handshake::create(std::move(ours), 0).value();
        Handshake host = Handshake::create(std::move(theirs), 0).value();
        return code_of(player.receive(0, say(host.receive(0, say(player.start()), 1)), 1));
    };
    CHECK(answer(60, false).empty());
    CHECK(answer(60, true).empty());
    CHECK(answer(70, true) == "SZ-NET-005");
    const std::string role = "SessionZero handshake v1 responder\n";
    const noise::DhKey key = seeded_key(50).open;
    for (const std::string& message : signed_by_host) {
        REQUIRE(message.size() == role.size() + 64);
        CHECK(message.starts_with(role));
        CHECK(std::equal(key.begin(), key.end(), message.begin() + role.size(),
                         [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
    }
    CHECK(signed_by_host[0] == signed_by_host[1]);
    CHECK(signed_by_host[0].substr(role.size() + 32) != signed_by_host[2].substr(role.size() + 32));
}

TEST_CASE("who stands in the middle with keys of its own is found out by name") {
    // The middle speaks as the host to the player and as a player to the host: all proofs are good,
    // but they are the middle's.
    PairOptions to_player, to_host;
    to_player.host = 33;
    to_player.expected = {expects(host_id, ExpectedPeer::From::memory)};
    Handshake player = handshake_of(Role::initiator, to_player);
    Handshake middle = handshake_of(Role::responder, to_player);
    const std::string two = say(middle.receive(0, say(player.start()), 1));
    CHECK(code_of(player.receive(0, two, 1)) == "SZ-NET-011");
    // Without anything to expect they meet, and words and names differ at the two ends.
    to_player.expected = {};
    to_host.player = 33;
    to_host.seed = 2;
    const Met left = meet(to_player), right = meet(to_host);
    CHECK(spoken_words(left.player->hash()) != spoken_words(right.host->hash()));
    CHECK(left.player->peer_client_id() == other_id);
}

TEST_CASE("a handshake has its time, and not a millisecond more") {
    Handshake player = handshake_of(Role::initiator, {});
    CHECK(player.deadline() == 1000);
    const std::string one = say(player.start());
    CHECK(player.tick(999));
    CHECK(code_of(player.tick(1000)) == "SZ-NET-007");
    CHECK(code_of(player.receive(0, "x", 1)) == "SZ-NET-007");
    Handshake host = handshake_of(Role::responder, {});
    CHECK(code_of(host.receive(0, one, 1000)) == "SZ-NET-007");
    Handshake again = handshake_of(Role::responder, {});
    CHECK(again.receive(0, one, 999));
    CHECK(code_of(again.transport_closed()) == "SZ-NET-009");
    CHECK(code_of(again.receive(0, one, 999)) == "SZ-NET-009");
    HandshakeOptions nobody;
    nobody.client_id = "szid1nonsense";
    CHECK(code_of(Handshake::create(nobody, 0)) == "SZ-CRYPTO-003");
}

TEST_CASE("the words are short, plain and never alike") {
    const auto& words = word_list();
    for (std::size_t i = 0; i < words.size(); ++i) {
        CAPTURE(words[i]);
        CHECK(words[i].size() >= 4);
        CHECK(words[i].size() <= 8);
        CHECK(words[i].find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos);
        for (std::size_t j = i + 1; j < words.size(); ++j) {
            CAPTURE(words[j]);
            CHECK(words[i] < words[j]);
            CHECK(words[i].substr(0, 4) != words[j].substr(0, 4));
            std::size_t same = 0;
            const std::size_t size = std::min(words[i].size(), words[j].size());
            for (std::size_t k = 0; k < size; ++k) same += words[i][k] == words[j][k] ? 1 : 0;
            if (words[i].size() == words[j].size()) CHECK(same + 2 <= size);
        }
    }
    const std::string spoken = spoken_words({});
    CHECK(std::count(spoken.begin(), spoken.end(), ' ') == 5);
    CHECK(spoken != spoken_words({1}));
}
