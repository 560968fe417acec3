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

struct Crashing {
    PluginPlace place;

    explicit Crashing(const std::string& name) {
        place.add_to(place.bundle, faulty("plain"));
        place.add_to(place.bundle, faulty(name));
        place.write_bundle();
    }
    // The loader as a process of its own, its output in `out`.
    Poco::ProcessHandle launch(Poco::Pipe& out) const {
        return Poco::Process::launch(std::string(SZ_BUILD) + "/test-bin/plugins_bad_loader",
                                     {place.folders.root.string(), place.bundle.string()}, nullptr,
                                     &out, nullptr);
    }
};

}  // namespace

// These stand in the bundle, whose plugins are forgiven once; others are not (unit test of Trust).
TEST_CASE("a plugin that crashes in init twice is quarantined and can be brought back") {
    const Crashing crashing("init-crashes");
    Poco::Pipe out;
    CHECK(crashing.launch(out).wait() == 42);
    Poco::Pipe once_more;
    CHECK(crashing.launch(once_more).wait() == 42);
    {
        PluginKernel kernel(crashing.place, checked());
        const auto record = kernel.record("org.test.init-crashes");
        CHECK(record.state == PluginState::quarantined);
        CHECK_THAT(record.reason, ContainsSubstring("(init)"));
        CHECK_THAT(record.reason, ContainsSubstring("szctl plugin enable org.test.init-crashes"));
        CHECK(kernel.state("org.test.plain") == "running");
    }
    {
        PluginKernel kernel(crashing.place, checked());
        CHECK(kernel.state("org.test.init-crashes") == "quarantined");
        REQUIRE(kernel.bus().call_and_wait("plugin.enable", {{"id", "org.test.init-crashes"}}));
    }
    Poco::Pipe again;
    CHECK(crashing.launch(again).wait() == 42);
}

TEST_CASE("a plugin that hangs twice until the program is killed is quarantined") {
    const Crashing crashing("init-hangs");
    for (int start = 0; start < 2; ++start) {
        Poco::Pipe out;
        auto process = crashing.launch(out);
        Poco::PipeInputStream lines(out);
        std::string line;
        REQUIRE(std::getline(lines, line));
        REQUIRE(line == "hanging");
        Poco::Process::kill(process);
        process.wait();
    }
    PluginKernel kernel(crashing.place, checked());
    CHECK(kernel.state("org.test.init-hangs") == "quarantined");
    CHECK(kernel.state("org.test.plain") == "running");
}

TEST_CASE("a program that ends well leaves nobody in quarantine") {
    const Crashing sound("hostile-format");
    for (int start = 0; start < 2; ++start) {
        PluginKernel kernel(sound.place, checked());
        CHECK(kernel.state("org.test.plain") == "running");
        CHECK(kernel.state("org.test.hostile-format") == "running");
    }
}
