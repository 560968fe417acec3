// SPDX-License-Identifier: AGPL-3.0-or-later
// Roles behind channels: what arrives is bytes, and may be anything.
#include <sz/mpst/join.hpp>
#include <sz/mpst/monitor.hpp>

#include <thread>

#include "failure_of.hpp"
#include "pipe_channel.hpp"
#include "tests/support/catch.hpp"
#include "video.hpp"

using namespace std::chrono_literals;
using mpst::Outcome;
using mpst::Trouble;
namespace v = video;

namespace {

struct Pipes {
    std::shared_ptr<Pipe> to_client = std::make_shared<Pipe>();
    std::shared_ptr<Pipe> to_server = std::make_shared<Pipe>();

    v::Client::Start client(mpst::Options options = {}) {
        return mpst::join<v::Client>(options,
                                     mpst::to_role<v::Authenticator>(PipeEnd(to_client, 0)));
    }
    v::Authenticator::Start authenticator() {
        return mpst::join<v::Authenticator>({}, mpst::to_role<v::Server>(PipeEnd(to_server, 0)),
                                            mpst::to_role<v::Client>(PipeEnd(to_client, 1)));
    }
    v::Server::Start server() {
        return mpst::join<v::Server>({}, mpst::to_role<v::Authenticator>(PipeEnd(to_server, 1)));
    }
};

std::vector<std::byte> bytes(std::initializer_list<int> values) {
    std::vector<std::byte> all;
    for (const int value : values) all.push_back(static_cast<std::byte>(value));
    return all;
}

// A client that has sent its Id and gets `frame` for an answer.
mpst::Failure answered_with(const mpst::Frame& frame) {
    Pipes pipes;
    PipeEnd liar(pipes.to_client, 1);
    auto waiting = pipes.client().send<v::Id>(1);
    CHECK(liar.send(frame, mpst::Clock::now() + 10s) == mpst::Passage::done);
    auto failure = failure_of([&] { static_cast<void>(std::move(waiting).receive()); });
    // The liar is told, too.
    mpst::Frame unused;
    CHECK(liar.receive(unused, mpst::Clock::now() + 10s) == mpst::Passage::cancelled);
    CHECK(liar.notice().by == "Client");
    CHECK(liar.notice().at == "Client::AwaitAnswer");
    return failure;
}

}  // namespace

TEST_CASE("three programs' worth of roles come to their ends over a stranger's channels") {
    Pipes pipes;
    Outcome outcomes[2];
    std::jthread first([&, start = pipes.authenticator()]() mutable {
        outcomes[0] = mpst::perform(std::move(start), v::authenticate);
    });
    std::jthread second([&, start = pipes.server()]() mutable {
        outcomes[1] = mpst::perform(std::move(start), v::serve);
    });
    std::string film;
    const Outcome outcome =
        mpst::perform(pipes.client(), [&](v::Client::Start start) -> v::Client::End {
            auto [answer, choose] = std::move(start).send<v::Id>(-2).receive();
            CHECK(answer.value == -1);
            auto [got, last] = std::move(choose).send<v::Request>(1234567890123).receive();
            film = got.bytes;
            return std::move(last).send<v::Close>();
        });
    first.join();
    second.join();
    CHECK(!outcome);
    CHECK(!outcomes[0]);
    CHECK(!outcomes[1]);
    CHECK(film == "1234567890123");
}

TEST_CASE("a number is eight bytes, the least significant first") {
    Pipes pipes;
    PipeEnd other(pipes.to_client, 1);
    auto waiting = pipes.client().send<v::Id>(0x0102);
    mpst::Frame frame;
    CHECK(other.receive(frame, mpst::Clock::now() + 10s) == mpst::Passage::done);
    CHECK(frame.label == "Id");
    CHECK(frame.payload == bytes({2, 1, 0, 0, 0, 0, 0, 0}));
}

TEST_CASE("a wrong label is named, with what was expected") {
    const auto failure = answered_with({"Reply", bytes({1, 0, 0, 0, 0, 0, 0, 0})});
    CHECK(failure.what == Trouble::wrong_message);
    CHECK(failure.role == "Client");
    CHECK(failure.state == "Client::AwaitAnswer");
    CHECK(failure.expected == "Answer");
    CHECK(failure.received == "Reply");
}

TEST_CASE("a payload that ends too early is no message") {
    const auto failure = answered_with({"Answer", bytes({1, 0, 0})});
    CHECK(failure.what == Trouble::bad_payload);
    CHECK(failure.received == "Answer");
    CHECK(failure.why == "Bytes are missing in it.");
}

TEST_CASE("bytes behind a payload are no message") {
    const auto failure = answered_with({"Answer", bytes({1, 0, 0, 0, 0, 0, 0, 0, 9})});
    CHECK(failure.what == Trouble::bad_payload);
    CHECK(failure.why == "There are bytes behind it.");
}

TEST_CASE("a label of any length and any bytes is shown short") {
    const auto failure = answered_with({std::string(1 << 20, '\0'), {}});
    CHECK(failure.what == Trouble::wrong_message);
    CHECK(failure.received == std::string(200, '?') + "...");
}

TEST_CASE("a count that cannot be true is refused before anything is made of it") {
    Pipes pipes;
    PipeEnd liar(pipes.to_client, 1);
    auto waiting = pipes.client().send<v::Id>(1);
    static_cast<void>(liar.send({"Answer", bytes({1, 0, 0, 0, 0, 0, 0, 0})}, mpst::Clock::now()));
    auto [answer, choose] = std::move(waiting).receive();
    auto next = std::move(choose).send<v::Request>(1);
    static_cast<void>(
        liar.send({"Video", bytes({255, 255, 255, 255, 1})}, mpst::Clock::now() + 10s));
    const auto failure = failure_of([&] { static_cast<void>(std::move(next).receive()); });
    CHECK(failure.what == Trouble::bad_payload);
    CHECK(failure.received == "Video");
}

TEST_CASE("a message longer than the channel carries fails at who sends it") {
    Pipes pipes;
    auto server = pipes.server();
    PipeEnd other(pipes.to_server, 0);
    static_cast<void>(other.send({"Request", bytes({1, 0, 0, 0, 0, 0, 0, 0})}, mpst::Clock::now()));
    auto [request, reply] = std::move(server).receive().take<v::Request>();
    const auto failure = failure_of([&reply = reply] {
        static_cast<void>(std::move(reply).send(v::Video{std::string(2000, 'x')}));
    });
    CHECK(failure.what == Trouble::too_long);
    CHECK(failure.state == "Server::SendVideo");
    CHECK(failure.received == "Video");
}

TEST_CASE("a peer that vanishes is a disconnection, and the roles beyond are told") {
    Pipes pipes;
    auto authenticator = pipes.authenticator();
    auto server = pipes.server();
    { PipeEnd gone(pipes.to_client, 0); }
    const auto failure = failure_of([&] { static_cast<void>(std::move(authenticator).receive()); });
    CHECK(failure.what == Trouble::disconnected);
    CHECK(failure.peer == "Client");
    CHECK(failure.why == "The pipe is broken.");
    const auto beyond = failure_of([&] { static_cast<void>(std::move(server).receive()); });
    CHECK(beyond.what == Trouble::cancelled);
    CHECK(beyond.by == "Authenticator");
    CHECK(beyond.at == "Authenticator::AwaitId");
}

TEST_CASE("a peer that says nothing is a deadline") {
    Pipes pipes;
    PipeEnd silent(pipes.to_client, 1);
    auto waiting = pipes.client({.capacity = 4, .patience = 10ms}).send<v::Id>(1);
    CHECK(failure_of([&] { static_cast<void>(std::move(waiting).receive()); }).what ==
          Trouble::deadline);
}

TEST_CASE("the monitor admits what the role's automaton allows, and nothing else") {
    auto monitor = mpst::Monitor::of<v::Client>();
    CHECK(monitor.state() == "Client::SendId");
    const auto early = monitor.received("Authenticator", {"Answer", {}});
    REQUIRE(early);
    CHECK(early->what == Trouble::wrong_message);
    CHECK(early->state == "Client::SendId");
    CHECK(early->expected == "Id to Authenticator");

    const auto eight = bytes({1, 0, 0, 0, 0, 0, 0, 0});
    CHECK(!monitor.sent("Authenticator", {"Id", eight}));
    CHECK(monitor.received("Server", {"Answer", eight})->what == Trouble::wrong_message);
    CHECK(monitor.received("Authenticator", {"Answer", {}})->what == Trouble::bad_payload);
    CHECK(!monitor.received("Authenticator", {"Answer", eight}));
    CHECK(monitor.sent("Authenticator", {"Video", {}})->expected ==
          "Request to Authenticator or Close to Authenticator");
    CHECK(!monitor.sent("Authenticator", {"Request", eight}));
    CHECK(!monitor.received("Authenticator", {"Video", bytes({2, 0, 0, 0, 'h', 'i'})}));
    CHECK(!monitor.sent("Authenticator", {"Close", {}}));
    CHECK(monitor.is_at_end());
    CHECK(monitor.sent("Authenticator", {"Close", {}})->expected == "nothing, the session is over");
}
