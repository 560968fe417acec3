// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/names.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/bus/bus_fixture.hpp"

using namespace sz;
using namespace sz::test;

TEST_CASE("names of the bus are words with points between them", "[bus][names]") {
    for (const char* name : {"echo", "campaign.act", "org.example.dice-tray.roll_2d6", "a.1"})
        CHECK(is_bus_name(name));
    for (const char* name : {"", ".", "a.", ".a", "a..b", "1a", "-a", "a b", "a\n", "a.\xff", "a/b",
                             "a.*", "*", "ä"}) {
        CAPTURE(name);
        CHECK_FALSE(is_bus_name(name));
    }
    CHECK(is_bus_name(std::string(bus_name_bytes_max, 'a')));
    CHECK_FALSE(is_bus_name(std::string(bus_name_bytes_max + 1, 'a')));
}

TEST_CASE("a subscription asks for a name, a prefix or all", "[bus][names]") {
    for (const char* pattern : {"*", "a", "a.*", "org.test.x.*"}) CHECK(is_topic_pattern(pattern));
    for (const char* pattern : {"", ".*", "a*", "a.*.b", "**", "\xff.*", "a .*"}) {
        CAPTURE(pattern);
        CHECK_FALSE(is_topic_pattern(pattern));
    }
}

TEST_CASE("a method whose name is none is refused, the kernel's too", "[bus][names]") {
    BusFixture f;
    const char* schema = R"({"summary":"s","params":{},"result":{}})";
    for (const char* owner : {"kernel", "org.test.x"}) {
        const auto added = f.bus.add_method({"test.sp ace", {}, schema, owner}, [](const Call&) {});
        REQUIRE_FALSE(added);
        CHECK(added.error().code == "SZ-BUS-012");
    }
}

TEST_CASE("a topic whose name is none is told to nobody", "[bus][names]") {
    BusFixture f;
    int told = 0;
    f.bus.subscribe("*", [&](const std::string&, const Json&) { ++told; });
    f.bus.publish("a.\xff", 1);
    f.settle();
    CHECK(told == 0);
    f.bus.publish("a.b", 1);
    f.settle();
    CHECK(told == 1);
}

TEST_CASE("a schema that cannot be used is refused with its method", "[bus][names]") {
    KernelThread thread;
    Bus bus(thread, [](const std::string& schema, const Json&) {
        if (schema != "5") return Findings{};
        return Findings{{"SZ-SCHEMA-002", Severity::error, "", "#", 0, 0, "It is no schema.", ""}};
    });
    const auto add = [&](const char* schema) {
        const auto added = bus.add_method({"test.x", {}, schema, "test"}, [](const Call&) {});
        return added ? "" : added.error().code + " " + added.error().message;
    };
    CHECK_THAT(add(R"({"summary":"s","params":5,"result":{}})"),
               ContainsSubstring("SZ-BUS-011 The schema “params” of the method “test.x”"));
    CHECK_THAT(add(R"({"summary":"s","params":{},"result":5})"), ContainsSubstring("“result”"));
    CHECK(add(R"({"summary":"s","params":{},"result":{}})").empty());
}
