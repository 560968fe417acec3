// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/bus.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/unit/bus/bus_fixture.hpp"

using namespace sz;
using namespace sz::test;
using namespace std::chrono_literals;

TEST_CASE("a call reaches its method with its parameters and brings back the result", "[bus]") {
    BusFixture f;
    f.add("test.add", [](const Call& call) {
        call.answer(call.params()["a"].get<int>() + call.params()["b"].get<int>());
    });
    CHECK(f.bus.call_and_wait("test.add", {{"a", 2}, {"b", 3}}).value() == 5);
}

TEST_CASE("a call without parameters has empty ones", "[bus]") {
    BusFixture f;
    f.add("test.params", [](const Call& call) { call.answer(call.params()); });
    CHECK(f.bus.call_and_wait("test.params", nullptr).value() == Json::object());
}

TEST_CASE("a method that does not exist is named in the refusal", "[bus]") {
    BusFixture f;
    const auto result = f.bus.call_and_wait("no.such", Json::object());
    CHECK(code_of(result) == "SZ-BUS-001");
    CHECK(result.error().kind == ErrorKind::usage);
    CHECK_THAT(result.error().message, ContainsSubstring("no.such"));
}

TEST_CASE("parameters that do not fit never reach the method, and the refusal says where",
          "[bus]") {
    BusFixture f;
    bool was_reached = false;
    f.add("test.need", [&](const Call& call) { was_reached = true, call.answer(Json()); },
          {{"required", {"a"}}});
    const auto result = f.bus.call_and_wait("test.need", {{"b", 1}});
    CHECK(code_of(result) == "SZ-BUS-002");
    CHECK(result.error().kind == ErrorKind::usage);
    CHECK(result.error().where == "/a");
    CHECK(!was_reached);
}

TEST_CASE("a schema may use the definitions beside it", "[bus]") {
    std::vector<std::string> seen;
    KernelThread thread;
    Bus bus(thread, [&](const std::string& schema, const Json&) {
        seen.push_back(schema);
        return Findings{};
    });
    const auto schema =
        R"({"summary":"s","params":{"$ref":"#/definitions/x"},"result":true,"definitions":{"x":{"type":"object"}}})";
    REQUIRE(bus.add_method({"test.ref", {}, schema, "test"},
                           [](const Call& call) { call.answer(Json()); }));
    seen.clear();  // what was tried when it was added
    REQUIRE(bus.call_and_wait("test.ref", Json::object()));
    CHECK(seen.at(0) == R"({"$ref":"#/definitions/x","definitions":{"x":{"type":"object"}}})");
}

#ifdef SZ_DEBUG_CHECKS
TEST_CASE("debug builds refuse a result that does not fit its schema", "[bus]") {
    BusFixture f;
    f.add("test.wrong",
          [](const Call& call) {
              call.answer(Json{{"b", 1}});
          },
          Json::object(), {{"required", {"a"}}});
    CHECK(code_of(f.bus.call_and_wait("test.wrong", Json::object())) == "SZ-BUS-007");
}
#endif

TEST_CASE("a reply never comes from inside call, also on the kernel thread", "[bus]") {
    BusFixture f;
    f.add("test.now", [](const Call& call) { call.answer(Json()); });
    std::promise<void> replied;
    bool has_returned = false, was_early = false;
    f.thread.post([&] {
        f.bus.call("test.now", Json::object(), {}, [&](const Result<Json>&) {
            was_early = !has_returned;
            replied.set_value();
        });
        has_returned = true;
    });
    replied.get_future().wait();
    CHECK(!was_early);
}

TEST_CASE("a call is answered once, whatever its handler says later", "[bus]") {
    BusFixture f;
    std::atomic<int> replies = 0;
    f.add("test.twice", [](const Call& call) {
        call.answer(1);
        call.answer(2);
    });
    std::promise<int> first;
    f.bus.call("test.twice", Json::object(), {}, [&](const Result<Json>& result) {
        if (++replies == 1) first.set_value(result->get<int>());
    });
    CHECK(first.get_future().get() == 1);
    f.settle();
    CHECK(replies == 1);
}

TEST_CASE("a handler that forgets its call has answered that it did", "[bus]") {
    BusFixture f;
    f.add("test.forget", [](const Call&) {});
    CHECK(code_of(f.bus.call_and_wait("test.forget", Json::object())) == "SZ-BUS-006");
}

TEST_CASE("a handler that throws has not answered, and the bus goes on", "[bus]") {
    BusFixture f;
    f.add("test.throw", [](const Call&) { throw std::runtime_error("a defect"); });
    CHECK(code_of(f.bus.call_and_wait("test.throw", Json::object())) == "SZ-BUS-006");
    CHECK(code_of(f.bus.call_and_wait("test.throw", Json::object())) == "SZ-BUS-006");
}

TEST_CASE("a call that another thread forgets is answered too", "[bus]") {
    BusFixture f;
    KeptCall kept;
    f.add("test.keep", kept.handler());
    std::promise<Result<Json>> reply;
    f.bus.call("test.keep", Json::object(), {},
               [&](Result<Json> result) { reply.set_value(std::move(result)); });
    std::thread([calls = std::vector<Call>{kept.take()}]() mutable { calls.clear(); }).join();
    CHECK(code_of(reply.get_future().get()) == "SZ-BUS-006");
}

TEST_CASE("an answer may come later, from another thread", "[bus]") {
    BusFixture f;
    KeptCall kept;
    f.add("test.keep", kept.handler());
    std::promise<Result<Json>> reply;
    f.bus.call("test.keep", Json::object(), {},
               [&](Result<Json> result) { reply.set_value(std::move(result)); });
    std::thread([call = kept.take()] { call.answer(7); }).join();
    CHECK(reply.get_future().get().value() == 7);
}

TEST_CASE("an answer from a thread that is faster than its handler counts", "[bus]") {
    BusFixture f;
    f.add("test.fast", [](const Call& call) { std::thread([call] { call.answer(7); }).join(); });
    CHECK(f.bus.call_and_wait("test.fast", Json::object()).value() == 7);
}

TEST_CASE("a waiting call holds up no other", "[bus]") {
    BusFixture f;
    KeptCall kept;
    f.add("test.keep", kept.handler());
    f.add("test.now", [](const Call& call) { call.answer(1); });
    f.bus.call("test.keep", Json::object(), {}, [](const Result<Json>&) {});
    const auto waiting = kept.take();
    CHECK(f.bus.call_and_wait("test.now", Json::object()).value() == 1);
}

TEST_CASE("a deadline answers for a handler that takes too long, and tells it", "[bus]") {
    BusFixture f;
    KeptCall kept;
    f.add("test.keep", kept.handler());
    std::promise<Result<Json>> reply;
    f.bus.call("test.keep", Json::object(), {50ms},
               [&](Result<Json> result) { reply.set_value(std::move(result)); });
    const auto call = kept.take();
    std::atomic<int> told = 0;
    f.thread.run_and_wait([&] { call.on_over([&] { ++told; }); });
    const auto result = reply.get_future().get();
    f.settle();
    CHECK(code_of(result) == "SZ-BUS-003");
    CHECK(result.error().kind == ErrorKind::cancelled);
    CHECK(call.is_over());
    CHECK(told == 1);
    call.answer(1);  // too late; nobody hears it
    f.settle();
}

TEST_CASE("a call in time never hears of its deadline", "[bus]") {
    BusFixture f;
    bool was_told = false;
    std::vector<Call> kept;
    f.add("test.now", [&](const Call& call) {
        call.on_over([&] { was_told = true; });
        call.answer(1);
        kept.push_back(call);
    });
    CHECK(f.bus.call_and_wait("test.now", Json::object(), {1ms}).value() == 1);
    f.settle();
    CHECK(!was_told);
    CHECK(!kept.front().is_over());
}

TEST_CASE("a cancelled call is answered once, and its handler is told once", "[bus]") {
    BusFixture f;
    KeptCall kept;
    f.add("test.keep", kept.handler());
    std::promise<Result<Json>> reply;
    const auto number = f.bus.call("test.keep", Json::object(), {}, [&](Result<Json> result) {
        reply.set_value(std::move(result));
    });
    const auto call = kept.take();
    int told = 0;
    f.thread.run_and_wait([&] { call.on_over([&] { ++told; }); });
    f.bus.cancel(number);
    f.bus.cancel(number);
    CHECK(code_of(reply.get_future().get()) == "SZ-BUS-004");
    f.settle();
    CHECK(told == 1);
}

TEST_CASE("a handler that asks late is told at once that nobody waits", "[bus]") {
    BusFixture f;
    KeptCall kept;
    f.add("test.keep", kept.handler());
    const auto number = f.bus.call("test.keep", Json::object(), {}, [](const Result<Json>&) {});
    const auto call = kept.take();
    f.bus.cancel(number);
    bool was_told = false;
    f.thread.run_and_wait([&] { call.on_over([&] { was_told = true; }); });
    CHECK(was_told);
}

TEST_CASE("cancelling what nobody knows touches no other call", "[bus]") {
    BusFixture f;
    f.add("test.now", [](const Call& call) { call.answer(1); });
    KeptCall kept;
    f.add("test.keep", kept.handler());
    std::promise<Result<Json>> reply;
    f.bus.call("test.keep", Json::object(), {},
               [&](Result<Json> result) { reply.set_value(std::move(result)); });
    const auto waiting = kept.take();
    f.bus.cancel(4711);
    f.settle();
    CHECK(!waiting.is_over());
    CHECK(f.bus.call_and_wait("test.now", Json::object()).value() == 1);
    waiting.answer(2);
    CHECK(reply.get_future().get().value() == 2);
}

TEST_CASE("stopping answers what runs and refuses what comes", "[bus]") {
    BusFixture f;
    KeptCall kept;
    f.add("test.keep", kept.handler());
    std::promise<Result<Json>> reply;
    f.bus.call("test.keep", Json::object(), {},
               [&](Result<Json> result) { reply.set_value(std::move(result)); });
    const auto call = kept.take();
    f.bus.stop();
    CHECK(code_of(reply.get_future().get()) == "SZ-BUS-005");
    CHECK(code_of(f.bus.call_and_wait("test.keep", Json::object())) == "SZ-BUS-005");
}

TEST_CASE("a call on a thread that has ended is answered all the same", "[bus]") {
    BusFixture f;
    f.thread.stop();
    CHECK(code_of(f.bus.call_and_wait("bus.methods", Json::object())) == "SZ-BUS-005");
}

TEST_CASE("a kept call may outlive its bus", "[bus]") {
    KernelThread thread;
    KeptCall kept;
    std::promise<Result<Json>> reply;
    std::vector<Call> calls;
    {
        Bus bus(thread, {});
        REQUIRE(
            bus.add_method({"test.keep", {}, R"({"summary":"s","params":{},"result":{}})", "test"},
                           kept.handler()));
        bus.call("test.keep", Json::object(), {},
                 [&](Result<Json> result) { reply.set_value(std::move(result)); });
        calls.push_back(kept.take());
    }
    CHECK(code_of(reply.get_future().get()) == "SZ-BUS-005");
    calls.front().answer(1);
    calls.clear();
    thread.run_and_wait([] {});
}

TEST_CASE("a method's name is taken once", "[bus]") {
    BusFixture f;
    f.add("test.one", [](const Call& call) { call.answer(1); });
    const auto again =
        f.bus.add_method({"test.one", {}, R"({"summary":"s","params":{},"result":{}})", "other"},
                         [](const Call& call) { call.answer(2); });
    CHECK(again.error().code == "SZ-BUS-010");
    CHECK(f.bus.call_and_wait("test.one", Json::object()).value() == 1);
}

TEST_CASE("a method needs a schema that is one", "[bus]") {
    BusFixture f;
    const auto schema = GENERATE(std::string(), std::string("{"), std::string("{}"),
                                 std::string("[]"), std::string(R"({"params":{}})"));
    CHECK(f.bus.add_method({"test.none", {}, schema, "test"}, [](const Call&) {}).error().code ==
          "SZ-BUS-011");
}

TEST_CASE("the methods of one owner go together", "[bus]") {
    BusFixture f;
    f.add("test.a", [](const Call& call) { call.answer(1); });
    f.add("test.b", [](const Call& call) { call.answer(1); });
    REQUIRE(f.bus.add_method({"other.c", {}, R"({"summary":"s","params":{},"result":{}})", "other"},
                             [](const Call& call) { call.answer(3); }));
    f.bus.remove_methods("test");
    CHECK(code_of(f.bus.call_and_wait("test.a", Json::object())) == "SZ-BUS-001");
    CHECK(f.bus.call_and_wait("other.c", Json::object()).value() == 3);
}

TEST_CASE("bus.methods lists every method with its schema and owner, itself too", "[bus]") {
    BusFixture f;
    f.add("test.a", [](const Call& call) { call.answer(1); });
    const auto methods = f.bus.call_and_wait("bus.methods", Json::object()).value()["methods"];
    REQUIRE(methods.size() == 2);
    CHECK(methods[0]["name"] == "bus.methods");
    CHECK(methods[0]["owner"] == "kernel");
    CHECK(methods[1]["name"] == "test.a");
    CHECK(methods[1]["summary"] == "A method of a test.");
    CHECK(methods[1]["owner"] == "test");
    CHECK(methods[1]["schema"]["params"] == Json::object());
}
