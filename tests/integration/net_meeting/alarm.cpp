// SPDX-License-Identifier: AGPL-3.0-or-later
#include <future>

#include "kernel/net/meeting/place.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using sz::net::Alarm;

namespace {

constexpr net::SteadyMs never = 1'000'000'000;

// Sets an alarm twice, on the kernel's thread; which of the two rings.
std::string rings(net::SteadyMs first, net::SteadyMs then) {
    KernelThread kernel;
    std::promise<std::string> rung;
    auto answer = rung.get_future();
    std::unique_ptr<Alarm> alarm;
    kernel.run_and_wait([&] {
        alarm = std::make_unique<Alarm>(kernel);
        alarm->set_by(first, 0, [&] { rung.set_value("the first"); });
        alarm->set_by(then, 0, [&] { rung.set_value("the second"); });
    });
    const bool is_rung = answer.wait_for(std::chrono::seconds(20)) == std::future_status::ready;
    kernel.run_and_wait([&] { alarm.reset(); });
    return is_rung ? answer.get() : "none";
}

}  // namespace

TEST_CASE("an alarm that is set for later stays, one that is set for earlier is moved") {
    CHECK(rings(0, never) == "the first");
    CHECK(rings(never, 0) == "the second");
    CHECK(rings(0, 0) == "the first");
}

TEST_CASE("an alarm that has rung can be set again") {
    KernelThread kernel;
    std::promise<void> rung;
    auto answer = rung.get_future();
    std::unique_ptr<Alarm> alarm;
    kernel.run_and_wait([&] {
        alarm = std::make_unique<Alarm>(kernel);
        alarm->set_by(0, 0, [&] { alarm->set_by(1, 0, [&] { rung.set_value(); }); });
    });
    CHECK(answer.wait_for(std::chrono::seconds(20)) == std::future_status::ready);
    kernel.run_and_wait([&] { alarm.reset(); });
}
