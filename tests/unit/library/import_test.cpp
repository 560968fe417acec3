// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fstream>
#include <future>

#include "tests/unit/library/fixture.hpp"

using namespace sz::test;
using sz::Json;
namespace fs = std::filesystem;

namespace {

Texts codes(const Json& result) {
    Texts all;
    for (const auto& finding : result.at("findings")) all.push_back(finding.at("code"));
    return all;
}

PackMaker broken() {
    return PackMaker("org.example.broken", "Broken")
        .entry("a", "x", "X", {{"topLevelFields", {{"n", field("Number", "ten")}}}});
}

}  // namespace

TEST_CASE("an imported pack is there: listed, searched, on disk, and told of") {
    LibraryFixture library;
    const Json result = library.import(arms());
    CHECK(result.at("packs") == Json::array({{{"id", "org.example.arms"},
                                              {"name", "Arms"},
                                              {"version", "1.0.0"},
                                              {"datasets", 2},
                                              {"entries", 3}}}));
    CHECK(result.at("findings").empty());
    const Json pack = library.get("pack.list").at("packs").at(0);
    CHECK(pack.at("author") == "Mira");
    CHECK(pack.at("license") == "CC-BY-SA-4.0");
    CHECK(pack.at("datasets") == 2);
    CHECK(pack.at("templates") == 1);
    CHECK(pack.at("entries") == 3);
    CHECK(pack.at("sample") == false);
    CHECK(pack.at("installed_at").get<std::string>().starts_with("20"));
    CHECK(library.found("sword") == Texts{"Sword", "Shield"});
    CHECK(fs::exists(library.folders.packs() / "org.example.arms/1.0.0/media/images/sword.gif"));
    CHECK(library.told() ==
          std::vector<Json>{{{"reason", "imported"},
                             {"packs", {{{"id", "org.example.arms"}, {"version", "1.0.0"}}}}}});
}

TEST_CASE("an imported pack is still there after a restart") {
    LibraryFixture library;
    library.import(arms());
    library.reopen();
    CHECK(library.listed() == Texts{"org.example.arms@1.0.0"});
    CHECK(library.found("bow") == Texts{"Long Bow"});
}

TEST_CASE("importing the same again changes nothing and says so") {
    LibraryFixture library;
    library.import(arms());
    const Json again = library.import(arms());
    CHECK(codes(again) == Texts{"SZ-LIB-025"});
    CHECK(again.at("findings").at(0).at("severity") == "note");
    CHECK(again.at("packs").size() == 1);
    CHECK(library.listed().size() == 1);
}

TEST_CASE("other content under the same version is refused") {
    LibraryFixture library;
    library.import(arms());
    const auto result = library.task(
        "pack.import",
        {{"paths", {arms().entry("weapons", "axe", "Axe").write(library.dir / "b.szp")}}});
    REQUIRE(result);
    CHECK(result->at("ok") == false);
    CHECK(codes(*result) == Texts{"SZ-LIB-020"});
    CHECK_THAT(result->at("findings").at(0).at("hint").get<std::string>(),
               ContainsSubstring("higher version"));
    CHECK(library.found("axe").empty());
}

TEST_CASE("a pack with an error is not installed and leaves nothing") {
    LibraryFixture library;
    const auto result =
        library.task("pack.import", {{"paths", {broken().write(library.dir / "b.szp")}}});
    REQUIRE(result);
    CHECK(result->at("ok") == false);
    CHECK(result->at("packs").empty());
    CHECK(library.listed().empty());
    CHECK(fs::is_empty(library.folders.packs()));
    CHECK(library.told().empty());
}

TEST_CASE("of several packs the good ones are installed, and findings say whose they are") {
    LibraryFixture library;
    const std::string bad = broken().write(library.dir / "bad.szp");
    const auto result =
        library.task("pack.import", {{"paths", {bad, arms().write(library.dir / "good.szp")}}});
    REQUIRE(result);
    CHECK(result->at("ok") == false);
    CHECK(library.listed() == Texts{"org.example.arms@1.0.0"});
    REQUIRE(result->at("findings").size() == 1);
    CHECK(result->at("findings").at(0).at("file") == bad + "/objects/datasets/a.json");
}

TEST_CASE("warnings do not stop an import") {
    LibraryFixture library;
    const Json result = library.import(
        PackMaker("org.example.shop", "Shop").needs("org.example.arms", "1.0.0").dataset("a"));
    CHECK_FALSE(result.at("findings").empty());
    CHECK(library.listed().size() == 1);
}

TEST_CASE("a broken archive is a finding, a missing file an error of the surroundings") {
    LibraryFixture library;
    const std::string file = library.dir / "rubbish.szp";
    std::ofstream(file) << "no archive";
    const auto broken_archive = library.task("pack.import", {{"paths", {file}}});
    REQUIRE(broken_archive);
    CHECK(broken_archive->at("ok") == false);
    CHECK(codes(*broken_archive) == Texts{"SZ-PACK-090"});
    std::ofstream(library.dir / "letter.txt") << "Dear";
    const auto unknown =
        library.task("pack.import", {{"paths", {(library.dir / "letter.txt").string()}}});
    REQUIRE(unknown);
    CHECK(codes(*unknown) == Texts{"SZ-PACK-001"});
    const auto missing =
        library.task("pack.import", {{"paths", {(library.dir / "missing.szp").string()}}});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == "SZ-FILE-001");
    CHECK(missing.error().kind == sz::ErrorKind::environment);
    const auto relative = library.task("pack.import", {{"paths", {"here.szp"}}});
    REQUIRE_FALSE(relative);
    CHECK(relative.error().kind == sz::ErrorKind::usage);
}

TEST_CASE("a foreign format gives its account") {
    LibraryFixture library;
    const auto result =
        library.task("pack.import", {{"paths", {arms().write(library.dir / "a.foreign")}}});
    REQUIRE(result);
    CHECK(result->at("read") == 5);
    CHECK(result->at("written") == 3);
    CHECK(result->at("left_out") ==
          Json::array({{{"what", "picture"}, {"why", "it has no place"}, {"count", 2}}}));
    CHECK_FALSE(library.import(arms("2.0.0")).contains("read"));
}

TEST_CASE("an import that is cancelled leaves nothing") {
    LibraryFixture library;
    std::promise<void> reading;
    std::promise<void> go_on;
    library.formats.on_read = [&] {
        reading.set_value();
        go_on.get_future().wait();
    };
    const Json started =
        library.get("pack.import", {{"paths", {arms().write(library.dir / "a.szp")}}});
    reading.get_future().wait();
    library.get("task.cancel", {{"task", started.at("task")}});
    go_on.set_value();
    const auto result = library.call("task.wait", {{"task", started.at("task")}});
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == sz::ErrorKind::cancelled);
    CHECK(library.listed().empty());
    CHECK(fs::is_empty(library.folders.packs()));
}

TEST_CASE("a check without an import reports and installs nothing") {
    LibraryFixture library;
    const auto good =
        library.task("pack.validate", {{"paths", {arms().write(library.dir / "a.szp")}}});
    REQUIRE(good);
    CHECK(*good == Json{{"ok", true}, {"findings", Json::array()}});
    const auto bad =
        library.task("pack.validate", {{"paths", {broken().write(library.dir / "b.szp")}}});
    REQUIRE(bad);
    CHECK(bad->at("ok") == false);
    CHECK(bad->at("findings").at(0).at("file") == "objects/datasets/a.json");
    CHECK(library.listed().empty());
}

TEST_CASE("a pack is shown the same, installed or not") {
    LibraryFixture library;
    PackMaker pack = arms();
    pack.needs("org.example.base", "^2.0.0");
    const std::string file = pack.write(library.dir / "a.szp");
    const Json before = library.get("pack.show", {{"path", file}});
    library.import(pack);
    const Json after = library.get("pack.show", {{"pack", "Arms"}});
    CHECK(before == after);
    CHECK(after.at("dependencies") ==
          Json::array(
              {{{"id", "org.example.base"}, {"name", "org.example.base"}, {"version", "^2.0.0"}}}));
    CHECK(after.at("objects").size() == 3);
    CHECK(after.at("objects").at(2) == Json{{"id", "weapons"},
                                            {"name", "The weapons"},
                                            {"type", "dataset"},
                                            {"entries", 2},
                                            {"path", "objects/datasets/weapons.json"}});
    CHECK(after.at("files") == 5);
    CHECK(library.code("pack.show", {{"path", broken().write(library.dir / "b.szp")}}) ==
          "SZ-LIB-028");
    CHECK(library.code("pack.show", {{"path", "/a"}, {"pack", "b"}}) == "SZ-LIB-029");
    CHECK(library.code("pack.show") == "SZ-LIB-029");
}

TEST_CASE("the formats are listed") {
    LibraryFixture library;
    CHECK(library.get("pack.formats").at("formats").at(1) == Json{{"name", "foreign"},
                                                                  {"title", "Something else"},
                                                                  {"plugin", "test"},
                                                                  {"extensions", {".foreign"}},
                                                                  {"reads", true},
                                                                  {"writes", false},
                                                                  {"foreign", true}});
}
