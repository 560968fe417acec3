// SPDX-License-Identifier: AGPL-3.0-or-later
// Roles that await when something around them ends too early.
#include <sz/mpst/asio.hpp>
#include <sz/mpst/join.hpp>
#include <sz/mpst/use_task.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>

#include "asking.hpp"
#include "failure_of.hpp"
#include "tests/support/catch.hpp"

namespace q = asking;

namespace {

int ended = 0;  // coroutines that are gone
struct CountsItsEnd {
    ~CountsItsEnd() { ++ended; }
};

mpst::task<q::Asker::End> ask(q::Asker::Start start) {
    const CountsItsEnd counts;
    auto asked = co_await std::move(start).async_send<q::Ask>("Is it so?");
    auto answer = co_await std::move(asked).async_receive();
    auto [no, end] = std::move(answer).take<q::No>();
    co_return std::move(end);
}
mpst::task<q::Answerer::End> answer(q::Answerer::Start start) {
    const CountsItsEnd counts;
    auto [asked, next] = co_await std::move(start).async_receive();
    co_return co_await std::move(next).async_send<q::No>();
}
const auto forget = [](std::exception_ptr, const mpst::Outcome&) {};

// Of somebody who shares one link among several channels, and keeps what he is told to call.
struct Link {
    std::function<void()> call;
    bool is_held = false;
};
struct Silent {
    std::shared_ptr<Link> link;
    mpst::Passage send(const mpst::Frame&, mpst::Clock::time_point) { return mpst::Passage::done; }
    mpst::Passage receive(mpst::Frame&, mpst::Clock::time_point) { return mpst::Passage::late; }
    void cancel(const mpst::Notice&) noexcept {}
    mpst::Notice notice() { return {}; }
    void when_ready(std::function<void()> call) { link->call = std::move(call); }
    [[nodiscard]] bool is_held() const { return link->is_held; }
};

template <class Token>
auto async_refused(Token&& token) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code)>(
        [](auto) { throw std::runtime_error("No handles are left."); }, token);
}

}  // namespace

TEST_CASE("two roles that wait for each other go with their executor", "[awaiting_ends]") {
    ended = 0;
    {
        auto [asker, answerer] = mpst::connect<q::Asker, q::Answerer>();
        boost::asio::io_context io;
        mpst::spawn(io.get_executor(), std::move(answerer), answer, forget);
        mpst::spawn(io.get_executor(), std::move(asker), ask, forget);
        io.poll_one();
        io.poll_one();
    }
    CHECK(ended == 2);
}

TEST_CASE("a role on a strand may end long before its peer", "[awaiting_ends]") {
    ended = 0;
    auto [asker, answerer] = mpst::connect<q::Asker, q::Answerer>();
    std::optional<q::Answerer::End> end;
    bool is_over = false;
    {
        boost::asio::io_context io;
        mpst::spawn(boost::asio::make_strand(io), std::move(asker), ask,
                    [&](std::exception_ptr thrown, const mpst::Outcome& outcome) {
                        is_over = !thrown && !outcome;
                    });
        io.poll();
        auto [asked, next] = std::move(answerer).receive();
        end.emplace(std::move(next).send(q::No{}));
        io.run();
    }
    CHECK(is_over);
    CHECK(ended == 1);
    end.reset();  // looks for who is still there
}

TEST_CASE("a state that was used cannot be spawned", "[awaiting_ends]") {
    auto [asker, answerer] = mpst::connect<q::Asker, q::Answerer>();
    boost::asio::io_context io;
    const auto elsewhere = std::move(asker);
    const mpst::Failure failure = failure_of(
        [&, &asker = asker] { mpst::spawn(io.get_executor(), std::move(asker), ask, forget); });
    CHECK(failure.what == mpst::Trouble::used_twice);
    CHECK(failure.state == "Asker::SendAsk");
    CHECK(io.poll() == 0);
}

TEST_CASE("a role that is gone is not called by its channel", "[awaiting_ends]") {
    const auto link = std::make_shared<Link>();
    {
        boost::asio::io_context io;
        auto start = mpst::join<q::Asker>({}, mpst::to_role<q::Answerer>(Silent{link}));
        mpst::spawn(io.get_executor(), std::move(start), ask, forget);
        io.poll();
        CHECK(link->call != nullptr);
    }
    CHECK(link->call == nullptr);
}

TEST_CASE("nobody is late while the way is held", "[awaiting_ends]") {
    const auto link = std::make_shared<Link>();
    link->is_held = true;
    boost::asio::io_context io;
    mpst::Options options;
    options.patience = std::chrono::milliseconds(5);
    mpst::Outcome outcome;
    mpst::spawn(io.get_executor(),
                mpst::join<q::Asker>(options, mpst::to_role<q::Answerer>(Silent{link})), ask,
                [&](std::exception_ptr, const mpst::Outcome& how) { outcome = how; });
    io.run_for(std::chrono::milliseconds(100));
    CHECK_FALSE(outcome);
    link->is_held = false;
    io.run();
    REQUIRE(outcome);
    CHECK(outcome->what == mpst::Trouble::deadline);
}

TEST_CASE("an operation that throws instead of beginning throws into the task", "[awaiting_ends]") {
    auto [asker, answerer] = mpst::connect<q::Asker, q::Answerer>();
    boost::asio::io_context io;
    std::string caught;
    const auto play = [&caught](q::Asker::Start start) -> mpst::task<q::Asker::End> {
        try {
            co_await async_refused(mpst::use_task);
        } catch (const std::runtime_error& error) {
            caught = error.what();
        }
        co_return co_await ask(std::move(start));
    };
    bool are_over = true;
    const auto is_fine = [&](std::exception_ptr thrown, const mpst::Outcome& outcome) {
        are_over = are_over && !thrown && !outcome;
    };
    mpst::spawn(io.get_executor(), std::move(asker), play, is_fine);
    mpst::spawn(io.get_executor(), std::move(answerer), answer, is_fine);
    io.run();
    CHECK(caught == "No handles are left.");
    CHECK(are_over);
}
