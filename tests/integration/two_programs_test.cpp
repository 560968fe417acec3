// SPDX-License-Identifier: AGPL-3.0-or-later
// Two programs and one profile: the second is a guest of the first, and takes over when that is
// gone.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <future>
#include <thread>

#include "kernel/base/files.hpp"
#include "tests/integration/profile_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::test;
using namespace std::chrono_literals;

TEST_CASE("a second kernel on one profile is refused and harms nothing", "[two]") {
    ProfileFixture f;
    f.open();
    const auto second = Profile::open(f.options());
    REQUIRE(!second);
    CHECK(second.error().code == "SZ-PROFILE-010");
    CHECK(second.error().where == std::to_string(::getpid()));
    CHECK(f.call("app.info"));
    CHECK(fs::exists(f.file("run/bus.sock")));
}

TEST_CASE("a program beside an open window talks to it and hears what it changes", "[two]") {
    ProfileFixture f;
    f.open();
    auto client = BusClient::open(f.options()).value();
    CHECK(client->call("app.info", Json::object(), 0ms).value()["pid"] == ::getpid());
    std::vector<Json> heard;
    client->on_topic("settings.*",
                     [&](const std::string&, const Json& message) { heard.push_back(message); });
    REQUIRE(f.call("settings.set", {{"key", "theme"}, {"value", "dark"}}));
    REQUIRE(client->listen(10s, [&] { return !heard.empty(); }));
    CHECK(heard[0] == Json{{"key", "theme"}, {"value", "dark"}});
}

TEST_CASE("an open window hears what a program beside it changes", "[two]") {
    ProfileFixture f;
    f.open();
    std::promise<std::string> heard;
    f.profile->bus().subscribe("identity.changed", [&](const std::string&, const Json& m) {
        heard.set_value(m["client_id"]);
    });
    auto client = BusClient::open(f.options()).value();
    const Json made = client->call("identity.new", {{"name", "Mira"}}, 0ms).value();
    CHECK(heard.get_future().get() == made["client_id"].get<std::string>());
}

TEST_CASE("a program alone has a kernel of its own, with the same answers and topics", "[two]") {
    ProfileFixture f;
    auto client = BusClient::open(f.options()).value();
    std::vector<Json> heard;
    client->on_topic("settings.changed", [&](const std::string&, const Json& message) {
        heard.push_back(message["key"]);
    });
    REQUIRE(client->call("settings.set", {{"key", "a"}, {"value", 1}}, 0ms));
    REQUIRE(client->listen(10s, [&] { return !heard.empty(); }));
    CHECK(heard == std::vector<Json>{"a"});
    CHECK(code_of(client->call("no.such", Json::object(), 0ms)) == "SZ-BUS-001");
    CHECK(client->listen(1ms, [] { return false; }).error().code == "SZ-BUS-003");
}

TEST_CASE("a program waits for a kernel that is just closing, then opens its own", "[two]") {
    ProfileFixture f;
    auto options = f.options();
    options.serve_socket = false;
    f.open(options);
    std::thread closing([&] { f.profile.reset(); });
    const auto client = BusClient::open(f.options());
    closing.join();
    REQUIRE(client);
    CHECK((*client)->call("app.info", Json::object(), 0ms));
}

TEST_CASE("a kernel that was killed leaves a profile that opens", "[two]") {
    ProfileFixture f;
    std::array<int, 2> ready{};
    REQUIRE(::pipe(ready.data()) == 0);
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const auto profile = Profile::open(f.options());
        const char byte = profile && profile.value()->bus().call_and_wait(
                                         "settings.set", {{"key", "a"}, {"value", 1}})
                              ? 'y'
                              : 'n';
        if (::write(ready[1], &byte, 1) != 1) ::_exit(1);
        ::pause();
        ::_exit(0);
    }
    char byte = 0;
    REQUIRE(::read(ready[0], &byte, 1) == 1);
    CHECK(byte == 'y');
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    CHECK(fs::exists(f.file("run/bus.sock")));
    f.open();
    CHECK(f.call("settings.get", {{"key", "a"}}).value()["value"] == 1);
    CHECK(f.call("app.info").value()["notices"] == Json::array());
    CHECK(f.call("identity.list").value()["identities"].size() == 1);
}
