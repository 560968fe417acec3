// SPDX-License-Identifier: AGPL-3.0-or-later
// Eight roles in a circle: what the first sends comes back to it through all others.
#include <array>
#include <tuple>
#include <utility>

#include "by_hand.hpp"
#include "cases.hpp"
#include "threads.hpp"

namespace sessions {

namespace {

constexpr int count = 8;

struct Token {
    std::int64_t value;
};
struct Stop {};

template <int I>
struct Node;
template <int I>
using Before = Node<(I + count - 1) % count>;
template <int I>
using Behind = Node<(I + 1) % count>;

// The first begins; the others pass on.
template <>
struct Node<0> {
    struct Give;
    struct Take;
    struct TakeStop;
    using Start = Give;
    using End = mpst::end<Node>;
    using peers = mpst::roles<Before<0>, Behind<0>>;
    using states = mpst::states<Give, Take, TakeStop>;
    struct Give
        : mpst::sends<Give, Node, Behind<0>, mpst::to<Token, Take>, mpst::to<Stop, TakeStop>> {};
    struct Take : mpst::receives<Take, Node, Before<0>, mpst::to<Token, Give>> {};
    struct TakeStop : mpst::receives<TakeStop, Node, Before<0>, mpst::to<Stop, End>> {};
};
template <int I>
struct Node {
    struct Take;
    struct Give;
    struct GiveStop;
    using Start = Take;
    using End = mpst::end<Node>;
    using peers = mpst::roles<Before<I>, Behind<I>>;
    using states = mpst::states<Take, Give, GiveStop>;
    struct Take
        : mpst::receives<Take, Node, Before<I>, mpst::to<Token, Give>, mpst::to<Stop, GiveStop>> {};
    struct Give : mpst::sends<Give, Node, Behind<I>, mpst::to<Token, Take>> {};
    struct GiveStop : mpst::sends<GiveStop, Node, Behind<I>, mpst::to<Stop, End>> {};
};

auto connect() {
    return []<int... I>(std::integer_sequence<int, I...>) { return mpst::connect<Node<I>...>(); }
    (std::make_integer_sequence<int, count>{});
}

template <int I>
using Start = typename Node<I>::Start;

template <int I>
void pass_on(Start<I>& state) {
    auto [token, give] = std::move(state).receive().template take<Token>();
    state = std::move(give).send(token);
}
template <int I>
void pass_stop(Start<I>& state) {
    auto [stop, give] = std::move(state).receive().template take<Stop>();
    auto end = std::move(give).send(stop);
}

// Roles First … Last - 1 of those behind the first, one after the other.
template <int First, int... I>
struct Some {
    std::tuple<Start<First + I>...> states;
    void pass() { (pass_on<First + I>(std::get<I>(states)), ...); }
    void stop() { (pass_stop<First + I>(std::get<I>(states)), ...); }
};

std::int64_t typed_one(int rounds) {
    auto [s0, s1, s2, s3, s4, s5, s6, s7] = connect();
    auto first = std::move(s0);
    Some<1, 0, 1, 2, 3, 4, 5, 6> others{{std::move(s1), std::move(s2), std::move(s3), std::move(s4),
                                         std::move(s5), std::move(s6), std::move(s7)}};
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; ++i) {
        auto take = std::move(first).send(Token{i});
        others.pass();
        auto [token, give] = std::move(take).receive();
        sum += token.value;
        first = std::move(give);
    }
    auto last = std::move(first).send(Stop{});
    others.stop();
    auto [stop, end] = std::move(last).receive();
    return sum;
}
std::int64_t typed_two(int rounds) {
    auto [s0, s1, s2, s3, s4, s5, s6, s7] = connect();
    std::int64_t sum = 0;
    on_two_threads(
        [&, start = std::move(s0),
         near = Some<1, 0, 1, 2>{{std::move(s1), std::move(s2), std::move(s3)}}]() mutable {
            auto first = std::move(start);
            for (int i = 0; i < rounds; ++i) {
                auto take = std::move(first).send(Token{i});
                near.pass();
                auto [token, give] = std::move(take).receive();
                sum += token.value;
                first = std::move(give);
            }
            auto last = std::move(first).send(Stop{});
            near.stop();
            auto [stop, end] = std::move(last).receive();
        },
        [&, far = Some<4, 0, 1, 2, 3>{
                {std::move(s4), std::move(s5), std::move(s6), std::move(s7)}}]() mutable {
            for (int i = 0; i < rounds; ++i) far.pass();
            far.stop();
        });
    return sum;
}

mpst::task<Node<0>::End> begin_awaiting(Start<0> state, int rounds, std::int64_t& sum) {
    for (int i = 0; i < rounds; ++i) {
        auto take = co_await std::move(state).async_send(Token{i});
        auto [token, give] = co_await std::move(take).async_receive();
        sum += token.value;
        state = std::move(give);
    }
    auto last = co_await std::move(state).async_send(Stop{});
    auto [stop, end] = co_await std::move(last).async_receive();
    co_return std::move(end);
}
template <int I>
mpst::task<typename Node<I>::End> pass_awaiting(Start<I> state) {
    for (;;) {
        auto arrived = co_await std::move(state).async_receive();
        if (arrived.template is<Stop>()) {
            auto [stop, give] = std::move(arrived).template take<Stop>();
            co_return co_await std::move(give).async_send(stop);
        }
        auto [token, give] = std::move(arrived).template take<Token>();
        state = co_await std::move(give).async_send(token);
    }
}
std::int64_t typed_awaiting(int rounds, bool is_one_thread) {
    auto starts = connect();
    std::int64_t sum = 0;
    const auto begin = [&sum, rounds](Start<0> start) {
        return begin_awaiting(std::move(start), rounds, sum);
    };
    awaiting(is_one_thread, [&](auto& one, auto& other) {
        mpst::spawn(one.get_executor(), std::move(std::get<0>(starts)), begin, must_end());
        [&]<int... I>(std::integer_sequence<int, I...>) {
            (mpst::spawn((I + 1 < count / 2 ? one : other).get_executor(),
                         std::move(std::get<I + 1>(starts)), pass_awaiting<I + 1>, must_end()),
             ...);
        }
        (std::make_integer_sequence<int, count - 1>{});
    });
    return sum;
}

// ---- by hand

struct Queues {
    std::array<by_hand::Queue, count> queue;
    std::array<by_hand::Out, count> out;  // of each role, to the next
    std::array<by_hand::In, count> in;    // of each role, from the one before
    std::array<by_hand::Side, count> side;
    Queues()
        : queue{make(64), make(64), make(64), make(64), make(64), make(64), make(64), make(64)} {
        for (int i = 0; i < count; ++i) {
            out[index(i)] = queue[index(i)].sender();
            in[index(i + 1)] = queue[index(i)].receiver();
        }
    }
    static by_hand::Queue make(std::size_t capacity) { return by_hand::Queue(capacity); }
    static std::size_t index(int i) { return static_cast<std::size_t>(i % count); }

    template <class M>
    void pass(int i) {
        side[index(i)].put(out[index(i)], side[index(i)].get<M>(in[index(i)]));
    }
};

std::int64_t hand_one(int rounds) {
    const auto queues = std::make_unique<Queues>();
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; ++i) {
        queues->side[0].put(queues->out[0], Token{i});
        for (int role = 1; role < count; ++role) queues->pass<Token>(role);
        sum += queues->side[0].get<Token>(queues->in[0]).value;
    }
    queues->side[0].put(queues->out[0], Stop{});
    for (int role = 1; role < count; ++role) queues->pass<Stop>(role);
    queues->side[0].get<Stop>(queues->in[0]);
    return sum;
}
std::int64_t hand_two(int rounds) {
    const auto queues = std::make_unique<Queues>();
    std::int64_t sum = 0;
    on_two_threads(
        [&] {
            for (int i = 0; i < rounds; ++i) {
                queues->side[0].put(queues->out[0], Token{i});
                for (int role = 1; role < count / 2; ++role) queues->pass<Token>(role);
                sum += queues->side[0].get<Token>(queues->in[0]).value;
            }
            queues->side[0].put(queues->out[0], Stop{});
            for (int role = 1; role < count / 2; ++role) queues->pass<Stop>(role);
            queues->side[0].get<Stop>(queues->in[0]);
        },
        [&] {
            for (int i = 0; i < rounds; ++i) {
                for (int role = count / 2; role < count; ++role) queues->pass<Token>(role);
            }
            for (int role = count / 2; role < count; ++role) queues->pass<Stop>(role);
        });
    return sum;
}

mpst::task<void> hand_begin(mpst::AwaitingPlace& place, by_hand::Out& out, by_hand::In& in,
                            int rounds, std::int64_t& sum) {
    for (int i = 0; i < rounds; ++i) {
        co_await by_hand::Room(place, out);
        by_hand::put_ready(out, Token{i});
        co_await by_hand::Arrival(place, in);
        sum += by_hand::get_ready<Token>(in).value;
    }
    co_await by_hand::Room(place, out);
    by_hand::put_ready(out, Stop{});
    co_await by_hand::Arrival(place, in);
    by_hand::get_ready<Stop>(in);
}
mpst::task<void> hand_pass(mpst::AwaitingPlace& place, by_hand::Out& out, by_hand::In& in) {
    for (;;) {
        co_await by_hand::Arrival(place, in);
        if (in.front().holds<Stop>()) break;
        const auto token = by_hand::get_ready<Token>(in);
        co_await by_hand::Room(place, out);
        by_hand::put_ready(out, token);
    }
    const auto stop = by_hand::get_ready<Stop>(in);
    co_await by_hand::Room(place, out);
    by_hand::put_ready(out, stop);
}
std::int64_t hand_awaiting(int rounds, bool is_one_thread) {
    const auto queues = std::make_unique<Queues>();
    std::array<std::unique_ptr<by_hand::Place>, count> places;
    std::int64_t sum = 0;
    awaiting(is_one_thread, [&](auto& one, auto& other) {
        for (std::size_t i = 0; i < count; ++i) {
            auto executor = (i < count / 2 ? one : other).get_executor();
            places[i] = std::make_unique<by_hand::Place>(executor);
            boost::asio::post(executor, [&, i] {
                by_hand::start(
                    *places[i],
                    i == 0 ? hand_begin(*places[0], queues->out[0], queues->in[0], rounds, sum)
                           : hand_pass(*places[i], queues->out[i], queues->in[i]));
            });
        }
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

const Case ring{"ring (8)", count, ways};

}  // namespace sessions
