// SPDX-License-Identifier: AGPL-3.0-or-later
// A library on a bus, with a profile of its own.
#pragma once

#include <chrono>
#include <future>
#include <optional>

#include "kernel/bus/tasks.hpp"
#include "kernel/content/library.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fault_vfs.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/library/packs.hpp"

namespace sz::test {

struct LibraryFixture {
    FaultVfs vfs{"library-fixture", true};
    TempDir dir;
    ProfileFolders folders{dir / "profile"};
    LibraryFields fields;
    LibraryFormats formats;
    std::string language;  // the person's
    std::optional<KernelThread> thread;
    std::optional<WorkerPool> pool;
    std::optional<Bus> bus;
    std::optional<Tasks> tasks;
    std::unique_ptr<Library> library;

    LibraryFixture() {
        REQUIRE(folders.prepare());
        open();
    }
    ~LibraryFixture() { close(); }

    void open() {
        thread.emplace();
        pool.emplace("pool", 2);
        bus.emplace(*thread, check_schema);
        tasks.emplace(*bus, *thread, *pool);
        std::string failed;  // said on the test's thread, which alone may end the test
        thread->run_and_wait([&] {
            bus->subscribe("library.changed", [this](const std::string&, const Json& message) {
                changes_.push_back(message);
            });
            auto added = tasks->add_methods();
            auto opened = Library::open(
                folders, {*bus, *tasks, fields, formats, [this] { return language; }});
            if (opened) library = std::move(*opened);
            if (opened && added) added = library->add_methods();
            if (!opened || !added) failed = opened ? added.error().message : opened.error().message;
        });
        if (!failed.empty()) FAIL(failed);
    }
    void close() {
        if (!thread) return;
        thread->run_and_wait([&] { tasks->stop(); });
        pool->stop();
        thread->run_and_wait([&] {
            bus->stop();
            library.reset();
        });
        tasks.reset();
        bus.reset();
        pool.reset();
        thread.reset();
        changes_.clear();
    }
    void reopen() {
        close();
        open();
    }

    Result<Json> call(const std::string& method, Json params = Json::object()) {
        return bus->call_and_wait(method, std::move(params), {std::chrono::milliseconds(20'000)});
    }
    // What topic library.changed told since the library was opened. A call may be answered before
    // its change is told: what answered it ends first, then what that published is told.
    std::vector<Json> told() {
        std::vector<Json> all;
        thread->run_and_wait([] {});
        thread->run_and_wait([&] { all = changes_; });
        return all;
    }
    // What the call answers; the test ends when it is an error.
    Json get(const std::string& method, Json params = Json::object()) {
        auto answer = call(method, std::move(params));
        if (!answer) FAIL(method << ": " << answer.error().code << " " << answer.error().message);
        return std::move(*answer);
    }
    std::string code(const std::string& method, Json params = Json::object()) {
        const auto answer = call(method, std::move(params));
        return answer ? "answered" : answer.error().code;
    }
    Result<Json> task(const std::string& method, Json params) {
        const Json started = get(method, std::move(params));
        return call("task.wait", {{"task", started.at("task")}});
    }
    // Imports a pack that must be good.
    Json import(const PackMaker& pack, const std::string& name = "import.szp") {
        const auto result = task("pack.import", {{"paths", {pack.write(dir / name)}}});
        if (!result) FAIL(result.error().message);
        INFO(result->dump(1));
        REQUIRE(result->at("ok") == true);
        return *result;
    }
    std::vector<std::string> listed() {
        std::vector<std::string> packs;
        const Json list = get("pack.list");
        for (const auto& pack : list.at("packs"))
            packs.push_back(pack.at("id").get<std::string>() + "@" +
                            pack.at("version").get<std::string>());
        return packs;
    }
    std::vector<std::string> found(const std::string& text, Json more = Json::object()) {
        more["text"] = text;
        std::vector<std::string> names;
        const Json result = get("library.search", more);
        for (const auto& hit : result.at("hits")) names.push_back(hit.at("name"));
        return names;
    }

  private:
    std::vector<Json> changes_;  // kernel thread
};

using Texts = std::vector<std::string>;

}  // namespace sz::test
