// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/topics.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/bus/bus_fixture.hpp"

using namespace sz;
using namespace sz::test;

TEST_CASE("a subscription gets its topic, its prefix, or all", "[bus][topics]") {
    CHECK(topic_matches("a.b", "a.b"));
    CHECK(!topic_matches("a.b", "a.bc"));
    CHECK(!topic_matches("a.b", "a"));
    CHECK(topic_matches("a.*", "a.b"));
    CHECK(topic_matches("a.*", "a.b.c"));
    CHECK(!topic_matches("a.*", "ab.c"));
    CHECK(!topic_matches("a.*", "a"));
    CHECK(topic_matches("*", "a.b"));
    CHECK(!topic_matches(".*", "a.b"));
    CHECK(!topic_matches("", "a"));
}

TEST_CASE("messages arrive in the order in which they were published, at those who asked",
          "[bus][topics]") {
    BusFixture f;
    std::vector<std::string> all, some;
    f.bus.subscribe("*", [&](const std::string& topic, const Json& message) {
        all.push_back(topic + message.dump());
    });
    f.bus.subscribe("b.*", [&](const std::string& topic, const Json&) { some.push_back(topic); });
    f.bus.publish("a.x", 1);
    f.bus.publish("b.y", 2);
    f.bus.publish("b.z", 3);
    f.settle();
    CHECK(all == std::vector<std::string>{"a.x1", "b.y2", "b.z3"});
    CHECK(some == std::vector<std::string>{"b.y", "b.z"});
}

TEST_CASE(
    "after unsubscribing on the kernel thread nothing more comes, not even what was published "
    "before",
    "[bus][topics]") {
    BusFixture f;
    int heard = 0;
    const auto number = f.bus.subscribe("a", [&](const std::string&, const Json&) { ++heard; });
    f.settle();
    f.thread.run_and_wait([&] {
        f.bus.publish("a", 1);
        f.bus.unsubscribe(number);
    });
    f.settle();
    CHECK(heard == 0);
}

TEST_CASE("a subscriber may unsubscribe itself and others while it is told", "[bus][topics]") {
    BusFixture f;
    int first = 0, second = 0;
    std::uint64_t first_number = 0, second_number = 0;
    f.thread.run_and_wait([&] {
        first_number = f.bus.subscribe("a", [&](const std::string&, const Json&) {
            ++first;
            f.bus.unsubscribe(first_number);
            f.bus.unsubscribe(second_number);
        });
        second_number = f.bus.subscribe("a", [&](const std::string&, const Json&) { ++second; });
    });
    f.bus.publish("a", 1);
    f.bus.publish("a", 2);
    f.settle();
    CHECK(first == 1);
    CHECK(second == 0);
}

TEST_CASE("a subscriber may publish", "[bus][topics]") {
    BusFixture f;
    int heard = 0;
    f.bus.subscribe("a", [&](const std::string&, const Json&) { f.bus.publish("b", Json()); });
    f.bus.subscribe("b", [&](const std::string&, const Json&) { ++heard; });
    f.bus.publish("a", Json());
    f.settle();
    f.settle();
    CHECK(heard == 1);
}
