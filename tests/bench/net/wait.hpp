// SPDX-License-Identifier: AGPL-3.0-or-later
// Waits for what happens on the kernel's thread.
#pragma once

#include <future>
#include <memory>

#include "tests/bench/net/program.hpp"
#include "tests/bench/net/stop.hpp"

namespace sz::netbench {

// `begin` is called on the kernel's thread with a function that takes the answer, once.
template <class T, class Begin>
T wait_for(Program& program, Begin begin) {
    const auto promise = std::make_shared<std::promise<T>>();
    auto answer = promise->get_future();
    program.run([&] { begin([promise](T value) { promise->set_value(std::move(value)); }); });
    if (answer.wait_for(std::chrono::seconds(120)) != std::future_status::ready)
        stop_with("No answer came for two minutes.");
    return answer.get();
}

}  // namespace sz::netbench
