// SPDX-License-Identifier: AGPL-3.0-or-later
// Everybody to everybody.
#include <array>
#include <tuple>
#include <utility>

#include "all_to_all_roles.hpp"
#include "by_hand.hpp"
#include "cases.hpp"
#include "threads.hpp"

namespace sessions {

namespace {

using five::count, five::Item, five::Node, five::Stop;

auto connect() { return mpst::connect<Node<0>, Node<1>, Node<2>, Node<3>, Node<4>>(); }
using First = Node<0>;

auto give_all(First::Start state, std::int64_t value) {
    return std::move(state)
        .send(Item{value})
        .send(Item{value + 1})
        .send(Item{value + 2})
        .send(Item{value + 3});
}
First::Start take_all(First::Take<1> state, std::int64_t& sum) {
    auto [a, s] = std::move(state).receive();
    auto [b, t] = std::move(s).receive();
    auto [c, u] = std::move(t).receive();
    auto [d, v] = std::move(u).receive();
    sum += a.value + b.value + c.value + d.value;
    return std::move(v);
}
template <int I>
using Start = typename Node<I>::Start;
// The first half of a round, which needs the first role only.
template <int I>
auto answer(Start<I>& state, std::int64_t& sum) {
    auto [item, next] = std::move(state).receive().template take<Item>();
    sum += item.value;
    return std::move(next).send(item).send(item).send(item).send(item);
}
template <int I, class Taking>
void collect(Start<I>& state, Taking taking, std::int64_t& sum) {
    auto [a, s] = std::move(taking).receive();
    auto [b, t] = std::move(s).receive();
    auto [c, u] = std::move(t).receive();
    sum += a.value + b.value + c.value;
    state = std::move(u);
}
template <int I>
void stop(Start<I>& state) {
    auto [stopped, end] = std::move(state).receive().template take<Stop>();
}
First::End stop_all(First::Start state) {
    return std::move(state).send(Stop{}).send(Stop{}).send(Stop{}).send(Stop{});
}

std::int64_t typed_one(int rounds) {
    auto [s0, s1, s2, s3, s4] = connect();
    auto first = std::move(s0);
    auto r1 = std::move(s1);
    auto r2 = std::move(s2);
    auto r3 = std::move(s3);
    auto r4 = std::move(s4);
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; ++i) {
        auto taking = give_all(std::move(first), i);
        auto t1 = answer<1>(r1, sum);
        auto t2 = answer<2>(r2, sum);
        auto t3 = answer<3>(r3, sum);
        auto t4 = answer<4>(r4, sum);
        collect<1>(r1, std::move(t1), sum);
        collect<2>(r2, std::move(t2), sum);
        collect<3>(r3, std::move(t3), sum);
        collect<4>(r4, std::move(t4), sum);
        first = take_all(std::move(taking), sum);
    }
    auto end = stop_all(std::move(first));
    stop<1>(r1);
    stop<2>(r2);
    stop<3>(r3);
    stop<4>(r4);
    return sum;
}
std::int64_t typed_two(int rounds) {
    auto [s0, s1, s2, s3, s4] = connect();
    std::int64_t sum = 0, other_sum = 0;
    on_two_threads(
        [&, s = std::move(s0), one = std::move(s1), two = std::move(s2)]() mutable {
            auto first = std::move(s);
            auto r1 = std::move(one);
            auto r2 = std::move(two);
            for (int i = 0; i < rounds; ++i) {
                auto taking = give_all(std::move(first), i);
                auto t1 = answer<1>(r1, sum);
                auto t2 = answer<2>(r2, sum);
                collect<1>(r1, std::move(t1), sum);
                collect<2>(r2, std::move(t2), sum);
                first = take_all(std::move(taking), sum);
            }
            auto end = stop_all(std::move(first));
            stop<1>(r1);
            stop<2>(r2);
        },
        [&, three = std::move(s3), four = std::move(s4)]() mutable {
            auto r3 = std::move(three);
            auto r4 = std::move(four);
            for (int i = 0; i < rounds; ++i) {
                auto t3 = answer<3>(r3, other_sum);
                auto t4 = answer<4>(r4, other_sum);
                collect<3>(r3, std::move(t3), other_sum);
                collect<4>(r4, std::move(t4), other_sum);
            }
            stop<3>(r3);
            stop<4>(r4);
        });
    return sum + other_sum;
}

mpst::task<First::End> first_awaiting(First::Start state, int rounds, std::int64_t& sum) {
    for (int i = 0; i < rounds; ++i) {
        auto two = co_await std::move(state).async_send(Item{i});
        auto three = co_await std::move(two).async_send(Item{i + 1});
        auto four = co_await std::move(three).async_send(Item{i + 2});
        auto taking = co_await std::move(four).async_send(Item{i + 3});
        auto [a, s] = co_await std::move(taking).async_receive();
        auto [b, t] = co_await std::move(s).async_receive();
        auto [c, u] = co_await std::move(t).async_receive();
        auto [d, v] = co_await std::move(u).async_receive();
        sum += a.value + b.value + c.value + d.value;
        state = std::move(v);
    }
    auto two = co_await std::move(state).async_send(Stop{});
    auto three = co_await std::move(two).async_send(Stop{});
    auto four = co_await std::move(three).async_send(Stop{});
    co_return co_await std::move(four).async_send(Stop{});
}
template <int I>
mpst::task<typename Node<I>::End> other_awaiting(Start<I> state, std::int64_t& sum) {
    for (;;) {
        auto arrived = co_await std::move(state).async_receive();
        if (arrived.template is<Stop>()) co_return std::move(arrived).template take<Stop>().next;
        auto [item, next] = std::move(arrived).template take<Item>();
        auto one = co_await std::move(next).async_send(item);
        auto two = co_await std::move(one).async_send(item);
        auto three = co_await std::move(two).async_send(item);
        auto taking = co_await std::move(three).async_send(item);
        auto [a, s] = co_await std::move(taking).async_receive();
        auto [b, t] = co_await std::move(s).async_receive();
        auto [c, u] = co_await std::move(t).async_receive();
        sum += item.value + a.value + b.value + c.value;
        state = std::move(u);
    }
}
std::int64_t typed_awaiting(int rounds, bool is_one_thread) {
    auto starts = connect();
    std::array<std::int64_t, count> sums{};
    const auto begin = [&](First::Start start) {
        return first_awaiting(std::move(start), rounds, sums[0]);
    };
    const auto others =
        std::tuple{[&](Start<1> s) { return other_awaiting<1>(std::move(s), sums[1]); },
                   [&](Start<2> s) { return other_awaiting<2>(std::move(s), sums[2]); },
                   [&](Start<3> s) { return other_awaiting<3>(std::move(s), sums[3]); },
                   [&](Start<4> s) { return other_awaiting<4>(std::move(s), sums[4]); }};
    awaiting(is_one_thread, [&](auto& one, auto& other) {
        mpst::spawn(one.get_executor(), std::move(std::get<0>(starts)), begin, must_end());
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (mpst::spawn((I < 2 ? one : other).get_executor(), std::move(std::get<I + 1>(starts)),
                         std::get<I>(others), must_end()),
             ...);
        }
        (std::make_index_sequence<count - 1>{});
    });
    return sums[0] + sums[1] + sums[2] + sums[3] + sums[4];
}

// ---- by hand

struct Queues {
    struct Pair {
        by_hand::Queue queue{64};
        by_hand::Out out = queue.sender();
        by_hand::In in = queue.receiver();
    };
    Pair pairs[count][count];  // from, to
    by_hand::Side side[count];

    void give(int from, int to, Item item) { side[from].put(pairs[from][to].out, item); }
    std::int64_t take(int by, int from) { return side[by].get<Item>(pairs[from][by].in).value; }

    void give_all(std::int64_t value) {
        for (int to = 1; to < count; ++to) give(0, to, {value + to - 1});
    }
    void take_all(std::int64_t& sum) {
        for (int from = 1; from < count; ++from) sum += take(0, from);
    }
    void answer(int role, std::int64_t& sum) {
        const std::int64_t value = take(role, 0);
        sum += value;
        for (int to = 0; to < count; ++to) {
            if (to != role) give(role, to, {value});
        }
    }
    void collect(int role, std::int64_t& sum) {
        for (int from = 1; from < count; ++from) {
            if (from != role) sum += take(role, from);
        }
    }
    void stop_all() {
        for (int to = 1; to < count; ++to) side[0].put(pairs[0][to].out, Stop{});
    }
    void stop(int role) { side[role].get<Stop>(pairs[0][role].in); }
};

std::int64_t hand_one(int rounds) {
    const auto queues = std::make_unique<Queues>();
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; ++i) {
        queues->give_all(i);
        for (int role = 1; role < count; ++role) queues->answer(role, sum);
        for (int role = 1; role < count; ++role) queues->collect(role, sum);
        queues->take_all(sum);
    }
    queues->stop_all();
    for (int role = 1; role < count; ++role) queues->stop(role);
    return sum;
}
std::int64_t hand_two(int rounds) {
    const auto queues = std::make_unique<Queues>();
    std::int64_t sum = 0, other_sum = 0;
    on_two_threads(
        [&] {
            for (int i = 0; i < rounds; ++i) {
                queues->give_all(i);
                for (int role = 1; role < 3; ++role) queues->answer(role, sum);
                for (int role = 1; role < 3; ++role) queues->collect(role, sum);
                queues->take_all(sum);
            }
            queues->stop_all();
            for (int role = 1; role < 3; ++role) queues->stop(role);
        },
        [&] {
            for (int i = 0; i < rounds; ++i) {
                for (int role = 3; role < count; ++role) queues->answer(role, other_sum);
                for (int role = 3; role < count; ++role) queues->collect(role, other_sum);
            }
            for (int role = 3; role < count; ++role) queues->stop(role);
        });
    return sum + other_sum;
}

mpst::task<void> hand_first(mpst::AwaitingPlace& place, Queues& queues, int rounds,
                            std::int64_t& sum) {
    for (int i = 0; i < rounds; ++i) {
        for (int to = 1; to < count; ++to) {
            co_await by_hand::Room(place, queues.pairs[0][to].out);
            by_hand::put_ready(queues.pairs[0][to].out, Item{i + to - 1});
        }
        for (int from = 1; from < count; ++from) {
            co_await by_hand::Arrival(place, queues.pairs[from][0].in);
            sum += by_hand::get_ready<Item>(queues.pairs[from][0].in).value;
        }
    }
    for (int to = 1; to < count; ++to) {
        co_await by_hand::Room(place, queues.pairs[0][to].out);
        by_hand::put_ready(queues.pairs[0][to].out, Stop{});
    }
}
mpst::task<void> hand_other(mpst::AwaitingPlace& place, Queues& queues, int role,
                            std::int64_t& sum) {
    for (;;) {
        auto& begin = queues.pairs[0][role].in;
        co_await by_hand::Arrival(place, begin);
        if (begin.front().holds<Stop>()) break;
        const auto item = by_hand::get_ready<Item>(begin);
        sum += item.value;
        for (int to = 0; to < count; ++to) {
            if (to == role) continue;
            co_await by_hand::Room(place, queues.pairs[role][to].out);
            by_hand::put_ready(queues.pairs[role][to].out, item);
        }
        for (int from = 1; from < count; ++from) {
            if (from == role) continue;
            co_await by_hand::Arrival(place, queues.pairs[from][role].in);
            sum += by_hand::get_ready<Item>(queues.pairs[from][role].in).value;
        }
    }
    by_hand::get_ready<Stop>(queues.pairs[0][role].in);
}
std::int64_t hand_awaiting(int rounds, bool is_one_thread) {
    const auto queues = std::make_unique<Queues>();
    std::array<std::unique_ptr<by_hand::Place>, count> places;
    std::array<std::int64_t, count> sums{};
    awaiting(is_one_thread, [&](auto& one, auto& other) {
        for (std::size_t i = 0; i < count; ++i) {
            auto executor = (i < 3 ? one : other).get_executor();
            places[i] = std::make_unique<by_hand::Place>(executor);
            boost::asio::post(executor, [&, i] {
                by_hand::start(*places[i], i == 0 ? hand_first(*places[0], *queues, rounds, sums[0])
                                                  : hand_other(*places[i], *queues,
                                                               static_cast<int>(i), sums[i]));
            });
        }
    });
    return sums[0] + sums[1] + sums[2] + sums[3] + sums[4];
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

const Case all_to_all{"all-to-all (5)", count*(count - 1), ways};

}  // namespace sessions
