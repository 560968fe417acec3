// SPDX-License-Identifier: AGPL-3.0-or-later
// The example's roles, generated. A round brings one value from the source through the kernel to
// the sink.
#include <DoubleBuffering/Kernel.hpp>
#include <DoubleBuffering/Sink.hpp>
#include <DoubleBuffering/Source.hpp>
#include <tuple>
#include <utility>

#include "by_hand.hpp"
#include "cases.hpp"
#include "threads.hpp"

namespace sessions {

namespace {

namespace d = DoubleBuffering;

std::int64_t typed_one(int rounds) {
    auto [first, second, third] = mpst::connect<d::Kernel, d::Source, d::Sink>();
    auto kernel = std::move(first);
    auto source = std::move(second);
    auto sink = std::move(third);
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; ++i) {
        auto waiting = std::move(kernel).send(d::ready{});
        auto [asked, give] = std::move(source).receive().take<d::ready>();
        source = std::move(give).send(d::value{i});
        auto [raw, full] = std::move(waiting).receive();
        auto emptied = std::move(full).send(d::value{raw.value * 2});
        auto [made, reply] = std::move(sink).receive().take<d::value>();
        sum += made.value;
        sink = std::move(reply).send(d::ready{});
        auto [taken, next] = std::move(emptied).receive();
        kernel = std::move(next);
    }
    auto end = std::move(kernel).send(d::stop{}).send(d::stop{});
    auto source_end = std::move(source).receive().take<d::stop>();
    auto sink_end = std::move(sink).receive().take<d::stop>();
    return sum;
}

d::Kernel::End work(d::Kernel::Start start, int rounds) {
    auto state = std::move(start);
    for (int i = 0; i < rounds; ++i) {
        auto [raw, full] = std::move(state).send(d::ready{}).receive();
        auto [taken, next] = std::move(full).send(d::value{raw.value * 2}).receive();
        state = std::move(next);
    }
    return std::move(state).send(d::stop{}).send(d::stop{});
}
// The source and the sink on one thread.
std::int64_t give_and_take(d::Source::Start source_start, d::Sink::Start sink_start, int rounds) {
    auto source = std::move(source_start);
    auto sink = std::move(sink_start);
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; ++i) {
        auto [asked, give] = std::move(source).receive().take<d::ready>();
        source = std::move(give).send(d::value{i});
        auto [made, reply] = std::move(sink).receive().take<d::value>();
        sum += made.value;
        sink = std::move(reply).send(d::ready{});
    }
    auto source_end = std::move(source).receive().take<d::stop>();
    auto sink_end = std::move(sink).receive().take<d::stop>();
    return sum;
}
std::int64_t typed_two(int rounds) {
    auto [kernel, source, sink] = mpst::connect<d::Kernel, d::Source, d::Sink>();
    std::int64_t sum = 0;
    on_two_threads(
        [&, start = std::move(kernel)]() mutable { auto end = work(std::move(start), rounds); },
        [&, start = std::move(source), other = std::move(sink)]() mutable {
            sum = give_and_take(std::move(start), std::move(other), rounds);
        });
    return sum;
}

mpst::task<d::Kernel::End> kernel_awaiting(d::Kernel::Start state, int rounds) {
    for (int i = 0; i < rounds; ++i) {
        auto waiting = co_await std::move(state).async_send(d::ready{});
        auto [raw, full] = co_await std::move(waiting).async_receive();
        auto emptied = co_await std::move(full).async_send(d::value{raw.value * 2});
        auto [taken, next] = co_await std::move(emptied).async_receive();
        state = std::move(next);
    }
    auto last = co_await std::move(state).async_send(d::stop{});
    co_return co_await std::move(last).async_send(d::stop{});
}
mpst::task<d::Source::End> source_awaiting(d::Source::Start state) {
    for (std::int64_t i = 0;; ++i) {
        auto arrived = co_await std::move(state).async_receive();
        if (arrived.is<d::stop>()) co_return std::move(arrived).take<d::stop>().next;
        auto [asked, give] = std::move(arrived).take<d::ready>();
        state = co_await std::move(give).async_send(d::value{i});
    }
}
mpst::task<d::Sink::End> sink_awaiting(d::Sink::Start state, std::int64_t& sum) {
    for (;;) {
        auto arrived = co_await std::move(state).async_receive();
        if (arrived.is<d::stop>()) co_return std::move(arrived).take<d::stop>().next;
        auto [made, reply] = std::move(arrived).take<d::value>();
        sum += made.value;
        state = co_await std::move(reply).async_send(d::ready{});
    }
}
std::int64_t typed_awaiting(int rounds, bool is_one_thread) {
    auto starts = mpst::connect<d::Kernel, d::Source, d::Sink>();
    std::int64_t sum = 0;
    const auto begin = [rounds](d::Kernel::Start start) {
        return kernel_awaiting(std::move(start), rounds);
    };
    const auto take = [&sum](d::Sink::Start start) { return sink_awaiting(std::move(start), sum); };
    awaiting(is_one_thread, [&](auto& one, auto& other) {
        mpst::spawn(one.get_executor(), std::move(std::get<0>(starts)), begin, must_end());
        mpst::spawn(other.get_executor(), std::move(std::get<1>(starts)), source_awaiting,
                    must_end());
        mpst::spawn(other.get_executor(), std::move(std::get<2>(starts)), take, must_end());
    });
    return sum;
}

// ---- by hand

struct Queues {
    by_hand::Queue asks{64}, gives{64}, fills{64}, empties{64};
    by_hand::Out to_source = asks.sender(), from_source = gives.sender(), to_sink = fills.sender(),
                 from_sink = empties.sender();
    by_hand::In at_source = asks.receiver(), raw = gives.receiver(), at_sink = fills.receiver(),
                taken = empties.receiver();
    by_hand::Side kernel, source, sink;

    void ask() { kernel.put(to_source, d::ready{}); }
    void give(std::int64_t number) {
        source.get<d::ready>(at_source);
        source.put(from_source, d::value{number});
    }
    void fill() { kernel.put(to_sink, d::value{kernel.get<d::value>(raw).value * 2}); }
    std::int64_t take() {
        const std::int64_t made = sink.get<d::value>(at_sink).value;
        sink.put(from_sink, d::ready{});
        return made;
    }
    void stop() {
        kernel.put(to_source, d::stop{});
        kernel.put(to_sink, d::stop{});
    }
    void end() {
        source.get<d::stop>(at_source);
        sink.get<d::stop>(at_sink);
    }
};

std::int64_t hand_one(int rounds) {
    const auto queues = std::make_unique<Queues>();
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; ++i) {
        queues->ask();
        queues->give(i);
        queues->fill();
        sum += queues->take();
        queues->kernel.get<d::ready>(queues->taken);
    }
    queues->stop();
    queues->end();
    return sum;
}
std::int64_t hand_two(int rounds) {
    const auto queues = std::make_unique<Queues>();
    std::int64_t sum = 0;
    on_two_threads(
        [&] {
            for (int i = 0; i < rounds; ++i) {
                queues->ask();
                queues->fill();
                queues->kernel.get<d::ready>(queues->taken);
            }
            queues->stop();
        },
        [&] {
            std::int64_t total = 0;
            for (int i = 0; i < rounds; ++i) {
                queues->give(i);
                total += queues->take();
            }
            queues->end();
            sum = total;
        });
    return sum;
}

mpst::task<void> hand_kernel(mpst::AwaitingPlace& place, Queues& q, int rounds) {
    for (int i = 0; i < rounds; ++i) {
        co_await by_hand::Room(place, q.to_source);
        by_hand::put_ready(q.to_source, d::ready{});
        co_await by_hand::Arrival(place, q.raw);
        const auto raw = by_hand::get_ready<d::value>(q.raw);
        co_await by_hand::Room(place, q.to_sink);
        by_hand::put_ready(q.to_sink, d::value{raw.value * 2});
        co_await by_hand::Arrival(place, q.taken);
        by_hand::get_ready<d::ready>(q.taken);
    }
    co_await by_hand::Room(place, q.to_source);
    by_hand::put_ready(q.to_source, d::stop{});
    co_await by_hand::Room(place, q.to_sink);
    by_hand::put_ready(q.to_sink, d::stop{});
}
mpst::task<void> hand_source(mpst::AwaitingPlace& place, Queues& q) {
    for (std::int64_t i = 0;; ++i) {
        co_await by_hand::Arrival(place, q.at_source);
        if (q.at_source.front().holds<d::stop>()) break;
        by_hand::get_ready<d::ready>(q.at_source);
        co_await by_hand::Room(place, q.from_source);
        by_hand::put_ready(q.from_source, d::value{i});
    }
    by_hand::get_ready<d::stop>(q.at_source);
}
mpst::task<void> hand_sink(mpst::AwaitingPlace& place, Queues& q, std::int64_t& sum) {
    for (;;) {
        co_await by_hand::Arrival(place, q.at_sink);
        if (q.at_sink.front().holds<d::stop>()) break;
        sum += by_hand::get_ready<d::value>(q.at_sink).value;
        co_await by_hand::Room(place, q.from_sink);
        by_hand::put_ready(q.from_sink, d::ready{});
    }
    by_hand::get_ready<d::stop>(q.at_sink);
}
std::int64_t hand_awaiting(int rounds, bool is_one_thread) {
    const auto queues = std::make_unique<Queues>();
    std::unique_ptr<by_hand::Place> places[3];
    std::int64_t sum = 0;
    awaiting(is_one_thread, [&](auto& one, auto& other) {
        places[0] = std::make_unique<by_hand::Place>(one.get_executor());
        places[1] = std::make_unique<by_hand::Place>(other.get_executor());
        places[2] = std::make_unique<by_hand::Place>(other.get_executor());
        boost::asio::post(
            one, [&] { by_hand::start(*places[0], hand_kernel(*places[0], *queues, rounds)); });
        boost::asio::post(other,
                          [&] { by_hand::start(*places[1], hand_source(*places[1], *queues)); });
        boost::asio::post(other,
                          [&] { by_hand::start(*places[2], hand_sink(*places[2], *queues, sum)); });
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

const Case double_buffering{"double_buffering (3)", 4, ways};

}  // namespace sessions
