// SPDX-License-Identifier: AGPL-3.0-or-later
// The ring alone against Boost's queue of the same size. Nobody sleeps here, so nobody is called.
#include <sz/mpst/ring.hpp>

#include <algorithm>
#include <boost/lockfree/spsc_queue.hpp>
#include <cstdlib>
#include <memory>

#include "cases.hpp"
#include "threads.hpp"

namespace sessions {

namespace {

constexpr int capacity = 64, burst = 32;

struct Item {
    std::int64_t value;
};

using Ring = mpst::Ring<mpst::Slot<8, 8>>;
using Other = boost::lockfree::spsc_queue<Item, boost::lockfree::capacity<capacity>>;

// Each end as its thread holds it.
struct RingOut {
    mpst::Sender<mpst::Slot<8, 8>> end;
    bool push(Item item) {
        if (!end.has_room()) return false;
        end.push(Item{item});
        return true;
    }
};
struct RingIn {
    mpst::Receiver<mpst::Slot<8, 8>> end;
    bool pop(Item& item) {
        if (!end.has_message()) return false;
        item = end.front().take<Item>();
        end.pop();
        return true;
    }
};
struct OurEnds {
    Ring ring{capacity};
    RingOut out() { return {ring.sender()}; }
    RingIn in() { return {ring.receiver()}; }
};
struct OtherEnds {
    Other queue;
    Other& out() { return queue; }
    Other& in() { return queue; }
};

template <class Ready>
[[gnu::always_inline]] inline void spin_until(const Ready& ready) {
    constexpr int spins = 100;
    for (int i = 0; !ready(); ++i) {
        if (i >= spins) std::this_thread::yield();
    }
}

template <class Ends>
std::int64_t alternately(int rounds) {
    const auto ends = std::make_unique<Ends>();
    auto&& out = ends->out();
    auto&& in = ends->in();
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; ++i) {
        Item item{0};
        if (!out.push(Item{i}) || !in.pop(item)) std::abort();
        sum += item.value;
    }
    return sum;
}
template <class Ends>
std::int64_t in_bursts(int rounds) {
    const auto ends = std::make_unique<Ends>();
    auto&& out = ends->out();
    auto&& in = ends->in();
    std::int64_t sum = 0;
    for (int i = 0; i < rounds; i += burst) {
        const int many = std::min(burst, rounds - i);
        for (int k = 0; k < many; ++k) {
            if (!out.push(Item{i + k})) std::abort();
        }
        for (int k = 0; k < many; ++k) {
            Item item{0};
            if (!in.pop(item)) std::abort();
            sum += item.value;
        }
    }
    return sum;
}
template <class Ends>
std::int64_t between_threads(int rounds) {
    const auto ends = std::make_unique<Ends>();
    std::int64_t sum = 0;
    on_two_threads(
        [&] {
            auto&& out = ends->out();
            for (int i = 0; i < rounds; ++i) spin_until([&] { return out.push(Item{i}); });
        },
        [&] {
            auto&& in = ends->in();
            std::int64_t total = 0;
            for (int i = 0; i < rounds; ++i) {
                Item item{0};
                spin_until([&] { return in.pop(item); });
                total += item.value;
            }
            sum = total;
        });
    return sum;
}

constexpr Way ways[] = {
    {"one thread, alternately", alternately<OurEnds>, alternately<OtherEnds>, false, true},
    {"one thread, bursts of 32", in_bursts<OurEnds>, in_bursts<OtherEnds>, false, true},
    {"two threads", between_threads<OurEnds>, between_threads<OtherEnds>, false, false},
};

}  // namespace

const Case queue{"queue of 64", 1, ways, "boost::lockfree::spsc_queue"};

}  // namespace sessions
