// SPDX-License-Identifier: AGPL-3.0-or-later
// Peers that have proven who they are, and lie: who comes back without having begun, and who says
// what no session says.
#include "tests/support/catch.hpp"
#include "tests/unit/net/evening.hpp"

using namespace sz;
using namespace sz::net;
using namespace sz::test;
using State = Session::State;

namespace {

Frame hello_frame(const std::string& session, const std::string& proof, Numbers next = {},
                  bool is_resumed = true) {
    Frame frame;
    frame.kind = FrameKind::hello;
    frame.is_resumed = is_resumed;
    frame.session = session;
    frame.proof = proof;
    frame.next = next;
    return frame;
}

// A host's session that was up and lost its connection, and its secret.
struct Lost {
    Evening evening;
    SessionSecret secret;
};
Lost lost_session() {
    Lost lost;
    lost.evening.connect();
    lost.evening.run();
    lost.secret = SessionSecret::of(*lost.evening.player.session->connection());
    REQUIRE(lost.secret.id == lost.evening.host.session->id());
    REQUIRE(lost.evening.host.send(play, "one"));
    lost.evening.run();
    lost.evening.wait(100);
    lost.evening.run();  // the player has confirmed it
    REQUIRE(lost.evening.host.send(play, "two"));
    lost.evening.cut();
    return lost;
}

// What the host's session answers to somebody who greets so.
std::string answer(Session& session, std::uint8_t who,
                   const std::function<Frame(const SecureChannel&)>& hello) {
    PairOptions options;
    options.seed = 9;
    options.player = who;
    Met met = meet(options);
    const std::string text = write_frame(hello(*met.player));
    Greeting greeting(std::move(*met.host), 0);
    REQUIRE(greeting.receive(play, met.player->send(play, text).value()[0].bytes));
    const Status status = session.resume(greeting, 0);
    if (status) return {};
    // It is refused with a word of its own, and an end.
    const auto said = greeting.refuse(status.error());
    REQUIRE(said.size() == 2);
    const auto word = met.player->receive(play, said[0].bytes).value();
    const Frame frame = read_frame(word.bytes).value();
    CHECK(frame.kind == FrameKind::refusal);
    CHECK(refusal_error(frame.refusal).code == status.error().code);
    CHECK(met.player->receive(play, said[1].bytes).value().end == status.error().message);
    return status.error().code;
}

}  // namespace

TEST_CASE("only who began a session comes back to it") {
    Lost lost = lost_session();
    Session& session = *lost.evening.host.session;
    const auto honest = [&](Numbers next) {
        return [&lost, next](const SecureChannel& channel) {
            return hello_frame(lost.secret.id, lost.secret.proof(channel, noise::Role::initiator),
                               next);
        };
    };
    CHECK(answer(session, 33, honest({1, 0})) == "SZ-NET-040");
    CHECK(answer(session, 11, [&](const SecureChannel&) {
              return hello_frame(lost.secret.id, std::string(32, 'x'), {1, 0});
          }) == "SZ-NET-048");
    CHECK(answer(session, 11, [&](const SecureChannel& channel) {  // the other side's proof
              return hello_frame(lost.secret.id, lost.secret.proof(channel, noise::Role::responder),
                                 {1, 0});
          }) == "SZ-NET-048");
    std::string of_another_connection;
    (void)answer(session, 33, [&](const SecureChannel& channel) {
        of_another_connection = lost.secret.proof(channel, noise::Role::initiator);
        return hello_frame(lost.secret.id, of_another_connection, {1, 0});
    });
    CHECK(answer(session, 11, [&](const SecureChannel&) {
              return hello_frame(lost.secret.id, of_another_connection, {1, 0});
          }) == "SZ-NET-048");
    // "one" was said and confirmed, "two" never said.
    CHECK(answer(session, 11, honest({0, 0})) == "SZ-NET-042");
    CHECK(answer(session, 11, honest({2, 0})) == "SZ-NET-042");
    CHECK(answer(session, 11, honest({1, 1})) == "SZ-NET-042");
    CHECK(answer(session, 11, honest({~0ull, 0})) == "SZ-NET-042");
    CHECK(session.state() == State::waiting);  // nobody of them has hurt it
    lost.evening.connect();
    lost.evening.run();
    CHECK(lost.evening.player.got[play] == std::vector<std::string>{"one", "two"});
    lost.evening.cut();
    CHECK(answer(session, 11, honest({2, 0})).empty());
}

TEST_CASE("why there is no session is said in the host's word, and the player tries no more") {
    for (const Refusal refusal : {Refusal::over, Refusal::full}) {
        Evening evening;
        evening.connect();
        evening.pull(evening.player, play);
        REQUIRE(evening.greeting->receive(play, evening.host.coming[play].front()));
        for (const Packet& packet : evening.greeting->refuse(refusal_error(refusal)))
            evening.player.coming[packet.channel].push_back(packet.bytes);
        while (evening.deliver(evening.player, play)) {
        }
        CHECK(evening.player.session->state() == State::ended);
        CHECK(evening.player.events.back().error->code == refusal_error(refusal).code);
    }
    CHECK(refusal_error(Refusal::over).code == "SZ-NET-049");
    CHECK(refusal_error(Refusal::full).code == "SZ-NET-052");
    // A session that was ended and not forgotten yet.
    Lost lost = lost_session();
    lost.evening.host.session->end("It is late.");
    CHECK(answer(*lost.evening.host.session, 11, [&](const SecureChannel& channel) {
              return hello_frame(lost.secret.id, lost.secret.proof(channel, noise::Role::initiator),
                                 {1, 0});
          }) == "SZ-NET-049");
}

TEST_CASE("a player with another identity does not go on with a session") {
    Evening evening;
    evening.connect();
    evening.run();
    evening.player_seed = 33;
    evening.connect();
    CHECK(code_of(evening.reconnected) == "SZ-NET-040");
}

TEST_CASE("a session that must exist is not begun anew") {
    PairOptions options;
    Met met = meet(options);
    Greeting greeting(std::move(*met.host), 0);
    CHECK(code_of(Session::accept(greeting, {}, 0)) == "SZ-NET-041");  // nothing was said yet
    const Frame frame = hello_frame(std::string(16, 'i'), std::string(32, 'p'));
    REQUIRE(greeting.receive(play, met.player->send(play, write_frame(frame)).value()[0].bytes));
    CHECK_FALSE(greeting.begins());
    CHECK(code_of(Session::accept(greeting, {}, 0)) == "SZ-NET-041");
    CHECK(code_of(Session::open(std::move(*meet().host), {}, 0)) == "SZ-NET-051");
}

TEST_CASE("a greeting that is none ends the connection") {
    const Frame hello = hello_frame(std::string(16, 'i'), std::string(32, 'p'));
    const std::string good = write_frame(hello);
    REQUIRE(good.size() == 66);
    std::string half = good;
    half[1] = 2;
    Frame piece;
    piece.content = "x";
    piece.is_last = true;
    for (const std::string& text : {std::string(), std::string("\0", 1), std::string("\7"), half,
                                    good.substr(0, 65), good + "x", write_frame(piece)}) {
        Met met = meet();
        Greeting greeting(std::move(*met.host), 0);
        const auto said = met.player->send(play, text).value();
        CHECK(code_of(greeting.receive(play, said[0].bytes)) == "SZ-NET-043");
        CHECK_FALSE(greeting.is_here());
    }
    Met met = meet();
    Greeting greeting(std::move(*met.host), 0);
    CHECK(code_of(greeting.receive(play, met.player->ping(1).value().bytes)) == "SZ-NET-043");
}

namespace {

// A player who speaks as it likes to the session of an honest host, which is up.
struct Liar {
    std::optional<SecureChannel> channel;
    std::optional<Session> host;

    Liar() {
        Met met = meet();
        Greeting greeting(std::move(*met.host), 0);
        channel.emplace(std::move(*met.player));
        const SessionSecret secret = SessionSecret::of(*channel);
        const Frame hello =
            hello_frame(secret.id, secret.proof(*channel, noise::Role::initiator), {}, false);
        REQUIRE(greeting.receive(play, channel->send(play, write_frame(hello)).value()[0].bytes));
        host.emplace(Session::accept(greeting, {}, 0).value());
        const auto welcome = host->next_packet(play);
        CHECK(channel->receive(play, welcome->bytes).value().kind == Arrival::Kind::message);
        CHECK(say(play, piece(0, "honest")).empty());
        CHECK(host->state() == State::up);
    }
    static std::string piece(std::uint64_t number, const std::string& content,
                             bool is_last = true) {
        Frame frame;
        frame.number = number;
        frame.is_last = is_last;
        frame.content = content;
        return write_frame(frame);
    }
    static std::string seen(Numbers next, FrameKind kind = FrameKind::seen) {
        Frame frame;
        frame.kind = kind;
        frame.next = next;
        return write_frame(frame);
    }
    std::string say(std::uint32_t on, const std::string& text) {
        return code_of(host->receive(on, channel->send(on, text).value()[0].bytes, 0));
    }
};

}  // namespace

TEST_CASE("what no session says ends the connection, not the session, and is never delivered") {
    struct Row {
        std::string text;
        const char* code;
        std::uint32_t on = play;
    };
    const std::string piece = Liar::piece(1, "x");
    std::string flags = piece, seen_on_bulk = Liar::piece(0, std::string(16, '\0'));
    flags[1] = 4;
    seen_on_bulk[1] = 3;
    std::string cut_seen = Liar::piece(1, "123456789012345");
    cut_seen[1] = 3;
    const Row rows[] = {
        {"", "SZ-NET-043"},
        {"\7", "SZ-NET-043"},
        {"\x04\x01", "SZ-NET-043"},
        {piece.substr(0, 9), "SZ-NET-043"},
        {flags, "SZ-NET-043"},
        {cut_seen, "SZ-NET-043"},
        {seen_on_bulk, "SZ-NET-043", bulk},
        {Liar::piece(1, "", false), "SZ-NET-043"},
        {Liar::seen({0, 0}) + "x", "SZ-NET-043"},
        {Liar::seen({0, 0}).substr(0, 16), "SZ-NET-043"},
        {Liar::seen({0, 0}, FrameKind::over).substr(0, 16), "SZ-NET-043"},
        {Liar::seen({2, 0}, FrameKind::over) + std::string(1001, 'r'), "SZ-NET-043"},
        {"\x03\x07", "SZ-NET-043"},
        {Liar::piece(0, "again"), "SZ-NET-045"},
        {Liar::piece(2, "left out"), "SZ-NET-045"},
        {Liar::piece(1, "elsewhere"), "SZ-NET-045", bulk},
        {Liar::seen({1, 0}), "SZ-NET-042"},
        {Liar::seen({0, ~0ull}), "SZ-NET-042"},
        {Liar::seen({0, 0}, FrameKind::over), "SZ-NET-042"},
        {Liar::seen({0, 0}), "SZ-NET-050", bulk},
        {write_frame(hello_frame(std::string(16, 'i'), std::string(32, 'p'))), "SZ-NET-050"},
        {"\x03\x01", "SZ-NET-050"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text, row.on);
        Liar liar;
        REQUIRE(liar.host->send(play, "kept"));
        (void)liar.host->take_events();
        CHECK(liar.say(row.on, row.text) == row.code);
        CHECK(liar.host->state() == State::waiting);
        const auto events = liar.host->take_events();
        REQUIRE(events.size() == 1);
        CHECK(events[0].kind == SessionEvent::Kind::waiting);
        REQUIRE(events[0].error);
        CHECK(events[0].error->code == row.code);
    }
}

TEST_CASE("who asks and does not listen is not answered for ever") {
    Liar liar;
    for (int i = 0; i < 64; ++i)
        CHECK(liar.host->receive(play, liar.channel->ping(7).value().bytes, 0));
    CHECK(code_of(liar.host->receive(play, liar.channel->ping(7).value().bytes, 0)) ==
          "SZ-NET-043");
    Liar patient;
    for (int i = 0; i < 200; ++i) {
        CHECK(patient.host->receive(play, patient.channel->ping(7).value().bytes, 0));
        const auto pong = patient.host->next_packet(play);
        REQUIRE(pong);
        CHECK(patient.channel->receive(play, pong->bytes).value().token == 7);
    }
}

TEST_CASE("nothing is heard behind an end") {
    Liar liar;
    CHECK(liar.say(play, Liar::seen({1, 1}, FrameKind::over)).empty());
    CHECK(liar.host->state() == State::up);  // a piece of bulk is still to come
    CHECK(liar.say(play, Liar::piece(1, "more")) == "SZ-NET-050");
    Liar other;
    CHECK(other.say(play, Liar::seen({1, 1}, FrameKind::over)).empty());
    CHECK(other.say(bulk, Liar::piece(0, "the last")).empty());
    CHECK(other.host->state() == State::ended);
    CHECK(other.say(bulk, Liar::piece(1, "more")).empty());  // ended: it is not looked at
    const auto events = other.host->take_events();
    CHECK(events.size() == 4);  // up, two messages, ended
}
