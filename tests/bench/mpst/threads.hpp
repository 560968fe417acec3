// SPDX-License-Identifier: AGPL-3.0-or-later
// Two halves of an exchange, each on a thread of its own or both on this one.
#pragma once

#include <boost/asio/io_context.hpp>
#include <thread>
#include <utility>

namespace sessions {

template <class One, class Other>
void on_two_threads(One&& one, Other&& other) {
    std::thread thread(std::forward<Other>(other));
    std::forward<One>(one)();
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
