// SPDX-License-Identifier: AGPL-3.0-or-later
// Two halves of an exchange, each on a thread of its own or both on this one.
#pragma once

#include <pthread.h>
#include <sched.h>

#include <boost/asio/io_context.hpp>
#include <thread>
#include <utility>

namespace sessions {

// This thread on one of the processors it may use, the `index`th, as long as this lives: whether
// two threads share one must not be left to chance.
class OnProcessor {
  public:
    explicit OnProcessor(int index) {
        CPU_ZERO(&allowed_);
        ::pthread_getaffinity_np(::pthread_self(), sizeof allowed_, &allowed_);
        const int wanted = index % CPU_COUNT(&allowed_);
        for (int i = 0, seen = 0; i < CPU_SETSIZE; ++i) {
            if (!CPU_ISSET(i, &allowed_) || seen++ != wanted) continue;
            cpu_set_t one;
            CPU_ZERO(&one);
            CPU_SET(i, &one);
            ::pthread_setaffinity_np(::pthread_self(), sizeof one, &one);
        }
    }
    ~OnProcessor() { ::pthread_setaffinity_np(::pthread_self(), sizeof allowed_, &allowed_); }
    OnProcessor(const OnProcessor&) = delete;
    OnProcessor& operator=(const OnProcessor&) = delete;

  private:
    cpu_set_t allowed_;
};

template <class One, class Other>
void on_two_threads(One&& one, Other&& other) {
    std::thread thread([&other] {
        const OnProcessor second(1);
        other();
    });
    {
        const OnProcessor first(0);
        one();
    }
    thread.join();
}

// `begin(first, second)` starts roles on the two executors.
template <class Begin>
void awaiting(bool is_one_thread, const Begin& begin) {
    boost::asio::io_context one(1), other(1);
    if (is_one_thread) {
        begin(one, one);
        one.run();
    } else {
        begin(one, other);
        on_two_threads([&] { one.run(); }, [&] { other.run(); });
    }
}

// What a role that is started here does at its end.
inline auto must_end() {
    return [](std::exception_ptr thrown, const auto& outcome) {
        if (thrown || outcome) std::abort();
    };
}

}  // namespace sessions
