// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/tasks.hpp"

#include <atomic>
#include <thread>

#include "tests/support/catch.hpp"
#include "tests/unit/bus/bus_fixture.hpp"

using namespace sz;
using namespace sz::test;
using namespace std::chrono_literals;

namespace {

struct TasksFixture : BusFixture {
    std::atomic<int> clock_ms = 1000;  // the tasks' clock, moved by the test
    WorkerPool pool{"test", 1};
    Tasks tasks{
        bus,
        thread,
        pool,
        {[this] {
             return std::chrono::steady_clock::time_point(std::chrono::milliseconds(clock_ms));
         },
         10min}};
    std::vector<Json> progress;  // [kernel-thread]
    std::uint64_t subscription = 0;

    TasksFixture() {
        if (!tasks.add_methods()) throw std::runtime_error("methods");
        subscription = bus.subscribe(
            "task.progress",
            [this](const std::string&, const Json& message) { progress.push_back(message); });
    }
    ~TasksFixture() {
        pool.stop();
        thread.run_and_wait([this] { bus.unsubscribe(subscription); });
    }
    TasksFixture(const TasksFixture&) = delete;
    TasksFixture& operator=(const TasksFixture&) = delete;

    std::string start(TaskWork work, TaskDone done = {}) {
        std::string id;
        thread.run_and_wait([&] { id = tasks.start("A test", std::move(work), std::move(done)); });
        return id;
    }
    Result<Json> wait(const std::string& id) {
        return bus.call_and_wait("task.wait", {{"task", id}});
    }
    std::vector<Json> messages() {
        settle();
        settle();
        return progress;
    }
};

}  // namespace

TEST_CASE("a task's result is what task.wait answers, also after the end", "[tasks]") {
    TasksFixture f;
    const auto id = f.start([](TaskProgress&) { return Json{{"n", 3}}; });
    CHECK(f.wait(id).value()["n"] == 3);
    CHECK(f.wait(id).value()["n"] == 3);
    const auto last = f.messages().back();
    CHECK(last["state"] == "done");
    CHECK(last["task"] == id);
    CHECK(last["title"] == "A test");
    CHECK(last["result"]["n"] == 3);
}

TEST_CASE("a task's error is what task.wait answers", "[tasks]") {
    TasksFixture f;
    const auto id = f.start(
        [](TaskProgress&) -> Result<Json> { return fail(ErrorKind::input, "SZ-X-001", "no"); });
    CHECK(code_of(f.wait(id)) == "SZ-X-001");
    const auto last = f.messages().back();
    CHECK(last["state"] == "failed");
    CHECK(last["error"]["code"] == "SZ-X-001");
}

TEST_CASE("work that throws fails its task", "[tasks]") {
    TasksFixture f;
    const auto id =
        f.start([](TaskProgress&) -> Result<Json> { throw std::runtime_error("a defect"); });
    CHECK(code_of(f.wait(id)) == "SZ-TASK-003");
}

TEST_CASE("progress is told at most every 50 ms, the end always", "[tasks]") {
    TasksFixture f;
    const auto id = f.start([&](TaskProgress& progress) {
        progress.report(1, 10, "first");
        f.clock_ms += 49;
        progress.report(2, 10, "too soon");
        f.clock_ms += 1;
        progress.report(3, 10, "in time");
        progress.report(4, 10, "too soon");
        return Json::object();
    });
    REQUIRE(f.wait(id));
    const auto messages = f.messages();
    REQUIRE(messages.size() == 3);
    CHECK(messages[0]["what"] == "first");
    CHECK(messages[0]["state"] == "running");
    CHECK(messages[0]["done"] == 1);
    CHECK(messages[0]["total"] == 10);
    CHECK(messages[1]["what"] == "in time");
    CHECK(messages[2]["state"] == "done");
}

TEST_CASE("what is done at the end may change the result before anybody sees it", "[tasks]") {
    TasksFixture f;
    const auto id = f.start(
        [](TaskProgress&) {
            return Json{{"n", 1}};
        },
        [](Result<Json>& result) { (*result)["n"] = 2; });
    CHECK(f.wait(id).value()["n"] == 2);
    CHECK(f.messages().back()["result"]["n"] == 2);
}

TEST_CASE("a running task is cancelled by asking it", "[tasks]") {
    TasksFixture f;
    std::promise<void> began;
    const auto id = f.start([&](TaskProgress& progress) -> Result<Json> {
        began.set_value();
        while (!progress.is_cancelled()) std::this_thread::yield();
        return fail(ErrorKind::cancelled, "SZ-X-002", "stopped");
    });
    began.get_future().wait();
    REQUIRE(f.bus.call_and_wait("task.cancel", {{"task", id}}));
    CHECK(code_of(f.wait(id)) == "SZ-X-002");
    CHECK(f.messages().back()["state"] == "cancelled");
}

TEST_CASE("a task that still waits for its turn is cancelled at once and never runs", "[tasks]") {
    TasksFixture f;
    std::promise<void> release;
    const auto blocker = f.start([&](TaskProgress&) {
        release.get_future().wait();
        return Json();
    });
    std::atomic<bool> has_run = false;
    const auto id = f.start([&](TaskProgress&) {
        has_run = true;
        return Json();
    });
    REQUIRE(f.bus.call_and_wait("task.cancel", {{"task", id}}));
    CHECK(code_of(f.wait(id)) == "SZ-TASK-002");
    release.set_value();
    REQUIRE(f.wait(blocker));
    f.pool.stop();
    CHECK(!has_run);
}

TEST_CASE("a task that finishes in spite of being cancelled is done", "[tasks]") {
    TasksFixture f;
    std::promise<void> began, release;
    const auto id = f.start([&](TaskProgress&) {
        began.set_value();
        release.get_future().wait();
        return Json(1);
    });
    began.get_future().wait();
    REQUIRE(f.bus.call_and_wait("task.cancel", {{"task", id}}));
    release.set_value();
    CHECK(f.wait(id).value() == 1);
}

TEST_CASE("a task that nobody knows is not found", "[tasks]") {
    TasksFixture f;
    CHECK(code_of(f.wait("77")) == "SZ-TASK-001");
    CHECK(code_of(f.bus.call_and_wait("task.cancel", {{"task", "x"}})) == "SZ-TASK-001");
}

TEST_CASE("task.list shows what runs and what ended", "[tasks]") {
    TasksFixture f;
    const auto first = f.start([](TaskProgress&) { return Json(); });
    REQUIRE(f.wait(first));
    std::promise<void> began, release;
    const auto second = f.start([&](TaskProgress&) {
        began.set_value();
        release.get_future().wait();
        return Json();
    });
    began.get_future().wait();
    const auto list = f.bus.call_and_wait("task.list", Json::object()).value()["tasks"];
    release.set_value();
    REQUIRE(f.wait(second));  // it uses what stands here
    REQUIRE(list.size() == 2);
    CHECK(list[0]["task"] == first);
    CHECK(list[0]["state"] == "done");
    CHECK(list[1]["task"] == second);
    CHECK(list[1]["state"] == "running");
}

TEST_CASE("a result is forgotten after its time", "[tasks]") {
    BusFixture f;
    WorkerPool pool("test", 1);
    Tasks tasks(f.bus, f.thread, pool, {std::chrono::steady_clock::now, 0ms});
    REQUIRE(tasks.add_methods());
    std::promise<void> ended;
    std::string id;
    f.thread.run_and_wait([&] {
        id = tasks.start(
            "A test", [](TaskProgress&) { return Json(); },
            [&](Result<Json>&) { f.thread.post_after(1ms, [&] { ended.set_value(); }); });
    });
    ended.get_future().wait();
    CHECK(code_of(f.bus.call_and_wait("task.wait", {{"task", id}})) == "SZ-TASK-001");
    pool.stop();
}

TEST_CASE("stopping cancels every task", "[tasks]") {
    TasksFixture f;
    std::promise<void> began;
    const auto id = f.start([&](TaskProgress& progress) -> Result<Json> {
        began.set_value();
        while (!progress.is_cancelled()) std::this_thread::yield();
        return fail(ErrorKind::cancelled, "SZ-X-002", "stopped");
    });
    const auto queued = f.start([](TaskProgress&) { return Json(); });
    began.get_future().wait();
    f.thread.run_and_wait([&] { f.tasks.stop(); });
    CHECK(code_of(f.wait(id)) == "SZ-X-002");
    CHECK(code_of(f.wait(queued)) == "SZ-TASK-002");
}

TEST_CASE("who cancels and waits comes back after the work and its end", "[tasks]") {
    TasksFixture f;
    std::promise<void> began;
    std::atomic<bool> has_ended = false;
    std::vector<std::string> said;
    const auto note = [&](const char* who) {
        return [&said, who](Result<Json>& result) { said.push_back(who + code_of(result)); };
    };
    const auto id = f.start(
        [&](TaskProgress& progress) -> Result<Json> {
            began.set_value();
            while (!progress.is_cancelled()) std::this_thread::yield();
            has_ended = true;
            return fail(ErrorKind::cancelled, "SZ-X-002", "stopped");
        },
        note("running "));
    const auto queued = f.start([](TaskProgress&) { return Json(); }, note("queued "));
    began.get_future().wait();
    f.thread.run_and_wait([&] {
        f.tasks.cancel_and_wait(queued);
        f.tasks.cancel_and_wait(id);
        CHECK(has_ended);
        f.tasks.cancel_and_wait(id);  // over already
        f.tasks.cancel_and_wait("999");
        CHECK(said == std::vector<std::string>{"queued SZ-TASK-002", "running SZ-X-002"});
    });
    f.settle();
    CHECK(said.size() == 2);
    CHECK(code_of(f.wait(id)) == "SZ-X-002");
}
