// SPDX-License-Identifier: AGPL-3.0-or-later
// Sessions: greeting, coming back, confirming, ending, and what is refused.
#include "kernel/net/session.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/net/evening.hpp"

using namespace sz;
using namespace sz::net;
using namespace sz::test;
using Kind = SessionEvent::Kind;
using State = Session::State;

namespace {

Evening begun(SessionOptions options = {}) {
    Evening evening(options);
    evening.connect();
    evening.run();
    REQUIRE(evening.player.session->state() == State::up);
    REQUIRE(evening.host.session->state() == State::up);
    return evening;
}

}  // namespace

TEST_CASE("a session begins, is lost, waits and comes back, and both owners see it") {
    Evening evening = begun();
    CHECK(evening.player.session->id() == evening.host.session->id());
    CHECK(evening.player.session->id().size() == 16);
    CHECK(evening.player.session->peer_client_id() == TestKey(22).client_id());
    CHECK(evening.host.session->peer_client_id() == TestKey(11).client_id());
    REQUIRE(evening.player.send(play, "before"));
    evening.run();
    evening.cut();
    CHECK(evening.player.session->state() == State::waiting);
    CHECK(evening.player.session->connection() == nullptr);
    REQUIRE(evening.player.send(play, "meanwhile"));
    REQUIRE(evening.host.send(bulk, "meanwhile, too"));
    CHECK_FALSE(evening.pull(evening.player, play));
    const std::string id = evening.player.session->id();
    evening.connect();
    CHECK(evening.player.session->state() == State::returning);
    evening.run();
    CHECK(evening.player.session->id() == id);
    CHECK(evening.player.kinds() == std::vector{Kind::up, Kind::waiting, Kind::back});
    CHECK(evening.host.kinds() == std::vector{Kind::up, Kind::waiting, Kind::back});
    CHECK(evening.host.got[play] == std::vector<std::string>{"before", "meanwhile"});
    CHECK(evening.player.got[bulk] == std::vector<std::string>{"meanwhile, too"});
}

TEST_CASE("a host that has not noticed a loss takes its player back all the same") {
    Evening evening = begun();
    REQUIRE(evening.host.send(play, "on its way"));
    evening.pull(evening.host, play);
    evening.cut_wire();
    evening.notice(evening.player);
    evening.connect();
    evening.run();
    CHECK(evening.player.got[play] == std::vector<std::string>{"on its way"});
    CHECK(evening.host.kinds() == std::vector{Kind::up, Kind::waiting, Kind::back});
}

TEST_CASE("a connection that is lost while greeting is no lost session") {
    for (const bool has_host_heard : {false, true}) {
        Evening evening;
        evening.connect();
        REQUIRE(evening.player.send(play, "early"));
        evening.pull(evening.player, play);
        if (has_host_heard) {
            evening.deliver(evening.host, play);
            REQUIRE(evening.host.send(play, "welcome to all"));
        }
        evening.cut();
        CHECK(evening.player.session->state() == State::waiting);
        evening.connect();
        evening.run();
        CHECK(evening.host.got[play] == std::vector<std::string>{"early"});
        if (has_host_heard)
            CHECK(evening.player.got[play] == std::vector<std::string>{"welcome to all"});
        CHECK(evening.player.session->id() == evening.host.session->id());
    }
}

TEST_CASE("a large message goes on where it was, not from its beginning") {
    SessionOptions options;
    options.seen_pieces = 8;
    Evening evening = begun(options);
    evening.player.session->set_receive_limit(bulk, limits::mib);
    const std::string large(100 * piece_content_max(bulk), 'L');
    REQUIRE(evening.host.send(bulk, large));
    for (int i = 0; i < 60; ++i) {
        REQUIRE(evening.pull(evening.host, bulk));
        if (i < 50) REQUIRE(evening.deliver(evening.player, bulk));  // ten are lost
    }
    evening.cut();
    evening.connect();
    int packets = 0;
    evening.pull(evening.player, play);
    evening.deliver(evening.host, play);
    evening.pull(evening.host, play);
    evening.deliver(evening.player, play);
    evening.pull(evening.player, play);
    evening.deliver(evening.host, play);
    while (evening.pull(evening.host, bulk)) ++packets;
    CHECK(packets == 50);
    evening.run();
    REQUIRE(evening.player.got[bulk].size() == 1);
    CHECK(evening.player.got[bulk][0] == large);
}

TEST_CASE("bulk of a host waits until its player has heard the welcome") {
    Evening evening;
    evening.connect();
    evening.pull(evening.player, play);
    evening.deliver(evening.host, play);
    REQUIRE(evening.host.send(bulk, "large"));
    REQUIRE(evening.host.send(play, "small"));
    CHECK_FALSE(evening.pull(evening.host, bulk));  // it could overtake the welcome
    CHECK(evening.pull(evening.host, play));
    CHECK_FALSE(evening.pull(evening.host, play));  // it is not up yet
    CHECK_FALSE(evening.pull(evening.host, bulk));
    evening.run();
    CHECK(evening.player.got[play] == std::vector<std::string>{"small"});
    evening.cut();
    REQUIRE(evening.host.send(bulk, "more"));
    evening.connect();
    evening.pull(evening.player, play);
    evening.deliver(evening.host, play);
    CHECK(evening.host.session->state() == State::up);
    CHECK_FALSE(evening.pull(evening.host, bulk));
    evening.run();
    CHECK(evening.player.got[bulk] == std::vector<std::string>{"large", "more"});
    CHECK(evening.player.codes.empty());
}

TEST_CASE(
    "what came is confirmed after so many pieces, so many bytes, so long, or with an answer") {
    SessionOptions options;
    options.seen_pieces = 3;
    options.seen_bytes = 1000;
    Evening evening = begun(options);
    const auto confirmations = [&](int messages, std::size_t size) {
        for (int i = 0; i < messages; ++i) {
            REQUIRE(evening.player.send(play, std::string(size, 'x')));
            evening.pull(evening.player, play);
            evening.deliver(evening.host, play);
        }
        int count = 0;
        while (evening.pull(evening.host, play)) ++count;
        return count;
    };
    CHECK(confirmations(2, 1) == 0);
    CHECK(evening.host.session->next_tick() == 100);
    evening.wait(99);
    CHECK(confirmations(0, 0) == 0);
    evening.wait(1);
    CHECK(confirmations(0, 0) == 1);
    CHECK(evening.host.session->next_tick() == std::nullopt);
    CHECK(confirmations(3, 1) == 1);
    CHECK(confirmations(1, 999) == 0);
    CHECK(confirmations(1, 1) == 1);
    CHECK(confirmations(1, 1) == 0);
    REQUIRE(evening.host.send(play, "an answer, which confirms on its way"));
    CHECK(confirmations(0, 0) == 1);
    evening.wait(100);
    CHECK(confirmations(0, 0) == 0);
}

TEST_CASE("too much that nobody confirms is not taken, and there is room again later") {
    SessionOptions options;
    options.unacknowledged_bytes_max = 1000 + 2 * Outbox::message_more_bytes;
    Evening evening = begun(options);
    evening.cut();
    REQUIRE(evening.player.send(play, std::string(600, 'a')));
    CHECK(code_of(evening.player.send(play, std::string(401, 'b'))) == "SZ-NET-044");
    REQUIRE(evening.player.send(play, std::string(400, 'b')));
    CHECK(code_of(evening.player.send(play, "")) == "SZ-NET-044");
    REQUIRE(evening.player.send(bulk, "the other channel"));
    evening.connect();
    evening.run();
    evening.wait(100);
    evening.run();
    CHECK(evening.player.kinds() == std::vector{Kind::up, Kind::waiting, Kind::back, Kind::room});
    CHECK(evening.player.events.back().channel == play);
    REQUIRE(evening.player.send(play, std::string(600, 'c')));
    CHECK(evening.host.got[play].size() == 2);
    CHECK(code_of(evening.player.send(2, "")) == "SZ-NET-025");
    CHECK(code_of(evening.player.send(
              play, std::string(limits::net_play_message_bytes_max + 1, 'x'))) == "SZ-NET-025");
}

TEST_CASE("the longest message fits beside nothing") {
    Evening evening = begun();
    evening.host.session->set_receive_limit(bulk, SIZE_MAX);
    REQUIRE(evening.player.send(bulk, std::string(limits::net_bulk_message_bytes_max, 'x')));
    evening.run();
    REQUIRE(evening.host.got[bulk].size() == 1);
    CHECK(evening.host.got[bulk][0].size() == limits::net_bulk_message_bytes_max);
}

TEST_CASE("a peer can make us hold what the owner allows, and not a byte more") {
    Evening evening = begun();
    evening.host.session->set_receive_limit(bulk, 5000);
    REQUIRE(evening.player.send(bulk, std::string(5000, 'x')));
    evening.run();
    CHECK(evening.host.got[bulk].size() == 1);
    REQUIRE(evening.player.send(bulk, std::string(5001, 'x')));
    evening.run();
    CHECK(evening.host.codes == std::vector<std::string>{"SZ-NET-024"});
    CHECK(evening.host.session->state() == State::waiting);
    CHECK(evening.host.got[bulk].size() == 1);
}

TEST_CASE("a session waits as long as it may, then it has ended, and who comes later is told") {
    SessionOptions options;
    options.grace_ms = 5000;
    Evening evening = begun(options);
    evening.cut();
    evening.player.session->tick(4999);
    CHECK(evening.player.session->state() == State::waiting);
    CHECK(evening.player.session->next_tick() == 5000);
    evening.host.session->tick(5000);
    evening.host.read_events();
    CHECK(evening.host.session->state() == State::ended);
    CHECK(evening.host.events.back().error->code == "SZ-NET-047");
    CHECK(code_of(evening.host.send(play, "x")) == "SZ-NET-049");
    evening.host.session.reset();  // as its owner forgets it
    evening.connect();
    evening.run();
    CHECK(evening.refused->code == "SZ-NET-041");
    CHECK(evening.player.session->state() == State::ended);
    CHECK(evening.player.events.back().error->code == "SZ-NET-041");
    evening.connect();
    CHECK(code_of(evening.reconnected) == "SZ-NET-049");
}

TEST_CASE("who tries in vain to come back does not wait for longer") {
    SessionOptions options;
    options.grace_ms = 5000;
    Evening evening = begun(options);
    evening.cut();
    for (int i = 0; i < 3; ++i) {
        evening.wait(1600);
        evening.connect();
        CHECK(evening.player.session->state() == State::returning);
        evening.cut();
        CHECK(evening.player.session->next_tick() == 5000);
    }
    evening.wait(200);
    CHECK(evening.player.session->state() == State::ended);
    CHECK(evening.player.events.back().error->code == "SZ-NET-047");
}

TEST_CASE("a greeting that is not answered is given up in time") {
    Evening evening;
    evening.connect();
    CHECK(evening.player.session->next_tick() == limits::net_handshake_ms_max);
    CHECK(evening.greeting->tick(limits::net_handshake_ms_max - 1));
    CHECK(code_of(evening.greeting->tick(limits::net_handshake_ms_max)) == "SZ-NET-046");
    evening.wait(limits::net_handshake_ms_max - 1);
    CHECK(evening.player.session->state() == State::greeting);
    evening.wait(1);
    CHECK(evening.player.session->state() == State::waiting);
    CHECK(evening.player.events.back().error->code == "SZ-NET-046");
}

TEST_CASE("an end that was heard counts, though bulk is lost behind it") {
    for (const bool is_noticed : {true, false}) {
        Evening evening = begun();
        REQUIRE(evening.host.send(bulk, std::string(9000, 'x')));
        REQUIRE(evening.host.send(play, "last words"));
        evening.host.session->end("It is late.");
        while (evening.pull(evening.host, play) || evening.pull(evening.host, bulk)) {
        }
        while (evening.deliver(evening.player, play)) {
        }
        CHECK(evening.player.session->state() == State::up);
        if (is_noticed) {
            evening.cut();
        } else {
            evening.connect();  // as after a silence
            CHECK(code_of(evening.reconnected) == "SZ-NET-049");
        }
        evening.player.read_events();
        CHECK(evening.player.session->state() == State::ended);
        CHECK(evening.player.got[play] == std::vector<std::string>{"last words"});
        CHECK(evening.player.events.back().kind == Kind::ended);
        CHECK(evening.player.events.back().bytes == "It is late.");
    }
}

TEST_CASE("an end comes behind everything that was sent, with its reason") {
    Evening evening = begun();
    REQUIRE(evening.host.send(bulk, std::string(9000, 'x')));
    REQUIRE(evening.host.send(play, "last words"));
    evening.host.session->end("The table is closed.");
    evening.host.read_events();
    CHECK(evening.host.session->state() == State::ended);
    while (evening.pull(evening.host, play) || evening.pull(evening.host, bulk)) {
    }
    CHECK(evening.host.session->connection() == nullptr);  // so that the transport is to be closed
    while (evening.deliver(evening.player, play)) {        // the end overtakes the large transfer
    }
    CHECK(evening.player.session->state() == State::up);
    evening.run();
    CHECK(evening.player.session->state() == State::ended);
    CHECK(evening.player.got[play] == std::vector<std::string>{"last words"});
    CHECK(evening.player.got[bulk].size() == 1);
    CHECK(evening.player.events.back().kind == Kind::ended);
    CHECK(evening.player.events.back().bytes == "The table is closed.");
    CHECK_FALSE(evening.player.events.back().error);
}
