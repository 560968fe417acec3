// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/bus_table.hpp"

#include <deque>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>

#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/panel_bus.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

constexpr const char* any_schema = R"({"summary":"x","params":{},"result":{}})";

// Everything that a plugin was told, as "status json" or "topic json" lines.
struct Told {
    std::vector<std::string> lines;
    static void reply(void* cookie, sz_status status, sz_str json) {
        static_cast<Told*>(cookie)->lines.push_back(std::to_string(status) + " " +
                                                    std::string(view(json)));
    }
    static void topic(void* cookie, sz_str name, sz_str json) {
        static_cast<Told*>(cookie)->lines.push_back(std::string(view(name)) + " " +
                                                    std::string(view(json)));
    }
};

// The windows' thread of a test: runs what was posted when the test says so.
class ByHand final : public Executor {
  public:
    void post(std::function<void()> work) override {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(work));
    }
    void run() {
        for (auto work = next(); work; work = next()) work();
    }

  private:
    std::function<void()> next() {
        const std::lock_guard lock(mutex_);
        if (queue_.empty()) return {};
        auto work = std::move(queue_.front());
        queue_.pop_front();
        return work;
    }
    std::mutex mutex_;
    std::deque<std::function<void()>> queue_;
};

struct OnBus {
    KernelThread thread;
    Bus bus{thread, {}};
    Told told;

    OnBus() {
        on_kernel([&] {
            REQUIRE(bus.add_method({"echo", "x", any_schema, "kernel"},
                                   [](const Call& call) { call.answer(call.params()); }));
            REQUIRE(bus.add_method({"wait", "x", any_schema, "kernel"},
                                   [this](const Call& call) { waiting.push_back(call); }));
        });
    }
    void on_kernel(const std::function<void()>& work) { thread.run_and_wait(work); }
    // Until everything that was posted to the kernel thread, and what that posted, has run.
    void settle() {
        for (int i = 0; i < 3; ++i) on_kernel([] {});
    }
    std::vector<Call> waiting;
};

}  // namespace

TEST_CASE("a plugin's call is answered once, on the kernel thread") {
    OnBus o;
    const auto table = BusTable::on_kernel_thread(o.bus, o.thread, "org.test.x");
    const sz_bus& bus = *table->table();
    CHECK(bus.call(bus.self, str("echo"), str(R"({"a":1})"), 0, Told::reply, &o.told, nullptr) ==
          SZ_OK);
    CHECK(bus.call(bus.self, str("nothing"), str("{}"), 0, Told::reply, &o.told, nullptr) == SZ_OK);
    o.settle();
    REQUIRE(o.told.lines.size() == 2);
    CHECK(o.told.lines[0] == R"(0 {"a":1})");
    CHECK_THAT(o.told.lines[1], ContainsSubstring("SZ-BUS-001"));
    o.on_kernel([&] { table->close(); });
}

TEST_CASE("parameters that are no object are refused at once") {
    OnBus o;
    const auto table = BusTable::on_kernel_thread(o.bus, o.thread, "org.test.x");
    const sz_bus& bus = *table->table();
    for (const char* bad : {"", "[]", "{", "{\"a\":1,\"a\":2}"})
        CHECK(bus.call(bus.self, str("echo"), str(bad), 0, Told::reply, &o.told, nullptr) ==
              SZ_ERR_INVALID);
    o.settle();
    CHECK(o.told.lines.empty());
    o.on_kernel([&] { table->close(); });
}

TEST_CASE("a plugin publishes under its own id only") {
    OnBus o;
    const auto table = BusTable::on_kernel_thread(o.bus, o.thread, "org.test.x");
    const sz_bus& bus = *table->table();
    std::uint64_t subscription = 0;
    REQUIRE(bus.subscribe(bus.self, str("org.test.*"), Told::topic, &o.told, &subscription) ==
            SZ_OK);
    CHECK(bus.publish(bus.self, str("org.test.x.rolled"), str("6")) == SZ_OK);
    CHECK(bus.publish(bus.self, str("org.test.xy.rolled"), str("6")) == SZ_ERR_DENIED);
    CHECK(bus.publish(bus.self, str("campaign.changed"), str("6")) == SZ_ERR_DENIED);
    CHECK(bus.publish(bus.self, str("org.test.x."), str("6")) == SZ_ERR_DENIED);
    CHECK(bus.publish(bus.self, str("org.test.x.rolled"), str("six")) == SZ_ERR_INVALID);
    o.settle();
    CHECK(o.told.lines == std::vector<std::string>{"org.test.x.rolled 6"});
    o.on_kernel([&] {
        bus.unsubscribe(bus.self, subscription);
        o.bus.publish("org.test.x.rolled", 1);
    });
    o.settle();
    CHECK(o.told.lines.size() == 1);
    o.on_kernel([&] { table->close(); });
}

TEST_CASE("a plugin offers methods under its own id and answers them later") {
    OnBus o;
    const auto table = BusTable::on_kernel_thread(o.bus, o.thread, "org.test.x");
    const sz_bus& bus = *table->table();
    static std::uint64_t asked = 0;
    const auto method = [](void*, std::uint64_t request, sz_str) { asked = request; };
    CHECK(bus.add_method(bus.self, str("org.test.x.roll"), str(any_schema), method, nullptr) ==
          SZ_ERR_INTERNAL);  // not this thread
    o.on_kernel([&] {
        CHECK(bus.add_method(bus.self, str("pack.list"), str(any_schema), method, nullptr) ==
              SZ_ERR_DENIED);
        CHECK(bus.add_method(bus.self, str("org.test.x.roll"), str("{}"), method, nullptr) ==
              SZ_ERR_INVALID);
        CHECK(bus.add_method(bus.self, str("org.test.x.roll"), str(any_schema), method, nullptr) ==
              SZ_OK);
        CHECK(bus.add_method(bus.self, str("org.test.x.roll"), str(any_schema), method, nullptr) ==
              SZ_ERR_CONFLICT);
    });
    o.bus.call("org.test.x.roll", Json::object(), {}, [&](Result<Json> result) {
        o.told.lines.push_back(result ? result->dump() : result.error().code);
    });
    o.settle();
    CHECK(o.told.lines.empty());
    CHECK(bus.reply(bus.self, asked, SZ_OK, str("4")) == SZ_OK);
    CHECK(bus.reply(bus.self, asked, SZ_OK, str("4")) == SZ_ERR_NOT_FOUND);
    o.settle();
    CHECK(o.told.lines == std::vector<std::string>{"4"});
    o.on_kernel([&] { table->close(); });
    CHECK(o.bus.call_and_wait("org.test.x.roll", Json::object()).error().code == "SZ-BUS-001");
}

TEST_CASE("a method that lets an exception out has answered that the plugin misbehaves") {
    OnBus o;
    const auto table = BusTable::on_kernel_thread(o.bus, o.thread, "org.test.x");
    const sz_bus& bus = *table->table();
    static std::uint64_t asked = 0;
    const auto method = [](void*, std::uint64_t request, sz_str) {
        asked = request;
        throw 7;
    };
    o.on_kernel([&] {
        REQUIRE(bus.add_method(bus.self, str("org.test.x.throws"), str(any_schema), method,
                               nullptr) == SZ_OK);
    });
    const auto answer = o.bus.call_and_wait("org.test.x.throws", Json::object());
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == "SZ-PLUGIN-061");
    CHECK_THAT(answer.error().message, ContainsSubstring("org.test.x.throws"));
    CHECK(bus.reply(bus.self, asked, SZ_OK, str("4")) == SZ_ERR_NOT_FOUND);
    o.on_kernel([&] { table->close(); });
}

TEST_CASE("names that are none are refused, and a closed bus says that it is") {
    OnBus o;
    const auto table = BusTable::on_kernel_thread(o.bus, o.thread, "org.test.x");
    const sz_bus& bus = *table->table();
    const auto method = [](void*, std::uint64_t, sz_str) {};
    const auto add = [&](const char* name) {
        return bus.add_method(bus.self, str(name), str(any_schema), method, nullptr);
    };
    const auto subscribe = [&](const char* topic) {
        return bus.subscribe(bus.self, str(topic), Told::topic, &o.told, nullptr);
    };
    o.on_kernel([&] {
        CHECK(add("org.test.x.bad\xff") == SZ_ERR_INVALID);
        CHECK(add("org.test.x.sp ace\n") == SZ_ERR_INVALID);
        CHECK(bus.publish(bus.self, str("org.test.x.\xff"), str("1")) == SZ_ERR_INVALID);
        CHECK(subscribe("\xff.*") == SZ_ERR_INVALID);
        CHECK(subscribe("") == SZ_ERR_INVALID);
        table->close();
        CHECK(add("org.test.x.late") == SZ_ERR_CANCELLED);
        CHECK(bus.publish(bus.self, str("org.test.x.late"), str("1")) == SZ_ERR_CANCELLED);
        CHECK(subscribe("a.b") == SZ_ERR_CANCELLED);
    });
}

TEST_CASE("when a plugin ends, its calls are answered and nothing comes after that") {
    OnBus o;
    auto table = BusTable::on_kernel_thread(o.bus, o.thread, "org.test.x");
    const sz_bus& bus = *table->table();
    REQUIRE(bus.subscribe(bus.self, str("*"), Told::topic, &o.told, nullptr) == SZ_OK);
    REQUIRE(bus.call(bus.self, str("wait"), str("{}"), 0, Told::reply, &o.told, nullptr) == SZ_OK);
    o.settle();
    o.on_kernel([&] { table->close(); });
    REQUIRE(o.told.lines.size() == 1);
    CHECK(o.told.lines[0].substr(0, 2) == "7 ");
    o.bus.publish("any.topic", 1);
    o.on_kernel([&] {
        for (const Call& call : o.waiting) call.answer(Json(1));
    });
    CHECK(bus.call(bus.self, str("echo"), str("{}"), 0, Told::reply, &o.told, nullptr) ==
          SZ_ERR_CANCELLED);
    o.settle();
    CHECK(o.told.lines.size() == 1);
}

TEST_CASE("a cancelled call is answered as cancelled") {
    OnBus o;
    const auto table = BusTable::on_kernel_thread(o.bus, o.thread, "org.test.x");
    const sz_bus& bus = *table->table();
    std::uint64_t call = 0;
    REQUIRE(bus.call(bus.self, str("wait"), str("{}"), 0, Told::reply, &o.told, &call) == SZ_OK);
    bus.cancel(bus.self, call);
    o.settle();
    REQUIRE(o.told.lines.size() == 1);
    CHECK_THAT(o.told.lines[0], ContainsSubstring("SZ-BUS-004"));
    o.on_kernel([&] { table->close(); });
}

TEST_CASE("a panel hears on the windows' thread, and only when that gets to it") {
    OnBus o;
    ByHand ui;
    const PanelBus panel(o.bus, ui, "org.test.panel");
    const sz_bus& bus = *panel.table();
    REQUIRE(bus.call(bus.self, str("echo"), str("{}"), 0, Told::reply, &o.told, nullptr) == SZ_OK);
    REQUIRE(bus.subscribe(bus.self, str("a.b"), Told::topic, &o.told, nullptr) == SZ_OK);
    o.bus.publish("a.b", 1);
    o.settle();
    CHECK(o.told.lines.empty());
    ui.run();
    CHECK(o.told.lines == std::vector<std::string>{"0 {}", "a.b 1"});
    CHECK(bus.add_method(
              bus.self, str("org.test.panel.x"), str(any_schema),
              [](void*, std::uint64_t, sz_str) {}, nullptr) == SZ_ERR_UNSUPPORTED);
}

TEST_CASE("after unsubscribing, a panel does not even hear what was on its way") {
    OnBus o;
    ByHand ui;
    const PanelBus panel(o.bus, ui, "org.test.panel");
    const sz_bus& bus = *panel.table();
    std::uint64_t subscription = 0;
    REQUIRE(bus.subscribe(bus.self, str("a.b"), Told::topic, &o.told, &subscription) == SZ_OK);
    o.bus.publish("a.b", 1);
    o.settle();
    bus.unsubscribe(bus.self, subscription);
    ui.run();
    CHECK(o.told.lines.empty());
}

TEST_CASE("a panel that goes gets its answers first and nothing after") {
    OnBus o;
    ByHand ui;
    {
        const PanelBus panel(o.bus, ui, "org.test.panel");
        const sz_bus& bus = *panel.table();
        REQUIRE(bus.call(bus.self, str("echo"), str("{}"), 0, Told::reply, &o.told, nullptr) ==
                SZ_OK);
        o.settle();
    }
    REQUIRE(o.told.lines.size() == 1);
    CHECK(o.told.lines[0].substr(0, 2) == "7 ");
    ui.run();
    CHECK(o.told.lines.size() == 1);
}
