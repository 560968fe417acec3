// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <future>

#include "kernel/base/files.hpp"
#include "tests/integration/profile_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::test;

TEST_CASE("a first start makes a profile with an identity and without a complaint", "[profile]") {
    ProfileFixture f;
    f.open();
    const auto info = f.call("app.info").value();
    CHECK(info["profile"] == f.file("").parent_path().string());
    CHECK(info["pid"] == ::getpid());
    CHECK(info["safe_mode"] == false);
    CHECK(info["notices"] == Json::array());
    const auto identities = f.call("identity.list").value()["identities"];
    REQUIRE(identities.size() == 1);
    CHECK(identities[0]["active"] == true);
    CHECK(identities[0]["protected"] == false);
}

TEST_CASE("nobody else may look into a profile", "[profile]") {
    ProfileFixture f;
    f.open();
    struct stat status {};
    REQUIRE(::stat(f.file("").parent_path().c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0700);
    REQUIRE(::stat(f.file("run/bus.sock").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600);
}

TEST_CASE("a second start finds what the first one left", "[profile]") {
    ProfileFixture f;
    f.open();
    const auto first = f.call("identity.show").value()["client_id"];
    REQUIRE(f.call("settings.set", {{"key", "theme"}, {"value", "dark"}}));
    f.profile.reset();
    CHECK(!fs::exists(f.file("run/bus.sock")));
    f.open();
    CHECK(f.call("identity.show").value()["client_id"] == first);
    CHECK(f.call("identity.list").value()["identities"].size() == 1);
    CHECK(f.call("settings.get", {{"key", "theme"}}).value()["value"] == "dark");
}

TEST_CASE("every method has a schema that it is listed with", "[profile]") {
    ProfileFixture f;
    f.open();
    const auto methods = f.call("bus.methods").value()["methods"];
    std::vector<std::string> names;
    for (const auto& method : methods) {
        INFO(method["name"]);
        names.push_back(method["name"]);
        CHECK(!method["summary"].get<std::string>().empty());
        CHECK(method["schema"].contains("params"));
    }
    for (const auto* name :
         {"app.info", "pack.list", "library.search", "campaign.new", "character.do", "plugin.list",
          "identity.new", "settings.get", "task.wait"}) {
        INFO(name);
        CHECK(std::count(names.begin(), names.end(), name) == 1);
    }
}

TEST_CASE("damaged settings stop nothing, are kept, and are told", "[profile]") {
    ProfileFixture f;
    f.open();
    f.profile.reset();
    REQUIRE(write_file(f.file("settings.json"), "{ not JSON"));
    f.open();
    const auto notices = f.call("app.info").value()["notices"];
    REQUIRE(notices.size() == 1);
    CHECK(notices[0]["code"] == "SZ-APP-001");
    std::size_t kept = 0;
    for (const auto& entry : fs::directory_iterator(f.file(""))) {
        if (entry.path().filename().string().rfind("settings.json.broken-", 0) != 0) continue;
        ++kept;
        CHECK(read_file(entry.path(), 100).value() == "{ not JSON");
    }
    CHECK(kept == 1);
    CHECK_THAT(read_file(f.file("logs/sessionzero.log"), 1'000'000).value(),
               ContainsSubstring("SZ-APP-001"));
}

TEST_CASE("a damaged profile file is an error that says what to do, and nothing is changed",
          "[profile]") {
    ProfileFixture f;
    f.open();
    f.profile.reset();
    REQUIRE(write_file(f.file("profile.json"), "{"));
    const auto opened = Profile::open(f.options());
    REQUIRE(!opened);
    CHECK(opened.error().code == "SZ-PROFILE-002");
    CHECK(!opened.error().hint.empty());
    CHECK(read_file(f.file("profile.json"), 100).value() == "{");
}

TEST_CASE("without plugins a profile opens, says what is missing, and closes", "[profile]") {
    ProfileFixture f;
    REQUIRE(make_folder(f.dir / "nothing"));
    auto options = f.options();
    options.installed = {f.dir / "nothing", f.dir / "nothing"};
    f.open(options);
    const auto notices = f.call("app.info").value()["notices"];
    REQUIRE(notices.size() == 1);
    CHECK(notices[0]["code"] == "SZ-IDENTITY-002");
    CHECK(f.call("pack.list").value()["packs"].empty());
}

TEST_CASE("a profile that cannot serve its socket still works", "[profile]") {
    ProfileFixture f;
    REQUIRE(make_folder(f.file("run/bus.sock/in the way")));
    f.open();
    const auto notices = f.call("app.info").value()["notices"];
    REQUIRE(notices.size() == 1);
    CHECK(notices[0]["code"] == "SZ-BUS-021");
    CHECK(f.call("pack.list"));
}

TEST_CASE("a call that runs when the profile closes is answered", "[profile]") {
    ProfileFixture f;
    f.open();
    std::promise<Call> kept;
    const auto schema = R"({"summary":"Never answers.","params":{},"result":true})";
    REQUIRE(f.profile->bus().add_method({"test.never", {}, schema, "test"},
                                        [&](Call call) { kept.set_value(std::move(call)); }));
    std::promise<Result<Json>> reply;
    f.profile->bus().call("test.never", Json::object(), {},
                          [&](Result<Json> result) { reply.set_value(std::move(result)); });
    const auto call = kept.get_future().get();
    f.profile.reset();
    CHECK(code_of(reply.get_future().get()) == "SZ-BUS-005");
    CHECK(call.is_over());
}

TEST_CASE(
    "the sample packs are in the library of a new profile, and one that was removed stays away",
    "[profile]") {
    ProfileFixture f;
    auto options = f.options();
    options.install_samples = true;
    std::size_t samples = 0;
    for (const auto& file : fs::directory_iterator(options.installed.packs))
        samples += file.path().extension() == ".szp" ? 1 : 0;
    INFO("the build makes them in " << options.installed.packs);
    REQUIRE(samples > 0);
    f.open(options);
    CHECK(f.call("app.ready").value()["samples"] == "installed");
    const auto packs = f.call("pack.list").value()["packs"];
    REQUIRE(packs.size() == samples);
    const auto first =
        packs[0]["id"].get<std::string>() + "@" + packs[0]["version"].get<std::string>();
    REQUIRE(f.call("pack.remove", {{"pack", first}}));
    f.profile.reset();
    f.open(options);
    REQUIRE(f.call("app.ready"));
    CHECK(f.call("pack.list").value()["packs"].size() == packs.size() - 1);
}
