// SPDX-License-Identifier: AGPL-3.0-or-later
// A plugin that takes the program down, or never comes back, is known at the next start.
#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>

#include "tests/plugins_bad/faulty.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::test;

namespace {

// A sound plugin and another one, in the bundle or, trusted by the person, in the profile.
struct Beside {
    PluginPlace place;
    std::string id;

    enum class From { bundle, profile };

    Beside(const std::string& name, From from) : id("org.test." + name) {
        place.add_to(place.bundle, faulty("plain"));
        place.add_to(from == From::bundle ? place.bundle : place.folders.plugins(), faulty(name));
        place.write_bundle();
        if (from == From::bundle) return;
        PluginKernel kernel(place, checked());  // which does not run it yet
        REQUIRE(kernel.bus().call_and_wait("plugin.trust", {{"id", id}}));
    }
    // The loader as a process of its own, its output in `out`.
    Poco::ProcessHandle launch(Poco::Pipe& out) const {
        return Poco::Process::launch(std::string(SZ_BUILD) + "/test-bin/plugins_bad_loader",
                                     {place.folders.root.string(), place.bundle.string()}, nullptr,
                                     &out, nullptr);
    }
    void crash() const {
        Poco::Pipe out;
        CHECK(launch(out).wait() == 42);
    }
    void hang_until_killed() const {
        Poco::Pipe out;
        auto process = launch(out);
        Poco::PipeInputStream lines(out);
        std::string line;
        REQUIRE(std::getline(lines, line));
        REQUIRE(line == "hanging");
        Poco::Process::kill(process);
        process.wait();
    }
    // What a person is told at the next start, at which the other plugin runs.
    void is_quarantined_and_told() const {
        PluginKernel kernel(place, checked());
        CHECK(kernel.state(id) == "quarantined");
        CHECK(kernel.state("org.test.plain") == "running");
        const auto record = kernel.record(id);
        CHECK_THAT(record.reason, ContainsSubstring("(init)"));
        CHECK_THAT(record.reason, ContainsSubstring("szctl plugin enable " + id));
        const auto notices = kernel.plugins().notices();
        REQUIRE(notices.size() == 1);
        CHECK(notices.front().code == "SZ-PLUGIN-016");
        CHECK(notices.front().where == id);
    }
};

}  // namespace

TEST_CASE("a plugin that crashes in init is quarantined and can be brought back") {
    const Beside stranger("init-crashes", Beside::From::profile);
    stranger.crash();
    stranger.is_quarantined_and_told();
    {
        PluginKernel kernel(stranger.place, checked());
        REQUIRE(kernel.bus().call_and_wait("plugin.enable", {{"id", stranger.id}}));
    }
    stranger.crash();
    stranger.is_quarantined_and_told();
}

TEST_CASE("a plugin that hangs until the program is killed is quarantined") {
    const Beside stranger("init-hangs", Beside::From::profile);
    stranger.hang_until_killed();
    stranger.is_quarantined_and_told();
}

// Whoever ends a program that is just starting did not find a fault in what comes with it.
TEST_CASE("a plugin of the bundle is forgiven once") {
    const Beside ours("init-crashes", Beside::From::bundle);
    ours.crash();
    ours.crash();
    ours.is_quarantined_and_told();
    {
        PluginKernel kernel(ours.place, checked());
        REQUIRE(kernel.bus().call_and_wait("plugin.enable", {{"id", ours.id}}));
    }
    ours.crash();  // forgiven: it is tried again
    ours.crash();
    ours.is_quarantined_and_told();
}

TEST_CASE("a plugin of the bundle that hangs twice is quarantined") {
    const Beside ours("init-hangs", Beside::From::bundle);
    ours.hang_until_killed();
    ours.hang_until_killed();
    ours.is_quarantined_and_told();
}

TEST_CASE("a program that ends well leaves nobody in quarantine") {
    const Beside sound("hostile-format", Beside::From::bundle);
    for (int start = 0; start < 2; ++start) {
        PluginKernel kernel(sound.place, checked());
        CHECK(kernel.state("org.test.plain") == "running");
        CHECK(kernel.state("org.test.hostile-format") == "running");
    }
}
