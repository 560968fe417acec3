// SPDX-License-Identifier: AGPL-3.0-or-later
// Roles as coroutines on Boost.Asio.
#include <sz/mpst/asio.hpp>
#include <sz/mpst/join.hpp>
#include <sz/mpst/use_task.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <cstdlib>
#include <future>
#include <new>
#include <thread>

#include "pipe_channel.hpp"
#include "tests/support/catch.hpp"
#include "video.hpp"

using namespace std::chrono_literals;
using mpst::Outcome;
using mpst::Trouble;
namespace v = video;
namespace asio = boost::asio;

namespace {

std::vector<std::string> films;

mpst::task<v::Client::End> watch(v::Client::Start start) {
    auto asked = co_await std::move(start).async_send(v::Id{41});
    auto [answer, state] = co_await std::move(asked).async_receive();
    CHECK(answer.value == 42);
    for (std::int64_t i = 7; i < 10; ++i) {
        auto waiting = co_await std::move(state).async_send(v::Request{i});
        auto [film, next] = co_await std::move(waiting).async_receive();
        films.push_back(film.bytes);
        state = std::move(next);
    }
    co_return co_await std::move(state).async_send(v::Close{});
}

mpst::task<v::Authenticator::End> authenticate(v::Authenticator::Start start) {
    auto [id, answering] = co_await std::move(start).async_receive();
    auto state = co_await std::move(answering).async_send(v::Answer{id.value + 1});
    for (;;) {
        auto arrived = co_await std::move(state).async_receive();
        if (arrived.is<v::Close>()) {
            auto [close, last] = std::move(arrived).take<v::Close>();
            co_return co_await std::move(last).async_send(close);
        }
        auto [request, ask] = std::move(arrived).take<v::Request>();
        auto asked = co_await std::move(ask).async_send(request);
        auto [film, forward] = co_await std::move(asked).async_receive();
        state = co_await std::move(forward).async_send<v::Video>(std::move(film));
    }
}

mpst::task<v::Server::End> serve(v::Server::Start state) {
    for (;;) {
        std::int64_t wanted = 0;
        auto next = (co_await std::move(state).async_receive())
                        .match(
                            [&](v::Request request, v::Server::SendVideo reply) {
                                wanted = request.value;
                                return reply;
                            },
                            [](v::Close, v::Server::End end) { return end; });
        if (next.is<v::Server::End>()) co_return std::move(next).as<v::Server::End>();
        state = co_await std::move(next).as<v::Server::SendVideo>().async_send<v::Video>(
            std::to_string(wanted));
    }
}

// What a role came to.
struct Ended {
    bool is_over = false;
    bool has_thrown = false;
    Outcome outcome;
    auto handler() {
        return [this](std::exception_ptr thrown, Outcome came) {
            is_over = true;
            has_thrown = thrown != nullptr;
            outcome = std::move(came);
        };
    }
};

}  // namespace

TEST_CASE("three roles on one thread come to their ends") {
    films.clear();
    asio::io_context io;
    auto [client, authenticator, server] = v::connect({.capacity = 1, .patience = 30s});
    Ended ends[3];
    mpst::spawn(io.get_executor(), std::move(client), watch, ends[0].handler());
    mpst::spawn(io.get_executor(), std::move(authenticator), authenticate, ends[1].handler());
    mpst::spawn(io.get_executor(), std::move(server), serve, ends[2].handler());
    io.run();
    for (const Ended& end : ends) {
        CHECK(end.is_over);
        CHECK(!end.outcome);
    }
    CHECK(films == std::vector<std::string>{"7", "8", "9"});
}

TEST_CASE("awaiting and blocking roles play together, on threads of their own") {
    films.clear();
    auto [client, authenticator, server] = v::connect({.capacity = 1, .patience = 30s});
    Outcome blocking;
    std::jthread thread([&, start = std::move(authenticator)]() mutable {
        blocking = mpst::perform(std::move(start), v::authenticate);
    });
    asio::io_context here, there;
    Ended ends[2];
    mpst::spawn(here.get_executor(), std::move(client), watch, ends[0].handler());
    mpst::spawn(there.get_executor(), std::move(server), serve, ends[1].handler());
    std::jthread other([&] { there.run(); });
    here.run();
    other.join();
    thread.join();
    CHECK(!blocking);
    CHECK(ends[0].is_over);
    CHECK(ends[1].is_over);
    CHECK(!ends[0].outcome);
    CHECK(!ends[1].outcome);
    CHECK(films.size() == 3);
}

TEST_CASE("awaiting roles play over channels of any kind") {
    films.clear();
    asio::io_context io;
    auto first = std::make_shared<Pipe>();
    auto second = std::make_shared<Pipe>();
    Ended ends[3];
    mpst::spawn(io.get_executor(),
                mpst::join<v::Client>({}, mpst::to_role<v::Authenticator>(PipeEnd(first, 0))),
                watch, ends[0].handler());
    mpst::spawn(io.get_executor(),
                mpst::join<v::Authenticator>({}, mpst::to_role<v::Client>(PipeEnd(first, 1)),
                                             mpst::to_role<v::Server>(PipeEnd(second, 0))),
                authenticate, ends[1].handler());
    mpst::spawn(io.get_executor(),
                mpst::join<v::Server>({}, mpst::to_role<v::Authenticator>(PipeEnd(second, 1))),
                serve, ends[2].handler());
    io.run();
    for (const Ended& end : ends) {
        CHECK(end.is_over);
        CHECK(!end.outcome);
    }
    CHECK(films.size() == 3);
}

TEST_CASE("a role that awaits longer than its patience fails, and its peers are told") {
    asio::io_context io;
    auto [client, authenticator, server] = v::connect({.capacity = 4, .patience = 20ms});
    Ended ended;
    mpst::spawn(io.get_executor(), std::move(server), serve, ended.handler());
    io.run();
    REQUIRE(ended.outcome);
    CHECK(ended.outcome->what == Trouble::deadline);
    CHECK(ended.outcome->state == "Server::AwaitRequestOrClose");
    const Outcome told = mpst::perform(std::move(client), [](v::Client::Start start) {
        auto [answer, state] = std::move(start).send<v::Id>(1).receive();
        return std::move(state).send<v::Close>();
    });
    REQUIRE(told);
    CHECK(told->by == "Server");
}

TEST_CASE("cancelling reaches a role that awaits") {
    asio::io_context io;
    auto [client, authenticator, server] = v::connect({.capacity = 4, .patience = 1h});
    Ended ended;
    mpst::spawn(io.get_executor(), std::move(server), serve, ended.handler());
    asio::post(io, [&client = client] { auto dropped = std::move(client); });
    io.run();
    REQUIRE(ended.outcome);
    CHECK(ended.outcome->what == Trouble::cancelled);
    CHECK(ended.outcome->at == "Client::SendId");
}

TEST_CASE("a role whose executor is destroyed is dropped where it waits") {
    auto [client, authenticator, server] = v::connect({.capacity = 4, .patience = 1h});
    Ended ended;
    {
        asio::io_context io;
        mpst::spawn(io.get_executor(), std::move(server), serve, ended.handler());
        io.poll();
    }
    CHECK(!ended.is_over);
    const Outcome told = mpst::perform(std::move(client), [](v::Client::Start start) {
        auto [answer, state] = std::move(start).send<v::Id>(1).receive();
        return std::move(state).send<v::Close>();
    });
    REQUIRE(told);
    CHECK(told->by == "Server");
    CHECK(told->at == "Server::AwaitRequestOrClose");
}

TEST_CASE("a role whose executor never runs is dropped with it") {
    auto [client, authenticator, server] = v::connect();
    {
        asio::io_context io;
        mpst::spawn(io.get_executor(), std::move(server), serve,
                    [](std::exception_ptr, const Outcome&) {});
    }
    CHECK(mpst::perform(std::move(client), [](v::Client::Start start) {
              auto [answer, state] = std::move(start).send<v::Id>(1).receive();
              return std::move(state).send<v::Close>();
          })->at == "Server::AwaitRequestOrClose");
}

TEST_CASE("what a body throws comes out, and the others are told") {
    asio::io_context io;
    auto [client, authenticator, server] = v::connect();
    Ended ended;
    const auto throws = [](v::Client::Start start) -> mpst::task<v::Client::End> {
        throw std::runtime_error("mine");
        co_return co_await watch(std::move(start));
    };
    mpst::spawn(io.get_executor(), std::move(client), throws, ended.handler());
    io.run();
    CHECK(ended.is_over);
    CHECK(ended.has_thrown);
    CHECK(mpst::perform(std::move(server), v::serve)->by == "Client");
}

TEST_CASE("the outcome can be awaited by others, or be a future") {
    films.clear();
    asio::io_context io;
    auto [client, authenticator, server] = v::connect();
    bool is_done = false;
    const auto outside = [&]() -> asio::awaitable<void> {
        const Outcome outcome =
            co_await mpst::spawn(io.get_executor(), std::move(client), watch, asio::use_awaitable);
        is_done = !outcome;
    };
    asio::co_spawn(io, outside, asio::detached);
    auto future =
        mpst::spawn(io.get_executor(), std::move(authenticator), authenticate, asio::use_future);
    mpst::spawn(io.get_executor(), std::move(server), serve,
                [](std::exception_ptr, const Outcome&) {});
    io.run();
    CHECK(is_done);
    CHECK(!future.get());
}

TEST_CASE("a task may await other operations, and is dropped with them") {
    auto [client, authenticator, server] = v::connect();
    Ended ended;
    bool is_beyond = false;
    {
        asio::io_context io;
        asio::steady_timer soon(io, 1ms), never(io, 1h);
        const auto body = [&](v::Client::Start start) -> mpst::task<v::Client::End> {
            co_await soon.async_wait(mpst::use_task);
            is_beyond = true;
            co_await never.async_wait(mpst::use_task);
            co_return co_await watch(std::move(start));
        };
        mpst::spawn(io.get_executor(), std::move(client), body, ended.handler());
        while (!is_beyond) io.run_one();
    }
    CHECK(!ended.is_over);
    CHECK(mpst::perform(std::move(server), v::serve)->at == "Client::SendId");
}

TEST_CASE("an operation that was cut off throws into the task") {
    asio::io_context io;
    auto [client, authenticator, server] = v::connect();
    asio::steady_timer never(io, 1h);
    Ended ended;
    const auto body = [&](v::Client::Start start) -> mpst::task<v::Client::End> {
        co_await never.async_wait(mpst::use_task);
        throw std::logic_error("not reached");
        co_return co_await watch(std::move(start));
    };
    mpst::spawn(io.get_executor(), std::move(client), body,
                [&](std::exception_ptr thrown, const Outcome&) {
                    ended.is_over = true;
                    CHECK_THROWS_AS(std::rethrow_exception(thrown), boost::system::system_error);
                });
    asio::post(io, [&] { never.cancel(); });
    io.run();
    CHECK(ended.is_over);
}

TEST_CASE("awaiting without an executor says what to do") {
    auto [client, authenticator, server] = v::connect();
    auto receiving = std::move(server).async_receive();
    try {
        receiving.await_suspend(std::noop_coroutine());
        FAIL("nothing was thrown");
    } catch (const mpst::SessionFailed& failed) {
        CHECK(failed.failure().what == Trouble::not_possible);
        CHECK(failed.failure().why == "A role that awaits is begun with mpst::spawn.");
    }
}
