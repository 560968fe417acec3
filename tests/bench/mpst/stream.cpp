// SPDX-License-Identifier: AGPL-3.0-or-later
// One way, until it is over.
#include <tuple>
#include <utility>

#include "by_hand.hpp"
#include "cases.hpp"
#include "threads.hpp"

namespace sessions {

namespace {

struct Item {
    std::int64_t value;
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

Source::End send_all(Source::Start start, int rounds) {
    auto state = std::move(start);
    for (int i = 0; i < rounds; ++i) state = std::move(state).send(Item{i});
    return std::move(state).send(Stop{});
}
Sink::End take_all(Sink::Start start, std::int64_t& sum) {
    return mpst::loop(std::move(start), [&sum](Sink::Await state) {
        return std::move(state).receive(
            [&sum](Item item, Sink::Await next) {
                sum += item.value;
                return next;
            },
            [](Stop, Sink::End end) { return end; });
    });
}

std::int64_t typed_one(int rounds) {
    auto [first, second] = mpst::connect<Source, Sink>();
    auto source = std::move(first);
    auto sink = std::move(second);
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; ++i) {
        source = std::move(source).send(Item{i});
        auto [item, next] = std::move(sink).receive().take<Item>();
        sum += item.value;
        sink = std::move(next);
    }
    auto end = std::move(source).send(Stop{});
    auto last = std::move(sink).receive().take<Stop>();
    return sum;
}
std::int64_t typed_two(int rounds) {
    auto [source, sink] = mpst::connect<Source, Sink>();
    std::int64_t sum = 0;
    on_two_threads(
        [&, state = std::move(source)]() mutable { auto end = send_all(std::move(state), rounds); },
        [&, state = std::move(sink)]() mutable { auto end = take_all(std::move(state), sum); });
    return sum;
}

mpst::task<Source::End> send_awaiting(Source::Start state, int rounds) {
    for (int i = 0; i < rounds; ++i) state = co_await std::move(state).async_send(Item{i});
    co_return co_await std::move(state).async_send(Stop{});
}
mpst::task<Sink::End> take_awaiting(Sink::Start state, std::int64_t& sum) {
    for (;;) {
        auto arrived = co_await std::move(state).async_receive();
        if (arrived.is<Stop>()) co_return std::move(arrived).take<Stop>().next;
        auto [item, next] = std::move(arrived).take<Item>();
        sum += item.value;
        state = std::move(next);
    }
}
std::int64_t typed_awaiting(int rounds, bool is_one_thread) {
    auto starts = mpst::connect<Source, Sink>();
    std::int64_t sum = 0;
    const auto give = [rounds](Source::Start start) {
        return send_awaiting(std::move(start), rounds);
    };
    const auto take = [&sum](Sink::Start start) { return take_awaiting(std::move(start), sum); };
    awaiting(is_one_thread, [&](auto& one, auto& other) {
        mpst::spawn(one.get_executor(), std::move(std::get<0>(starts)), give, must_end());
        mpst::spawn(other.get_executor(), std::move(std::get<1>(starts)), take, must_end());
    });
    return sum;
}

// ---- by hand

struct Queues {
    by_hand::Queue queue{64};
    by_hand::Out out = queue.sender();
    by_hand::In in = queue.receiver();
    by_hand::Side source, sink;
};

std::int64_t hand_one(int rounds) {
    const auto queues = std::make_unique<Queues>();
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; ++i) {
        queues->source.put(queues->out, Item{i});
        sum += queues->sink.get<Item>(queues->in).value;
    }
    queues->source.put(queues->out, Stop{});
    queues->sink.get<Stop>(queues->in);
    return sum;
}
std::int64_t hand_two(int rounds) {
    const auto queues = std::make_unique<Queues>();
    std::int64_t sum = 0;
    on_two_threads(
        [&, &side = queues->source, out = queues->out]() mutable {
            for (int i = 0; i < rounds; ++i) side.put(out, Item{i});
            side.put(out, Stop{});
        },
        [&, &side = queues->sink, in = queues->in]() mutable {
            std::int64_t total = 0;
            for (;;) {
                side.wait_for(in);
                if (!in.front().holds<Item>()) break;
                total += by_hand::get_ready<Item>(in).value;
            }
            by_hand::get_ready<Stop>(in);
            sum = total;
        });
    return sum;
}

mpst::task<void> hand_send(mpst::AwaitingPlace& place, by_hand::Out& out, int rounds) {
    for (int i = 0; i < rounds; ++i) {
        co_await by_hand::Room(place, out);
        by_hand::put_ready(out, Item{i});
    }
    co_await by_hand::Room(place, out);
    by_hand::put_ready(out, Stop{});
}
mpst::task<void> hand_take(mpst::AwaitingPlace& place, by_hand::In& in, std::int64_t& sum) {
    for (;;) {
        co_await by_hand::Arrival(place, in);
        if (in.front().holds<Stop>()) break;
        sum += by_hand::get_ready<Item>(in).value;
    }
    by_hand::get_ready<Stop>(in);
}
std::int64_t hand_awaiting(int rounds, bool is_one_thread) {
    const auto queues = std::make_unique<Queues>();
    std::unique_ptr<by_hand::Place> first, second;
    std::int64_t sum = 0;
    awaiting(is_one_thread, [&](auto& one, auto& other) {
        first = std::make_unique<by_hand::Place>(one.get_executor());
        second = std::make_unique<by_hand::Place>(other.get_executor());
        boost::asio::post(one,
                          [&] { by_hand::start(*first, hand_send(*first, queues->out, rounds)); });
        boost::asio::post(other,
                          [&] { by_hand::start(*second, hand_take(*second, queues->in, sum)); });
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

const Case stream{"stream (2, one way)", 1, ways};

}  // namespace sessions
