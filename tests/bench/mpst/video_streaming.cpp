// SPDX-License-Identifier: AGPL-3.0-or-later
// The paper's roles, generated. A round is one video.
#include <VideoStreaming/Authenticator.hpp>
#include <VideoStreaming/Client.hpp>
#include <VideoStreaming/Server.hpp>
#include <tuple>
#include <utility>

#include "by_hand.hpp"
#include "cases.hpp"
#include "threads.hpp"

namespace sessions {

namespace {

namespace v = VideoStreaming;

std::int64_t typed_one(int rounds) {
    auto [first, second, third] = mpst::connect<v::Client, v::Authenticator, v::Server>();
    auto asked = std::move(first).send(v::Id{1});
    auto [id, answering] = std::move(second).receive();
    auto waiting = std::move(answering).send(v::Answer{id.value});
    auto [answer, choosing] = std::move(asked).receive();
    auto client = std::move(choosing);
    auto authenticator = std::move(waiting);
    auto server = std::move(third);
    std::int64_t sum = answer.value;
    for (int i = 0; i < rounds; ++i) {
        auto watching = std::move(client).send(v::RequestVideo{i});
        auto [request, forward] = std::move(authenticator).receive().take<v::RequestVideo>();
        auto forwarded = std::move(forward).send(request);
        auto [wanted, reply] = std::move(server).receive().take<v::RequestVideo>();
        server = std::move(reply).send(v::Video{wanted.value * 2});
        auto [film, back] = std::move(forwarded).receive();
        authenticator = std::move(back).send(film);
        auto [shown, next] = std::move(watching).receive();
        sum += shown.value;
        client = std::move(next);
    }
    auto end = std::move(client).send(v::Close{});
    auto [close, tell] = std::move(authenticator).receive().take<v::Close>();
    auto told = std::move(tell).send(close);
    auto last = std::move(server).receive().take<v::Close>();
    return sum;
}

v::Client::End watch(v::Client::Start start, int rounds, std::int64_t& sum) {
    auto [answer, choosing] = std::move(start).send(v::Id{1}).receive();
    auto state = std::move(choosing);
    std::int64_t total = answer.value;
    for (int i = 0; i < rounds; ++i) {
        auto [shown, next] = std::move(state).send(v::RequestVideo{i}).receive();
        total += shown.value;
        state = std::move(next);
    }
    sum = total;
    return std::move(state).send(v::Close{});
}
// The authenticator and the server on one thread.
void serve(v::Authenticator::Start start, v::Server::Start server_start, int rounds) {
    auto [id, answering] = std::move(start).receive();
    auto authenticator = std::move(answering).send(v::Answer{id.value});
    auto server = std::move(server_start);
    for (int i = 0; i < rounds; ++i) {
        auto [request, forward] = std::move(authenticator).receive().take<v::RequestVideo>();
        auto forwarded = std::move(forward).send(request);
        auto [wanted, reply] = std::move(server).receive().take<v::RequestVideo>();
        server = std::move(reply).send(v::Video{wanted.value * 2});
        auto [film, back] = std::move(forwarded).receive();
        authenticator = std::move(back).send(film);
    }
    auto [close, tell] = std::move(authenticator).receive().take<v::Close>();
    auto told = std::move(tell).send(close);
    auto last = std::move(server).receive().take<v::Close>();
}
std::int64_t typed_two(int rounds) {
    auto [client, authenticator, server] = mpst::connect<v::Client, v::Authenticator, v::Server>();
    std::int64_t sum = 0;
    on_two_threads([&, start = std::move(
                           client)]() mutable { auto end = watch(std::move(start), rounds, sum); },
                   [&, start = std::move(authenticator), other = std::move(server)]() mutable {
                       serve(std::move(start), std::move(other), rounds);
                   });
    return sum;
}

mpst::task<v::Client::End> client_awaiting(v::Client::Start start, int rounds, std::int64_t& sum) {
    auto asked = co_await std::move(start).async_send(v::Id{1});
    auto [answer, state] = co_await std::move(asked).async_receive();
    sum = answer.value;
    for (int i = 0; i < rounds; ++i) {
        auto watching = co_await std::move(state).async_send(v::RequestVideo{i});
        auto [shown, next] = co_await std::move(watching).async_receive();
        sum += shown.value;
        state = std::move(next);
    }
    co_return co_await std::move(state).async_send(v::Close{});
}
mpst::task<v::Authenticator::End> authenticator_awaiting(v::Authenticator::Start start) {
    auto [id, answering] = co_await std::move(start).async_receive();
    auto state = co_await std::move(answering).async_send(v::Answer{id.value});
    for (;;) {
        auto arrived = co_await std::move(state).async_receive();
        if (arrived.is<v::Close>()) {
            auto [close, tell] = std::move(arrived).take<v::Close>();
            co_return co_await std::move(tell).async_send(close);
        }
        auto [request, forward] = std::move(arrived).take<v::RequestVideo>();
        auto forwarded = co_await std::move(forward).async_send(request);
        auto [film, back] = co_await std::move(forwarded).async_receive();
        state = co_await std::move(back).async_send(film);
    }
}
mpst::task<v::Server::End> server_awaiting(v::Server::Start state) {
    for (;;) {
        auto arrived = co_await std::move(state).async_receive();
        if (arrived.is<v::Close>()) co_return std::move(arrived).take<v::Close>().next;
        auto [wanted, reply] = std::move(arrived).take<v::RequestVideo>();
        state = co_await std::move(reply).async_send(v::Video{wanted.value * 2});
    }
}
std::int64_t typed_awaiting(int rounds, bool is_one_thread) {
    auto starts = mpst::connect<v::Client, v::Authenticator, v::Server>();
    std::int64_t sum = 0;
    const auto begin = [&sum, rounds](v::Client::Start start) {
        return client_awaiting(std::move(start), rounds, sum);
    };
    awaiting(is_one_thread, [&](auto& one, auto& other) {
        mpst::spawn(one.get_executor(), std::move(std::get<0>(starts)), begin, must_end());
        mpst::spawn(other.get_executor(), std::move(std::get<1>(starts)), authenticator_awaiting,
                    must_end());
        mpst::spawn(other.get_executor(), std::move(std::get<2>(starts)), server_awaiting,
                    must_end());
    });
    return sum;
}

// ---- by hand

struct Queues {
    by_hand::Queue client_asks{64}, client_gets{64}, server_asked{64}, server_gives{64};
    by_hand::Out c_to_a = client_asks.sender(), a_to_c = client_gets.sender(),
                 a_to_s = server_asked.sender(), s_to_a = server_gives.sender();
    by_hand::In a_from_c = client_asks.receiver(), c_from_a = client_gets.receiver(),
                s_from_a = server_asked.receiver(), a_from_s = server_gives.receiver();
    by_hand::Side client, authenticator, server;

    void begin() {
        client.put(c_to_a, v::Id{1});
        authenticator.put(a_to_c, v::Answer{authenticator.get<v::Id>(a_from_c).value});
    }
    void forward() {
        authenticator.put(a_to_s, authenticator.get<v::RequestVideo>(a_from_c));
        server.put(s_to_a, v::Video{server.get<v::RequestVideo>(s_from_a).value * 2});
        authenticator.put(a_to_c, authenticator.get<v::Video>(a_from_s));
    }
    void end() {
        authenticator.put(a_to_s, authenticator.get<v::Close>(a_from_c));
        server.get<v::Close>(s_from_a);
    }
};

std::int64_t hand_one(int rounds) {
    const auto queues = std::make_unique<Queues>();
    queues->begin();
    std::int64_t sum = queues->client.get<v::Answer>(queues->c_from_a).value;
    for (int i = 0; i < rounds; ++i) {
        queues->client.put(queues->c_to_a, v::RequestVideo{i});
        queues->forward();
        sum += queues->client.get<v::Video>(queues->c_from_a).value;
    }
    queues->client.put(queues->c_to_a, v::Close{});
    queues->end();
    return sum;
}
std::int64_t hand_two(int rounds) {
    const auto queues = std::make_unique<Queues>();
    std::int64_t sum = 0;
    queues->begin();
    on_two_threads(
        [&] {
            std::int64_t total = queues->client.get<v::Answer>(queues->c_from_a).value;
            for (int i = 0; i < rounds; ++i) {
                queues->client.put(queues->c_to_a, v::RequestVideo{i});
                total += queues->client.get<v::Video>(queues->c_from_a).value;
            }
            queues->client.put(queues->c_to_a, v::Close{});
            sum = total;
        },
        [&] {
            for (int i = 0; i < rounds; ++i) queues->forward();
            queues->end();
        });
    return sum;
}

mpst::task<void> hand_client(mpst::AwaitingPlace& place, Queues& q, int rounds, std::int64_t& sum) {
    co_await by_hand::Room(place, q.c_to_a);
    by_hand::put_ready(q.c_to_a, v::Id{1});
    co_await by_hand::Arrival(place, q.c_from_a);
    sum = by_hand::get_ready<v::Answer>(q.c_from_a).value;
    for (int i = 0; i < rounds; ++i) {
        co_await by_hand::Room(place, q.c_to_a);
        by_hand::put_ready(q.c_to_a, v::RequestVideo{i});
        co_await by_hand::Arrival(place, q.c_from_a);
        sum += by_hand::get_ready<v::Video>(q.c_from_a).value;
    }
    co_await by_hand::Room(place, q.c_to_a);
    by_hand::put_ready(q.c_to_a, v::Close{});
}
mpst::task<void> hand_authenticator(mpst::AwaitingPlace& place, Queues& q) {
    co_await by_hand::Arrival(place, q.a_from_c);
    const auto id = by_hand::get_ready<v::Id>(q.a_from_c);
    co_await by_hand::Room(place, q.a_to_c);
    by_hand::put_ready(q.a_to_c, v::Answer{id.value});
    for (;;) {
        co_await by_hand::Arrival(place, q.a_from_c);
        if (q.a_from_c.front().holds<v::Close>()) break;
        const auto request = by_hand::get_ready<v::RequestVideo>(q.a_from_c);
        co_await by_hand::Room(place, q.a_to_s);
        by_hand::put_ready(q.a_to_s, request);
        co_await by_hand::Arrival(place, q.a_from_s);
        const auto film = by_hand::get_ready<v::Video>(q.a_from_s);
        co_await by_hand::Room(place, q.a_to_c);
        by_hand::put_ready(q.a_to_c, film);
    }
    const auto close = by_hand::get_ready<v::Close>(q.a_from_c);
    co_await by_hand::Room(place, q.a_to_s);
    by_hand::put_ready(q.a_to_s, close);
}
mpst::task<void> hand_server(mpst::AwaitingPlace& place, Queues& q) {
    for (;;) {
        co_await by_hand::Arrival(place, q.s_from_a);
        if (q.s_from_a.front().holds<v::Close>()) break;
        const auto wanted = by_hand::get_ready<v::RequestVideo>(q.s_from_a);
        co_await by_hand::Room(place, q.s_to_a);
        by_hand::put_ready(q.s_to_a, v::Video{wanted.value * 2});
    }
    by_hand::get_ready<v::Close>(q.s_from_a);
}
std::int64_t hand_awaiting(int rounds, bool is_one_thread) {
    const auto queues = std::make_unique<Queues>();
    std::unique_ptr<by_hand::Place> places[3];
    std::int64_t sum = 0;
    awaiting(is_one_thread, [&](auto& one, auto& other) {
        places[0] = std::make_unique<by_hand::Place>(one.get_executor());
        places[1] = std::make_unique<by_hand::Place>(other.get_executor());
        places[2] = std::make_unique<by_hand::Place>(other.get_executor());
        boost::asio::post(one, [&] {
            by_hand::start(*places[0], hand_client(*places[0], *queues, rounds, sum));
        });
        boost::asio::post(
            other, [&] { by_hand::start(*places[1], hand_authenticator(*places[1], *queues)); });
        boost::asio::post(other,
                          [&] { by_hand::start(*places[2], hand_server(*places[2], *queues)); });
    });
    return sum;
}

constexpr Way ways[] = {
    {"blocking, one thread", typed_one, hand_one, false, true},
    {"blocking, two threads", typed_two, hand_two, false, false},
    {"awaiting, one thread", [](int n) { return typed_awaiting(n, true); },
     [](int n) { return hand_awaiting(n, true); }, true, true},
    {"awaiting, two threads", [](int n) { return typed_awaiting(n, false); },
     [](int n) { return hand_awaiting(n, false); }, true, false},
};

}  // namespace

const Case video_streaming{"video_streaming (3)", 4, ways};

}  // namespace sessions
