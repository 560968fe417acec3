// SPDX-License-Identifier: AGPL-3.0-or-later
// Sessions through a real broker: programs that vanish, brokers that restart, roles that leave.
#include "mqtt_roles.hpp"
#include "mqtt_test.hpp"

using namespace mpst_test;
using namespace std::chrono_literals;
using mpst::Trouble;

namespace {

const auto ends = [](std::int64_t) { return true; };

// Client and Authenticator here, the server as a program.
struct Cinema {
    explicit Cinema(const mpst::mqtt::Options& options)
        : server({own_program(), "[.role]"},
                 {"MPST_BROKER=" + options.broker, "MPST_SESSION=" + options.session,
                  "MPST_ROLE=Server"}),
          authenticator(play<video::Authenticator>(options, video::authenticate)),
          client(play<video::Client>(options, [this](video::Client::Start start) {
              return video::watch_until(std::move(start), [this](std::int64_t) {
                  ++films;
                  return is_enough.load();
              });
          })) {}
    std::atomic<int> films = 0;
    std::atomic<bool> is_enough = false;
    Program server;
    std::future<mpst::Outcome> authenticator, client;
};

}  // namespace

TEST_CASE("a program that is killed is named to the others before their patience is over") {
    const Mosquitto broker;
    NEEDS(broker);
    auto options = options_at(broker);
    options.patience = 8s;
    Cinema cinema(options);
    REQUIRE(eventually([&cinema] { return cinema.films > 3; }));
    cinema.server.kill();
    const auto outcome = cinema.authenticator.get();
    REQUIRE(outcome);
    CHECK(outcome->what == Trouble::disconnected);
    CHECK(outcome->peer == "Server");
    CHECK(outcome->why == "Server's program ended, or lost the broker, without a word.");
    const auto at_client = cinema.client.get();
    REQUIRE(at_client);
    CHECK(at_client->what == Trouble::cancelled);
    CHECK(at_client->by == "Authenticator");
    CHECK_THAT(at_client->why, ContainsSubstring("the way to Server is gone"));
}

TEST_CASE("a role that leaves early tells everybody who, where and why") {
    const Mosquitto broker;
    NEEDS(broker);
    const auto options = options_at(broker);
    auto server = play<video::Server>(options, video::serve);
    auto authenticator = play<video::Authenticator>(options, video::authenticate);
    auto client = std::async(std::launch::async, [&options] {
        auto [answer, next] = mpst::mqtt::join<video::Client>(options).send<video::Id>(1).receive();
        return answer.value;  // and `next` is dropped
    });
    CHECK(client.get() == 2);
    for (auto* outcome : {&authenticator, &server}) {
        const auto failure = outcome->get();
        REQUIRE(failure);
        CHECK(failure->what == Trouble::cancelled);
        CHECK(failure->by == "Client");
        CHECK(failure->at == "Client::SendRequestOrClose");
        CHECK(failure->why == "It left without finishing.");
    }
}

TEST_CASE("a broker that restarts loses nothing and repeats nothing") {
    Mosquitto broker;
    NEEDS(broker);
    const auto options = options_at(broker);
    constexpr std::int64_t all = 2000;
    std::atomic<std::int64_t> seen = 0;
    std::int64_t out_of_order = 0;
    std::atomic<bool> may_end = false;
    auto source = play<numbers::Source>(options, [&may_end](numbers::Source::Start state) {
        std::int64_t i = 0;
        for (; i < all || !may_end; ++i)
            state = std::move(state).send(numbers::Number{i, numbers::text_of(i)});
        return std::move(state).send(numbers::Done{});
    });
    auto sink = play<numbers::Sink>(options, [&](numbers::Sink::Start start) {
        return numbers::collect(std::move(start), [&](const numbers::Number& number) {
            if (number.value != seen || number.text != numbers::text_of(number.value))
                ++out_of_order;
            ++seen;
        });
    });
    for (const int restarts : {1, 2}) {
        const std::int64_t before = seen;
        REQUIRE(eventually([&] { return seen > before + 100 * restarts; }));
        broker.kill();
        broker.start();
        REQUIRE(broker.is_up());
    }
    const std::int64_t before = seen;
    REQUIRE(eventually([&] { return seen > before + 100; }));
    may_end = true;
    CHECK(sentence(source) == "to the end");
    CHECK(sentence(sink) == "to the end");
    CHECK(seen >= all);
    CHECK(out_of_order == 0);
}

TEST_CASE("a conversation goes on after the broker's restart") {
    Mosquitto broker;
    NEEDS(broker);
    Cinema cinema(options_at(broker));
    REQUIRE(eventually([&cinema] { return cinema.films > 5; }));
    broker.kill();
    broker.start();
    REQUIRE(broker.is_up());
    const int before = cinema.films;
    REQUIRE(eventually([&] { return cinema.films > before + 5; }));
    cinema.is_enough = true;
    CHECK(sentence(cinema.client) == "to the end");
    CHECK(sentence(cinema.authenticator) == "to the end");
    CHECK(cinema.server.wait() == 0);
}

TEST_CASE("a broker that stays away ends its sessions with a reason, and no other's") {
    Mosquitto broker, other_broker;
    NEEDS(broker);
    NEEDS(other_broker);
    auto options = options_at(broker);
    options.patience = 3s;
    Pair other(options_at(other_broker));
    Cinema cinema(options);
    REQUIRE(eventually([&cinema] { return cinema.films > 1; }));
    const auto begin = mpst::Clock::now();
    broker.kill();
    for (auto* outcome : {&cinema.client, &cinema.authenticator}) {
        const auto failure = outcome->get();
        REQUIRE(failure);
        // Whoever waits when the broker goes has waited before: it may run out of time first.
        CHECK((failure->what == Trouble::disconnected || failure->what == Trouble::deadline));
        CHECK_THAT(failure->why,
                   ContainsSubstring("There is no connection to the broker at " + broker.uri()));
    }
    CHECK(mpst::Clock::now() - begin < 9s);
    mpst::Frame frame;
    CHECK(other.left.send({"still", {}}, mpst::Clock::now() + 5s) == mpst::Passage::done);
    CHECK(other.right.receive(frame, mpst::Clock::now() + 5s) == mpst::Passage::done);
}

TEST_CASE("a role that is taken is refused to others, and the session goes on") {
    const Mosquitto broker;
    NEEDS(broker);
    const auto options = options_at(broker);
    Cinema cinema(options);
    REQUIRE(eventually([&cinema] { return cinema.films > 1; }));
    for (const bool is_client : {true, false}) {
        const auto begin = mpst::Clock::now();
        auto second =
            is_client ? play<video::Client>(options,
                                            [](video::Client::Start start) {
                                                return video::watch_until(std::move(start), ends);
                                            })
                      : play<video::Server>(options, video::serve);
        const auto failure = second.get();
        REQUIRE(failure);
        const std::string role = is_client ? "Client" : "Server";
        CHECK(failure->sentence() == role + " in Start: this cannot be done here. The role " +
                                         role +
                                         " of the session matinee is taken by another "
                                         "program.");
        CHECK(mpst::Clock::now() - begin < 10s);  // not only when its patience is over
    }
    const int before = cinema.films;
    REQUIRE(eventually([&] { return cinema.films > before + 3; }));
    cinema.is_enough = true;
    CHECK(sentence(cinema.client) == "to the end");
    CHECK(sentence(cinema.authenticator) == "to the end");
    CHECK(cinema.server.wait() == 0);
}

TEST_CASE("of two that want a role at once, one plays it") {
    const Mosquitto broker;
    NEEDS(broker);
    const auto options = options_at(broker);
    const auto body = [](numbers::Source::Start start) {
        return numbers::count_to(std::move(start), 3);
    };
    auto one = play<numbers::Source>(options, body), other = play<numbers::Source>(options, body);
    // One gives way before there is anybody to talk to.
    REQUIRE(eventually([&] {
        return one.wait_for(0s) == std::future_status::ready ||
               other.wait_for(0s) == std::future_status::ready;
    }));
    std::int64_t sum = 0;
    auto sink = play<numbers::Sink>(options, [&sum](numbers::Sink::Start start) {
        return numbers::collect(std::move(start),
                                [&sum](const numbers::Number& number) { sum += number.value; });
    });
    CHECK(sentence(sink) == "to the end");
    const auto first = one.get(), second = other.get();
    CHECK(first.has_value() != second.has_value());
    CHECK((first ? first : second)->what == Trouble::not_possible);
    CHECK(sum == 3);
}

TEST_CASE("joining fails with a sentence that says what is in the way") {
    Mosquitto broker;
    NEEDS(broker);
    auto options = options_at(broker);
    options.patience = 4s;
    const auto why = [&options] {
        auto played = play<video::Client>(options, [](video::Client::Start start) {
            return video::watch_until(std::move(start), ends);
        });
        return sentence(played);
    };
    SECTION("nobody comes") {
        CHECK(why() ==
              "Client in Start: Authenticator did not answer in time; expected a hello. "
              "Nobody came in that role to the session matinee at " +
                  broker.uri() + " within 4 seconds.");
    }
    SECTION("there is no broker") {
        broker.kill();
        CHECK_THAT(why(), ContainsSubstring("Client in Start: the way to the broker is gone. There "
                                            "is no connection to the broker at " +
                                            broker.uri()));
    }
    SECTION("the broker's address is none") {
        options.broker = "http://nowhere";
        options.patience = 60s;  // which is not needed
        CHECK_THAT(why(), ContainsSubstring("http://nowhere is no address of a broker"));
    }
    SECTION("the session's name would be a pattern") {
        options.session = "mat+nee";
        CHECK_THAT(why(), ContainsSubstring("A session's name is 1 to 256 bytes without"));
    }
}

TEST_CASE("a broker that wants a name and a password lets in who has them, and nobody else") {
    // The password is "popcorn", as mosquitto_passwd writes it.
    const Mosquitto broker(
        "mia:$7$101$aW9gQlNileZUOU47$gc+N9EFY+Rj7QwSS0xF6HbzTKkgmYKP89Sx52kOz3138/"
        "3XtluhmWvK8LydsQ3I"
        "KaTc5taGu73TKJjkf9pW7jw==");
    NEEDS(broker);
    auto options = options_at(broker);
    auto anonymous = play<video::Server>(options, video::serve);
    options.username = "mia";
    options.password = "nachos";
    auto guesses = play<video::Server>(options, video::serve);
    for (auto* outcome : {&anonymous, &guesses})
        CHECK(sentence(*outcome) ==
              "Server in Start: the way to the broker is gone. There is no "
              "connection to the broker at " +
                  broker.uri() + ": this user may not connect.");
    options.password = "popcorn";
    Pair pair(options);
    mpst::Frame frame;
    CHECK(pair.left.send({"in", {}}, mpst::Clock::now()) == mpst::Passage::done);
    CHECK(pair.right.receive(frame, mpst::Clock::now() + 10s) == mpst::Passage::done);
}

TEST_CASE("who plays another protocol is not met") {
    const Mosquitto broker;
    NEEDS(broker);
    const auto options = options_at(broker);
    const auto outcome = [&options](const char* role, const char* peer, std::uint64_t protocol) {
        return std::async(std::launch::async, [=] {
            mpst::mqtt::detail::Link link(options, {role, {peer}, protocol});
            const auto failure = link.meet();
            return failure ? failure->sentence() : std::string("met");
        });
    };
    auto left = outcome("Left", "Right", 0xab), right = outcome("Right", "Left", 0xcd);
    CHECK(left.get() ==
          "Left in Start: Right sent a hello of protocol 00000000000000cd; expected a "
          "hello of protocol 00000000000000ab. Both programs are to be built from "
          "the same protocol and library.");
    CHECK_THAT(right.get(), ContainsSubstring("expected a hello of protocol 00000000000000cd"));
    auto one = outcome("Left", "Right", 0xab), silent = outcome("Right", "Left", 0);
    CHECK(one.get() == "met");
    CHECK(silent.get() == "met");
}
