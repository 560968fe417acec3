// SPDX-License-Identifier: AGPL-3.0-or-later
// The threads of the ABI at run time: the plugin's calls are refused on the wrong one, the kernel's
// stop a debug build.
#include "kernel/plugin/thread_rule.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>
#include <future>
#include <thread>

#include "kernel/base/log.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/bus_table.hpp"
#include "kernel/plugin/pack_collector.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace sz;

namespace {

// What the log says while this lives.
struct KeptLog {
    test::TempDir dir;
    KeptLog() { log::open(dir.path(), log::Level::error); }
    ~KeptLog() { log::close(); }
    KeptLog(const KeptLog&) = delete;
    KeptLog& operator=(const KeptLog&) = delete;
    [[nodiscard]] std::string text() const {
        std::ifstream in(dir / "sessionzero.log");
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

void on_another_thread(const std::function<void()>& work) { std::thread(work).join(); }

}  // namespace

TEST_CASE("what a plugin gets for one call is refused on another thread, and the log says so") {
    const KeptLog kept;
    TextSink text(100);
    Findings findings;
    FindingSink sink(findings);
    PackCollector collector(findings);
    on_another_thread([&] {
        const sz_sink out = text.table();
        CHECK(out.write(out.self, "x", 1) == SZ_ERR_INTERNAL);
        sz_finding finding{};
        finding.size = sizeof finding;
        finding.severity = SZ_SEVERITY_ERROR;
        sink.table()->report(sink.table()->self, &finding);
        CHECK(collector.table()->begin(collector.table()->self) == SZ_ERR_INTERNAL);
    });
    CHECK(text.text.empty());
    CHECK(findings.empty());
    CHECK(collector.table()->begin(collector.table()->self) == SZ_OK);
    CHECK_THAT(kept.text(), ContainsSubstring("sz_sink.write was called on another thread"));
    CHECK_THAT(kept.text(), ContainsSubstring("sz_findings.report"));
    CHECK_THAT(kept.text(), ContainsSubstring("sz_pack_writer"));
}

TEST_CASE(
    "a subscription that is ended on a wrong thread ends, and the log says whose fault it is") {
    const KeptLog kept;
    KernelThread thread;
    Bus bus(thread, {});
    int told = 0;
    const auto table = BusTable::on_kernel_thread(bus, thread, "org.test.x");
    const sz_bus& own = *table->table();
    const auto count = [](void* cookie, sz_str, sz_str) { ++*static_cast<int*>(cookie); };
    std::uint64_t subscription = 0;
    REQUIRE(own.subscribe(own.self, str("a.b"), count, &told, &subscription) == SZ_OK);
    own.unsubscribe(own.self, subscription);
    bus.publish("a.b", 1);
    thread.run_and_wait([] {});
    CHECK(told == 0);
    CHECK_THAT(kept.text(), ContainsSubstring("plugin:org.test.x"));
    CHECK_THAT(kept.text(), ContainsSubstring("sz_bus.unsubscribe was called on another thread"));
    thread.run_and_wait([&] {
        REQUIRE(own.subscribe(own.self, str("a.b"), count, &told, &subscription) == SZ_OK);
        const std::string before = kept.text();
        own.unsubscribe(own.self, subscription);
        CHECK(kept.text() == before);
        table->close();
    });
}

#ifdef SZ_DEBUG_CHECKS
TEST_CASE("a debug build stops at a call into a plugin on the wrong thread") {
    const KeptLog kept;  // what it says goes there
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        (void)std::signal(SIGABRT, SIG_DFL);
        (void)call_plugin(true, "org.test.x", "init", [] { return SZ_OK; });
        (void)call_plugin(false, "org.test.x", "deinit", [] { return SZ_OK; });
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGABRT);
    CHECK_THAT(kept.text(), ContainsSubstring("org.test.x would be called (deinit)"));
}
#endif
