// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/threads.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <stdexcept>
#include <vector>

#include "tests/support/catch.hpp"

using namespace sz;
using namespace std::chrono_literals;

TEST_CASE("the kernel thread runs work in the order it was posted", "[threads]") {
    KernelThread thread;
    std::vector<int> order;
    for (int i = 0; i < 100; ++i) thread.post([&order, i] { order.push_back(i); });
    thread.run_and_wait([] {});
    REQUIRE(order.size() == 100);
    for (int i = 0; i < 100; ++i) CHECK(order[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("only the kernel thread is the kernel thread", "[threads]") {
    KernelThread thread;
    bool inside = false;
    thread.run_and_wait([&] { inside = thread.is_current(); });
    CHECK(inside);
    CHECK(!thread.is_current());
}

TEST_CASE("stopping finishes what is queued, and what that queues", "[threads]") {
    int count = 0;
    KernelThread thread;
    thread.post([&] {
        ++count;
        thread.post([&] {
            ++count;
            thread.post([&] { ++count; });
        });
    });
    thread.stop();
    thread.stop();
    CHECK(count == 3);
}

TEST_CASE("work posted to a stopped thread is dropped, and nobody waits for it", "[threads]") {
    KernelThread thread;
    thread.stop();
    bool has_run = false;
    thread.post([&] { has_run = true; });
    thread.run_and_wait([&] { has_run = true; });
    CHECK(!has_run);
}

TEST_CASE("a timer runs after its delay, a cancelled one never", "[threads]") {
    KernelThread thread;
    std::promise<void> rang;
    bool cancelled_rang = false;
    thread.post([&] {
        const auto timer = thread.post_after(1ms, [&] { cancelled_rang = true; });
        thread.post_after(5ms, [&] { rang.set_value(); });
        thread.cancel_timer(timer);
    });
    rang.get_future().wait();
    thread.stop();
    CHECK(!cancelled_rang);
}

TEST_CASE("a timer that is far away does not hold up the end", "[threads]") {
    KernelThread thread;
    bool rang = false;
    thread.run_and_wait([&] { thread.post_after(1h, [&] { rang = true; }); });
    thread.stop();
    CHECK(!rang);
}

TEST_CASE("work that throws takes neither the thread nor the waiting with it", "[threads]") {
    KernelThread thread;
    bool is_alive = false;
    thread.run_and_wait([] { throw std::runtime_error("a defect"); });
    thread.run_and_wait([&] { is_alive = true; });
    CHECK(is_alive);
}

TEST_CASE("a pool runs everything before it stops", "[threads]") {
    std::atomic<int> count = 0;
    WorkerPool pool("test", 2);
    for (int i = 0; i < 50; ++i) pool.post([&] { ++count; });
    pool.stop();
    CHECK(count == 50);
    pool.post([&] { ++count; });
    pool.stop();
    CHECK(count == 50);
}

TEST_CASE("a pool of one thread is a queue", "[threads]") {
    std::vector<int> order;
    WorkerPool pool("test", 1);
    for (int i = 0; i < 50; ++i) pool.post([&order, i] { order.push_back(i); });
    pool.stop();
    REQUIRE(order.size() == 50);
    CHECK(std::is_sorted(order.begin(), order.end()));
}
