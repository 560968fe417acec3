// SPDX-License-Identifier: AGPL-3.0-or-later
// Sessions through a real broker, when nothing is in their way.
#include <sz/mpst/asio.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "mqtt_roles.hpp"
#include "mqtt_test.hpp"

using namespace mpst_test;
using namespace std::chrono_literals;

namespace {

std::string setting(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

mpst::task<video::Client::End> watch_two(video::Client::Start start) {
    auto asked = co_await std::move(start).async_send(video::Id{41});
    auto [answer, state] = co_await std::move(asked).async_receive();
    for (std::int64_t i = 0; i < 2; ++i) {
        auto waiting = co_await std::move(state).async_send(video::Request{i});
        auto [film, next] = co_await std::move(waiting).async_receive();
        if (film.bytes != std::to_string(i)) throw std::runtime_error("another film");
        state = std::move(next);
    }
    co_return co_await std::move(state).async_send(video::Close{});
}

}  // namespace

// Played by `Program`s of other tests.
TEST_CASE("one role of video streaming, as a program", "[.role]") {
    mpst::mqtt::Options options;
    options.broker = setting("MPST_BROKER");
    options.session = setting("MPST_SESSION");
    options.patience = 20s;
    const std::string role = setting("MPST_ROLE");
    std::future<mpst::Outcome> played;
    if (role == "Client") {
        played = play<video::Client>(options, [](video::Client::Start start) {
            return video::watch_until(std::move(start), [](std::int64_t i) { return i == 9; });
        });
    } else if (role == "Authenticator") {
        played = play<video::Authenticator>(options, video::authenticate);
    } else {
        played = play<video::Server>(options, video::serve);
    }
    CHECK(sentence(played) == "to the end");
}

TEST_CASE("three roles of one program go to the end, in whichever order they start") {
    const Mosquitto broker;
    NEEDS(broker);
    const auto options = options_at(broker);
    const int first = GENERATE(0, 1, 2);
    std::int64_t films = 0;
    std::vector<std::future<mpst::Outcome>> played;
    for (const int role : {first, (first + 1) % 3, (first + 2) % 3}) {
        // The next one starts when the one before has spoken.
        const char* names[] = {"Client", "Authenticator", "Server"};
        Stranger listener(broker.uri(), {"mpst/matinee/" + std::string(names[role])});
        if (role == 0)
            played.push_back(play<video::Client>(options, [&films](video::Client::Start start) {
                return video::watch_until(std::move(start),
                                          [&films](std::int64_t) { return ++films == 20; });
            }));
        if (role == 1) played.push_back(play<video::Authenticator>(options, video::authenticate));
        if (role == 2) played.push_back(play<video::Server>(options, video::serve));
        REQUIRE(eventually([&listener] { return !listener.heard().empty(); }));
    }
    for (auto& outcome : played) CHECK(sentence(outcome) == "to the end");
    CHECK(films == 20);
}

TEST_CASE("three programs go to the end") {
    const Mosquitto broker;
    NEEDS(broker);
    std::vector<std::unique_ptr<Program>> programs;
    for (const char* role : {"Server", "Client", "Authenticator"})
        programs.push_back(std::make_unique<Program>(
            std::vector<std::string>{own_program(), "[.role]"},
            std::vector<std::string>{"MPST_BROKER=" + broker.uri(), "MPST_SESSION=programs",
                                     std::string("MPST_ROLE=") + role}));
    for (const auto& program : programs) CHECK(program->wait() == 0);
}

TEST_CASE("messages arrive once, whole and in order, also where few may wait") {
    const Mosquitto broker;
    NEEDS(broker);
    auto options = options_at(broker);
    auto narrow = options;
    narrow.waiting_max = GENERATE(1U, 3U, 64U);
    std::vector<std::int64_t> values;
    std::size_t whole = 0;
    auto source = play<numbers::Source>(options, [](numbers::Source::Start start) {
        return numbers::count_to(std::move(start), 500);
    });
    auto sink = play<numbers::Sink>(narrow, [&](numbers::Sink::Start start) {
        return numbers::collect(std::move(start), [&](const numbers::Number& number) {
            values.push_back(number.value);
            whole += number.text == numbers::text_of(number.value) ? 1U : 0U;
        });
    });
    CHECK(sentence(source) == "to the end");
    CHECK(sentence(sink) == "to the end");
    REQUIRE(values.size() == 500);
    for (std::size_t i = 0; i < 500; ++i) REQUIRE(values[i] == static_cast<std::int64_t>(i));
    CHECK(whole == 500);
}

TEST_CASE("what a role sent before its end arrives, when its program has long left") {
    const Mosquitto broker;
    NEEDS(broker);
    const auto options = options_at(broker);
    std::promise<void> has_left;
    auto sink = play<numbers::Sink>(options, [&](numbers::Sink::Start start) {
        has_left.get_future().wait();
        return numbers::collect(std::move(start), [](const numbers::Number&) {});
    });
    auto source = play<numbers::Source>(options, [](numbers::Source::Start start) {
        return numbers::count_to(std::move(start), 50);
    });
    CHECK(sentence(source) == "to the end");
    has_left.set_value();
    CHECK(sentence(sink) == "to the end");
}

TEST_CASE("a sender waits when as many messages wait as may") {
    const Mosquitto broker;
    NEEDS(broker);
    auto options = options_at(broker);
    options.waiting_max = 4;
    Pair pair(options);
    const auto now = mpst::Clock::now();
    // Four of them with the receiver; it takes a moment until they are there.
    int sent = 0;
    REQUIRE(eventually([&] {
        if (pair.left.send({"n", {}}, now) == mpst::Passage::done) ++sent;
        return sent == 8;
    }));
    CHECK(pair.left.send({"n", {}}, mpst::Clock::now() + 100ms) == mpst::Passage::late);
    mpst::Frame frame;
    REQUIRE(pair.right.receive(frame, mpst::Clock::now() + 10s) == mpst::Passage::done);
    CHECK(pair.left.send({"n", {}}, mpst::Clock::now() + 10s) == mpst::Passage::done);
    CHECK(pair.left.send({"n", {}}, mpst::Clock::now() + 100ms) == mpst::Passage::late);
}

TEST_CASE("an operation whose time has passed returns at once, and a call tells when to try") {
    const Mosquitto broker;
    NEEDS(broker);
    Pair pair(options_at(broker));
    const auto past = mpst::Clock::now() - 1h;
    mpst::Frame frame;
    CHECK(pair.right.receive(frame, past) == mpst::Passage::late);

    std::atomic<int> calls = 0;
    pair.right.when_ready([&calls] { ++calls; });
    CHECK(pair.left.send({"greeting", {std::byte{7}}}, past) == mpst::Passage::done);
    REQUIRE(eventually([&calls] { return calls == 1; }));
    CHECK(pair.right.receive(frame, past) == mpst::Passage::done);
    CHECK(frame.label == "greeting");
    CHECK(frame.payload == mpst::Bytes{std::byte{7}});

    // Of an end too; and not any more once it was taken back.
    std::atomic<int> of_left = 0;
    pair.left.when_ready([&of_left] { ++of_left; });
    pair.right.when_ready({});
    const int before = calls;
    pair.right.cancel({"Right", "Right::Resting", "Enough."});
    REQUIRE(eventually([&] { return pair.left.notice().by == "Right"; }));
    REQUIRE(eventually([&of_left] { return of_left >= 1; }));
    CHECK(calls == before);
    CHECK(pair.left.send({"n", {}}, past) == mpst::Passage::cancelled);
    CHECK(pair.left.receive(frame, past) == mpst::Passage::cancelled);
    CHECK(pair.right.send({"n", {}}, past) == mpst::Passage::cancelled);
    CHECK(pair.left.notice().at == "Right::Resting");
    CHECK(pair.left.notice().why == "Enough.");
}

TEST_CASE("a role may await") {
    const Mosquitto broker;
    NEEDS(broker);
    const auto options = options_at(broker);
    auto server = play<video::Server>(options, video::serve);
    auto authenticator = play<video::Authenticator>(options, video::authenticate);
    boost::asio::io_context io;
    auto client = mpst::spawn(io.get_executor(), mpst::mqtt::join<video::Client>(options),
                              watch_two, boost::asio::use_future);
    io.run();
    CHECK(sentence(client) == "to the end");
    CHECK(sentence(authenticator) == "to the end");
    CHECK(sentence(server) == "to the end");
}

TEST_CASE("two sessions of one broker do not hear each other") {
    const Mosquitto broker;
    NEEDS(broker);
    std::vector<std::future<mpst::Outcome>> played;
    std::array<std::int64_t, 2> films{};
    for (const std::size_t i : {0U, 1U}) {
        const auto options = options_at(broker, i == 0 ? "matinee" : "soiree");
        played.push_back(play<video::Server>(options, video::serve));
        played.push_back(play<video::Authenticator>(options, video::authenticate));
        played.push_back(play<video::Client>(options, [&films, i](video::Client::Start start) {
            return video::watch_until(std::move(start), [&films, i](std::int64_t) {
                return ++films[i] == (i == 0 ? 30 : 10);
            });
        }));
    }
    for (auto& outcome : played) CHECK(sentence(outcome) == "to the end");
    CHECK(films == std::array<std::int64_t, 2>{30, 10});
}
