// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/host.hpp"

#include <filesystem>
#include <future>
#include <thread>

#include "kernel/plugin/abi_status.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace sz;

namespace {

struct Hosting {
    test::TempDir dir;
    KernelThread thread;
    WorkerPool pool{"test", 1};
    Bus bus{thread, {}};
    Tasks tasks{bus, thread, pool};
    std::unique_ptr<PluginHost> host;

    explicit Hosting(std::vector<std::string> capabilities) {
        Manifest manifest;
        manifest.id = "org.test.x";
        manifest.capabilities = std::move(capabilities);
        host = std::make_unique<PluginHost>(
            manifest, PluginHost::Services{bus, tasks, thread, dir / "plugin-data"});
    }
    ~Hosting() {
        thread.run_and_wait([&] { host.reset(); });
    }
    [[nodiscard]] const sz_host& table() const { return *host->table(); }
    [[nodiscard]] const void* service(const char* id) const {
        return table().get_service(table().self, id);
    }
};

// A task that runs until it is told to stop, and what was heard of it.
struct UntilStopped {
    const sz_tasks* tasks = nullptr;
    std::promise<void> began;
    std::vector<sz_status> heard;  // by `done`, then by a start in `done`

    static sz_status work(void* cookie, const sz_progress* progress, sz_sink) {
        static_cast<UntilStopped*>(cookie)->began.set_value();
        while (progress->report(progress->self, 0, 0, str("")) == SZ_OK) std::this_thread::yield();
        return SZ_ERR_CANCELLED;
    }
    static void done(void* cookie, sz_status status, sz_str) {
        auto& own = *static_cast<UntilStopped*>(cookie);
        own.heard.push_back(status);
        own.heard.push_back(own.start());
    }
    sz_status start() { return tasks->start(tasks->self, str("Long"), work, done, this, nullptr); }
};

struct TaskSeen {
    std::promise<std::pair<sz_status, std::string>> done;
};

}  // namespace

TEST_CASE("a plugin gets the services that it asked for, and always the log") {
    const Hosting nothing({});
    CHECK(nothing.service(SZ_LOG_ID) != nullptr);
    CHECK(nothing.service(SZ_BUS_ID) == nullptr);
    CHECK(nothing.service(SZ_TASKS_ID) == nullptr);
    CHECK(nothing.service("sz.unknown/1") == nullptr);
    CHECK(nothing.service(nullptr) == nullptr);
    const Hosting all({"bus", "tasks"});
    CHECK(all.service(SZ_BUS_ID) != nullptr);
    CHECK(all.service(SZ_TASKS_ID) != nullptr);
}

TEST_CASE("the data folder is private, the plugin's own, and made when it is asked for") {
    const Hosting hosting({"data"});
    CHECK_FALSE(std::filesystem::exists(hosting.dir / "plugin-data"));
    TextSink path(1000);
    REQUIRE(hosting.table().data_dir(hosting.table().self, path.table()) == SZ_OK);
    CHECK(path.text == (hosting.dir / "plugin-data/org.test.x").string());
    using std::filesystem::perms;
    CHECK((std::filesystem::status(path.text).permissions() & perms::mask) == perms::owner_all);
}

TEST_CASE("a plugin that did not ask for a data folder gets none") {
    const Hosting hosting({});
    TextSink path(1000);
    CHECK(hosting.table().data_dir(hosting.table().self, path.table()) == SZ_ERR_DENIED);
}

TEST_CASE("a data folder that cannot be made is the environment's fault") {
    const Hosting hosting({"data"});
    std::filesystem::create_symlink("nowhere", hosting.dir / "plugin-data");
    TextSink path(1000);
    CHECK(hosting.table().data_dir(hosting.table().self, path.table()) == SZ_ERR_ENVIRONMENT);
}

TEST_CASE("a task runs off the kernel thread and its result comes back on it") {
    Hosting hosting({"tasks"});
    const auto& tasks = *static_cast<const sz_tasks*>(hosting.service(SZ_TASKS_ID));
    TaskSeen seen;
    std::uint64_t number = 0;
    hosting.thread.run_and_wait([&] {
        const sz_status begun = tasks.start(
            tasks.self, str("Counting"),
            [](void*, const sz_progress* progress, sz_sink result) {
                (void)progress->report(progress->self, 1, 2, str("one"));
                return result.write(result.self, "{\"n\":7}", 7);
            },
            [](void* cookie, sz_status status, sz_str json) {
                static_cast<TaskSeen*>(cookie)->done.set_value({status, std::string(view(json))});
            },
            &seen, &number);
        REQUIRE(begun == SZ_OK);
    });
    const auto [status, json] = seen.done.get_future().get();
    CHECK(status == SZ_OK);
    CHECK(json == R"({"n":7})");
    CHECK(number == 1);
}

TEST_CASE("a task that fails tells why") {
    Hosting hosting({"tasks"});
    const auto& tasks = *static_cast<const sz_tasks*>(hosting.service(SZ_TASKS_ID));
    TaskSeen seen;
    hosting.thread.run_and_wait([&] {
        (void)tasks.start(
            tasks.self, str("Failing"),
            [](void*, const sz_progress*, sz_sink result) -> sz_status {
                static constexpr std::string_view why = R"({"code":"X-1","message":"No."})";
                (void)result.write(result.self, why.data(), why.size());
                return SZ_ERR_ENVIRONMENT;
            },
            [](void* cookie, sz_status status, sz_str json) {
                static_cast<TaskSeen*>(cookie)->done.set_value({status, std::string(view(json))});
            },
            &seen, nullptr);
    });
    const auto [status, json] = seen.done.get_future().get();
    CHECK(status == SZ_ERR_ENVIRONMENT);
    CHECK_THAT(json, ContainsSubstring("X-1"));
}

TEST_CASE("a task is started on the kernel thread only") {
    Hosting hosting({"tasks"});
    const auto& tasks = *static_cast<const sz_tasks*>(hosting.service(SZ_TASKS_ID));
    const auto work = [](void*, const sz_progress*, sz_sink) -> sz_status { return SZ_OK; };
    const auto done = [](void*, sz_status, sz_str) {};
    CHECK(tasks.start(tasks.self, str("x"), work, done, nullptr, nullptr) == SZ_ERR_INTERNAL);
}

TEST_CASE("a plugin's tasks have ended when its host closes, and no new one begins") {
    Hosting hosting({"tasks"});
    UntilStopped task;
    task.tasks = static_cast<const sz_tasks*>(hosting.service(SZ_TASKS_ID));
    hosting.thread.run_and_wait([&] { REQUIRE(task.start() == SZ_OK); });
    task.began.get_future().wait();
    hosting.thread.run_and_wait([&] {
        hosting.host->close();
        CHECK(task.heard == std::vector<sz_status>{SZ_ERR_CANCELLED, SZ_ERR_CANCELLED});
        CHECK(task.start() == SZ_ERR_CANCELLED);
    });
    hosting.thread.run_and_wait([] {});
    CHECK(task.heard.size() == 2);
}

TEST_CASE("progress is told on the task's own thread only") {
    Hosting hosting({"tasks"});
    const auto& tasks = *static_cast<const sz_tasks*>(hosting.service(SZ_TASKS_ID));
    TaskSeen seen;
    hosting.thread.run_and_wait([&] {
        (void)tasks.start(
            tasks.self, str("Threads"),
            [](void*, const sz_progress* progress, sz_sink) -> sz_status {
                sz_status elsewhere = SZ_OK;
                std::thread([&] {
                    elsewhere = progress->report(progress->self, 1, 2, str(""));
                }).join();
                return elsewhere;
            },
            [](void* cookie, sz_status status, sz_str json) {
                static_cast<TaskSeen*>(cookie)->done.set_value({status, std::string(view(json))});
            },
            &seen, nullptr);
    });
    CHECK(seen.done.get_future().get().first == SZ_ERR_INTERNAL);
}
