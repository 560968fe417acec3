// SPDX-License-Identifier: AGPL-3.0-or-later
// The states of roles that are in one program.
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

#include "failure_of.hpp"
#include "tests/support/catch.hpp"
#include "video.hpp"

using namespace std::chrono_literals;
using mpst::Outcome;
using mpst::Trouble;
namespace v = video;

namespace {

static_assert(mpst::dual_v<mpst::binary<v::Client, v::Authenticator>,
                           mpst::binary<v::Authenticator, v::Client>>);
static_assert(!mpst::dual_v<mpst::binary<v::Client, v::Authenticator>,
                            mpst::binary<v::Authenticator, v::Server>>);
// From the state behind the answer on, the pair goes round.
static_assert(mpst::dual_v<mpst::binary<v::Client::SendRequestOrClose, v::Authenticator>,
                           mpst::binary<v::Authenticator::AwaitRequestOrClose, v::Client>>);
static_assert(!mpst::dual_v<mpst::binary<v::Client::SendId, v::Authenticator>,
                            mpst::binary<v::Authenticator::AwaitRequestOrClose, v::Client>>);

using Order = mpst::order<v::Authenticator>;
static_assert(std::is_same_v<Order::peer, v::Client>);
static_assert(
    std::is_same_v<Order::after<v::Id>::after<v::Answer>::after<v::Request>::peer, v::Server>);
static_assert(
    std::is_void_v<Order::after<v::Id>::after<v::Answer>::after<v::Close>::after<v::Close>::peer>);

static_assert(!std::is_copy_constructible_v<v::Client::SendId>);
static_assert(!std::is_default_constructible_v<v::Client::SendId>);
static_assert(!std::is_default_constructible_v<v::Client::End>);
static_assert(sizeof(v::Client::SendId) == sizeof(void*));

}  // namespace

TEST_CASE("three roles on three threads come to their ends with what they were to say") {
    auto [client, authenticator, server] = v::connect({.capacity = 2, .patience = 30s});
    Outcome outcomes[2];
    std::vector<std::string> films;
    std::jthread first([&, start = std::move(authenticator)]() mutable {
        outcomes[0] = mpst::perform(std::move(start), v::authenticate);
    });
    std::jthread second([&, start = std::move(server)]() mutable {
        outcomes[1] = mpst::perform(std::move(start), v::serve);
    });
    const Outcome outcome =
        mpst::perform(std::move(client), [&](v::Client::Start start) -> v::Client::End {
            auto [answer, state] = std::move(start).send<v::Id>(41).receive();
            CHECK(answer.value == 42);
            for (std::int64_t i = 7; i < 10; ++i) {
                auto [film, next] = std::move(state).send<v::Request>(i).receive();
                films.push_back(film.bytes);
                state = std::move(next);
            }
            return std::move(state).send<v::Close>();
        });
    first.join();
    second.join();
    CHECK(!outcome);
    CHECK(!outcomes[0]);
    CHECK(!outcomes[1]);
    CHECK(films == std::vector<std::string>{"7", "8", "9"});
}

TEST_CASE("a state that was used is known by its name when it is used again") {
    auto [client, authenticator, server] = v::connect();
    auto next = std::move(client).send<v::Id>(1);
    const auto failure =
        failure_of([&client = client] { static_cast<void>(std::move(client).send<v::Id>(2)); });
    CHECK(failure.what == Trouble::used_twice);
    CHECK(failure.role == "Client");
    CHECK(failure.state == "Client::SendId");
    // The session goes on with the state that is.
    auto [id, answering] = std::move(authenticator).receive();
    CHECK(id.value == 1);
    auto rest = std::move(answering).send<v::Answer>(5);
    auto [answer, last] = std::move(next).receive();
    CHECK(answer.value == 5);
}

TEST_CASE("a state that is dropped tells every other role who left, and where") {
    auto [client, authenticator, server] = v::connect();
    { auto waiting = std::move(client).send<v::Id>(1); }
    const auto other = failure_of([&authenticator = authenticator] {
        static_cast<void>(std::move(authenticator).receive());
    });
    CHECK(other.what == Trouble::cancelled);
    CHECK(other.by == "Client");
    CHECK(other.at == "Client::AwaitAnswer");
    CHECK(other.role == "Authenticator");
    CHECK(other.state == "Authenticator::AwaitId");
    const auto third =
        failure_of([&server = server] { static_cast<void>(std::move(server).receive()); });
    CHECK(third.by == "Client");
    CHECK(third.at == "Client::AwaitAnswer");
}

TEST_CASE("sending to a session that is over says so at once, not when the queue is full") {
    auto [client, authenticator, server] = v::connect();
    { auto dropped = std::move(server); }
    const auto failure =
        failure_of([&client = client] { static_cast<void>(std::move(client).send<v::Id>(1)); });
    CHECK(failure.what == Trouble::cancelled);
    CHECK(failure.by == "Server");
    CHECK(failure.at == "Server::AwaitRequestOrClose");
}

TEST_CASE("an exception of the program passes through perform, and the others are told") {
    auto [client, authenticator, server] = v::connect();
    const auto body = [](v::Client::Start) -> v::Client::End { throw std::runtime_error("mine"); };
    CHECK_THROWS_WITH(static_cast<void>(mpst::perform(std::move(client), body)), "mine");
    CHECK(failure_of([&server = server] { static_cast<void>(std::move(server).receive()); }).by ==
          "Client");
}

TEST_CASE("who waits longer than its patience fails, and says what it waited for") {
    auto [client, authenticator, server] = v::connect({.capacity = 4, .patience = 20ms});
    const auto failure =
        failure_of([&server = server] { static_cast<void>(std::move(server).receive()); });
    CHECK(failure.what == Trouble::deadline);
    CHECK(failure.peer == "Authenticator");
    CHECK(failure.expected == "Request or Close");
    const auto told =
        failure_of([&client = client] { static_cast<void>(std::move(client).send<v::Id>(1)); });
    CHECK(told.what == Trouble::cancelled);
    CHECK(told.at == "Server::AwaitRequestOrClose");
    CHECK(told.why == "Authenticator did not answer in time; expected Request or Close.");
}

TEST_CASE("one operation may have a limit of its own") {
    auto [client, authenticator, server] = v::connect({.capacity = 4, .patience = 1h});
    const auto begin = mpst::Clock::now();
    const auto failure = failure_of(
        [&server = server] { static_cast<void>(std::move(server).receive(mpst::within{5ms})); });
    CHECK(failure.what == Trouble::deadline);
    CHECK(mpst::Clock::now() - begin < 10min);
}

namespace stream {

struct Item {
    std::shared_ptr<int> value;
};
struct Stop {};
struct Sink;
struct Source {
    struct Send;
    using Start = Send;
    using End = mpst::end<Source>;
    using peers = mpst::roles<Sink>;
    using states = mpst::states<Send>;
    struct Send : mpst::sends<Send, Source, Sink, mpst::to<Item, Send>, mpst::to<Stop, End>> {};
};
struct Sink {
    struct Await;
    using Start = Await;
    using End = mpst::end<Sink>;
    using peers = mpst::roles<Source>;
    using states = mpst::states<Await>;
    struct Await : mpst::receives<Await, Sink, Source, mpst::to<Item, Await>, mpst::to<Stop, End>> {
    };
};

}  // namespace stream

TEST_CASE("a full queue holds its writer back until there is room") {
    auto [source, sink] =
        mpst::connect<stream::Source, stream::Sink>({.capacity = 2, .patience = 30s});
    std::atomic<int> sent = 0;
    std::jthread writer([&, state = std::move(source)]() mutable {
        for (int i = 0; i < 100; ++i) {
            state = std::move(state).send<stream::Item>(std::make_shared<int>(i));
            ++sent;
        }
        static_cast<void>(std::move(state).send<stream::Stop>());
    });
    int taken = 0;
    auto over = mpst::loop(std::move(sink), [&](stream::Sink::Await state) {
        return std::move(state).receive(
            [&](const stream::Item& item, stream::Sink::Await next) {
                CHECK(*item.value == taken++);
                CHECK(sent <= taken + 3);  // two in the queue, one on its way in
                return next;
            },
            [](stream::Stop, stream::Sink::End end) { return end; });
    });
    CHECK(taken == 100);
}

TEST_CASE("a full queue that nobody reads is a deadline for its writer") {
    auto [source, sink] =
        mpst::connect<stream::Source, stream::Sink>({.capacity = 1, .patience = 10ms});
    auto next = std::move(source).send<stream::Item>(nullptr);
    const auto failure =
        failure_of([&] { static_cast<void>(std::move(next).send<stream::Stop>()); });
    CHECK(failure.what == Trouble::deadline);
    CHECK(failure.state == "Source::Send");
}

TEST_CASE("what nobody took is destroyed with the session") {
    const auto kept = std::make_shared<int>(3);
    {
        auto [source, sink] = mpst::connect<stream::Source, stream::Sink>();
        auto next = std::move(source).send<stream::Item>(kept);
        next = std::move(next).send<stream::Item>(kept);
        auto [item, rest] = std::move(sink).receive().take<stream::Item>();
        CHECK(kept.use_count() == 3);
    }
    CHECK(kept.use_count() == 1);
}

TEST_CASE("a branch can be looked at before it is taken") {
    auto [source, sink] = mpst::connect<stream::Source, stream::Sink>();
    static_cast<void>(std::move(source).send<stream::Stop>());
    auto arrived = std::move(sink).receive();
    CHECK(arrived.is<stream::Stop>());
    CHECK(!arrived.is<stream::Item>());
    const auto failure =
        failure_of([&] { static_cast<void>(std::move(arrived).take<stream::Item>()); });
    CHECK(failure.what == Trouble::wrong_message);
    CHECK(failure.state == "Sink::Await");
}

TEST_CASE("one of several states is the one that it was made of") {
    auto [source, sink] = mpst::connect<stream::Source, stream::Sink>();
    using Either = mpst::one_of<stream::Source::Send, stream::Source::End>;
    Either either = std::move(source);
    REQUIRE(either.is<stream::Source::Send>());
    either = std::move(either).as<stream::Source::Send>().send<stream::Stop>();
    CHECK(either.is<stream::Source::End>());
    const auto failure =
        failure_of([&] { static_cast<void>(std::move(either).as<stream::Source::Send>()); });
    CHECK(failure.what == Trouble::used_twice);
}

TEST_CASE("a session dropped as a choice of states says which state it was") {
    auto [source, sink] = mpst::connect<stream::Source, stream::Sink>();
    { mpst::one_of<stream::Source::Send, stream::Source::End> dropped = std::move(source); }
    const auto failure =
        failure_of([&sink = sink] { static_cast<void>(std::move(sink).receive()); });
    CHECK(failure.at == "Source::Send");
}

namespace choice {

struct Left {
    std::int64_t value;
};
struct Right {};
struct Both {};
struct First;
struct Second;
// Sends to one or the other, and Both to either.
struct Chooser {
    struct Choose;
    using Start = Choose;
    using End = mpst::end<Chooser>;
    using peers = mpst::roles<First, Second>;
    using states = mpst::states<Choose>;
    struct Choose : mpst::sends<Choose, Chooser, First, mpst::to<Left, Choose>,
                                mpst::towards<Second, Right, Choose>, mpst::to<Both, Choose>,
                                mpst::towards<Second, Both, End>> {};
};
struct First {
    struct Await;
    using Start = Await;
    using End = mpst::end<First>;
    using peers = mpst::roles<Chooser>;
    using states = mpst::states<Await>;
    struct Await
        : mpst::receives<Await, First, Chooser, mpst::to<Left, Await>, mpst::to<Both, Await>> {};
};
struct Second {
    struct Await;
    using Start = Await;
    using End = mpst::end<Second>;
    using peers = mpst::roles<Chooser>;
    using states = mpst::states<Await>;
    struct Await
        : mpst::receives<Await, Second, Chooser, mpst::to<Right, Await>, mpst::to<Both, End>> {};
};

}  // namespace choice

TEST_CASE("a state may send to several roles, and one label to each of them") {
    auto [chooser, first, second] = mpst::connect<choice::Chooser, choice::First, choice::Second>();
    chooser = std::move(chooser).send<choice::Right>();
    chooser = std::move(chooser).send<choice::Left>(8);
    chooser = std::move(chooser).send_to<choice::First>(choice::Both{});
    auto over = std::move(chooser).send_to<choice::Second>(choice::Both{});
    auto [left, then] = std::move(first).receive().take<choice::Left>();
    CHECK(left.value == 8);
    auto at_first = std::move(then).receive();
    CHECK(at_first.is<choice::Both>());
    auto [right, last] = std::move(second).receive().take<choice::Right>();
    auto at_second = std::move(last).receive();
    CHECK(at_second.is<choice::Both>());
}

TEST_CASE("sessions do not know of each other") {
    auto [one, one_sink] = mpst::connect<stream::Source, stream::Sink>();
    auto [two, two_sink] = mpst::connect<stream::Source, stream::Sink>();
    { auto dropped = std::move(one); }
    static_cast<void>(std::move(two).send<stream::Stop>());
    CHECK(std::move(two_sink).receive().is<stream::Stop>());
}
