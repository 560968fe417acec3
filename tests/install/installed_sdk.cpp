// SPDX-License-Identifier: AGPL-3.0-or-later
#include <Poco/Process.h>

#include "kernel/content/library.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/plugin_kernel.hpp"

namespace fs = std::filesystem;
using namespace sz;
using namespace sz::test;

namespace {

int cmake(const std::vector<std::string>& arguments) {
    return Poco::Process::launch(SZ_CMAKE, arguments).wait();
}

// Installs the SDK, builds hello-field against it, and gives the plugin's folder.
fs::path build_hello_field(const TempDir& dir) {
    const std::string prefix = (dir / "prefix").string();
    REQUIRE(cmake({"--install", SZ_BUILD, "--component", "sdk", "--prefix", prefix}) == 0);
    const fs::path example = dir / "hello-field";
    fs::copy(dir / "prefix/share/sessionzero-sdk/examples/hello-field", example,
             fs::copy_options::recursive);
    const std::string build = (example / "build").string();
    REQUIRE(cmake({"-S", example.string(), "-B", build, "-G", SZ_GENERATOR,
                   std::string("-DCMAKE_MAKE_PROGRAM=") + SZ_MAKE_PROGRAM,
                   std::string("-DCMAKE_CXX_COMPILER=") + SZ_CXX,
                   std::string("-DCMAKE_BUILD_TYPE=") + SZ_BUILD_TYPE,
                   "-DCMAKE_PREFIX_PATH=" + prefix}) == 0);
    REQUIRE(cmake({"--build", build}) == 0);
    return example / "build/plugins/org.example.hello-field";
}

}  // namespace

TEST_CASE(
    "an outsider's plugin, built against the installed SDK, is added, trusted, loaded and used") {
    const TempDir dir;
    const fs::path built = build_hello_field(dir);
    const PluginPlace place;
    {
        PluginKernel kernel(place, {false, false, check_schema});
        const auto task = kernel.bus().call_and_wait("plugin.add", {{"path", built.string()}});
        REQUIRE(task);
        const auto added = kernel.bus().call_and_wait("task.wait", *task);
        REQUIRE(added);
        CHECK(added->at("state") == "untrusted");
        REQUIRE(kernel.bus().call_and_wait("plugin.trust", {{"id", "org.example.hello-field"}}));
    }
    PluginKernel kernel(place, {false, false, check_schema});
    REQUIRE(kernel.state("org.example.hello-field") == "running");
    const FieldTypes& fields = kernel.plugins().fields();
    const Json rating{{"id", "mood"}, {"type", "Rating"}, {"defaultValue", 2}};
    Findings findings;
    CHECK(fields.normalize(rating, nullptr, findings).value_or(Json()) == 2);
    CHECK(fields.normalize(rating, 5, findings).value_or(Json()) == 5);
    CHECK(findings.empty());
    CHECK_FALSE(fields.normalize(rating, 6, findings));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == "SZ-FIELD-110");
    CHECK(fields.format(rating, 3, "").value_or("") == "★★★☆☆");

    const auto change = fields.apply(rating, 2, {{"op", "set"}, {"args", {4}}, {"key", "k"}});
    REQUIRE(change);
    CHECK(change->effect == Json{{"set", 4}});
    CHECK(change->inverse == Json{{"op", "set"}, {"args", {2}}});
    CHECK_FALSE(change->relative);
    const auto reset =
        fields.apply(rating, 4, {{"op", "reset"}, {"args", Json::array()}, {"key", "k"}});
    REQUIRE(reset);
    CHECK(reset->effect == Json{{"set", 2}});
    CHECK_FALSE(
        fields.apply(rating, 4, {{"op", "explode"}, {"args", Json::array()}, {"key", "k"}}));
}
