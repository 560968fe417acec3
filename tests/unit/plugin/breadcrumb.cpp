// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/breadcrumb.hpp"

#include <fstream>
#include <functional>
#include <thread>

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace sz;

namespace {

// What a next start would find, as "plugin/call" words.
std::string lost(const std::filesystem::path& file) {
    std::string words;
    for (const LostCall& call : Breadcrumb::lost(file))
        words += (words.empty() ? "" : " ") + call.plugin + "/" + call.call;
    return words;
}

}  // namespace

TEST_CASE("a call that runs is on the page, one that came back is not") {
    const test::TempDir dir;
    const auto page = Breadcrumb::open(dir / "breadcrumb");
    REQUIRE(page);
    {
        const PluginCall call("org.example.dice", "field.normalize");
        CHECK(lost(dir / "breadcrumb") == "org.example.dice/field.normalize");
    }
    CHECK(lost(dir / "breadcrumb").empty());
}

TEST_CASE("only the innermost of nested calls is to blame, and the outer one again after it") {
    const test::TempDir dir;
    const auto page = Breadcrumb::open(dir / "breadcrumb");
    REQUIRE(page);
    const PluginCall outer("list", "apply");
    {
        const PluginCall inner("number", "normalize");
        CHECK(lost(dir / "breadcrumb") == "number/normalize");
    }
    CHECK(lost(dir / "breadcrumb") == "list/apply");
}

TEST_CASE("threads leave their crumbs beside each other") {
    const test::TempDir dir;
    const auto page = Breadcrumb::open(dir / "breadcrumb");
    REQUIRE(page);
    const PluginCall here("a", "one");
    std::string both;
    std::thread([&] {
        const PluginCall there("b", "two");
        both = lost(dir / "breadcrumb");
    }).join();
    CHECK((both == "a/one b/two" || both == "b/two a/one"));
    CHECK(lost(dir / "breadcrumb") == "a/one");
}

TEST_CASE("more threads than the page has places for lose nothing but their crumbs") {
    const test::TempDir dir;
    const auto page = Breadcrumb::open(dir / "breadcrumb");
    REQUIRE(page);
    std::function<void(int)> nest = [&](int left) {
        if (left == 0) return;
        std::thread([&] {
            const PluginCall call("p", "c");
            nest(left - 1);
        }).join();
    };
    nest(40);
    CHECK(lost(dir / "breadcrumb").empty());
}

TEST_CASE("names longer than a place are cut") {
    const test::TempDir dir;
    const auto page = Breadcrumb::open(dir / "breadcrumb");
    REQUIRE(page);
    const std::string plugin(300, 'p');
    const std::string name(300, 'c');
    const PluginCall call(plugin, name.c_str());
    CHECK(lost(dir / "breadcrumb") == std::string(127, 'p') + "/" + std::string(55, 'c'));
}

TEST_CASE("opening the page forgets what was there, and foreign bytes mean nothing") {
    const test::TempDir dir;
    std::ofstream(dir / "breadcrumb") << std::string(64 + 192 * 32, 'x');
    CHECK(Breadcrumb::lost(dir / "breadcrumb").empty());
    CHECK(Breadcrumb::lost(dir / "missing").empty());
    const auto page = Breadcrumb::open(dir / "breadcrumb");
    REQUIRE(page);
    CHECK(Breadcrumb::lost(dir / "breadcrumb").empty());
}

TEST_CASE("without a page a call is just a call") {
    { const PluginCall call("a", "b"); }
    const test::TempDir dir;
    const auto page = Breadcrumb::open(dir / "breadcrumb");
    REQUIRE(page);
    {
        const PluginCall next("c", "d");
        CHECK(lost(dir / "breadcrumb") == "c/d");
    }
    CHECK(lost(dir / "breadcrumb").empty());
}
