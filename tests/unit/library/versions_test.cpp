// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/library/fixture.hpp"

using namespace sz::test;
using sz::Json;

TEST_CASE("versions stand side by side, and the newest is meant when none is said") {
    LibraryFixture library;
    for (const char* version : {"1.9.0", "1.10.0", "1.10.0-beta.2", "1.2.0"})
        library.import(arms(version));
    CHECK(library.listed() == Texts{"org.example.arms@1.10.0", "org.example.arms@1.10.0-beta.2",
                                    "org.example.arms@1.9.0", "org.example.arms@1.2.0"});
    const auto version = [&](const std::string& pack) {
        const auto shown = library.call("pack.show", {{"pack", pack}});
        return shown ? shown->at("version").get<std::string>() : shown.error().code;
    };
    CHECK(version("Arms") == "1.10.0");
    CHECK(version("arms") == "1.10.0");
    CHECK(version("org.example.arms") == "1.10.0");
    CHECK(version("Arms@1.2.0") == "1.2.0");
    CHECK(version("org.example.arms@~1.9.0") == "1.9.0");
    CHECK(version("Arms@3.0.0") == "SZ-LIB-001");
    CHECK(version("Legs") == "SZ-LIB-001");
    CHECK(version("@1.2.0") == "SZ-LIB-001");
}

TEST_CASE("a name that several packs have is ambiguous, an id is not") {
    LibraryFixture library;
    library.import(PackMaker("org.one", "Rules").dataset("a"));
    library.import(PackMaker("org.two", "Rules").dataset("a"));
    const auto shown = library.call("pack.show", {{"pack", "Rules"}});
    REQUIRE_FALSE(shown);
    CHECK(shown.error().code == "SZ-LIB-002");
    CHECK(shown.error().hint == "Name one by its id: “org.one”, “org.two”.");
    CHECK(library.code("pack.show", {{"pack", "org.two"}}) == "answered");
    CHECK(library.code("pack.show", {{"pack", "Rules@1.0.0"}}) == "SZ-LIB-002");
}

TEST_CASE("removing takes the newest version, or the one that is named, and search follows") {
    LibraryFixture library;
    library.import(arms("1.0.0"));
    library.import(arms("2.0.0").entry("weapons", "axe", "Axe"));
    CHECK(library.found("axe") == Texts{"Axe"});
    CHECK(library.get("pack.remove", {{"pack", "Arms"}}) ==
          Json{{"removed", {{"id", "org.example.arms"}, {"version", "2.0.0"}}}});
    CHECK(library.listed() == Texts{"org.example.arms@1.0.0"});
    CHECK(library.found("axe").empty());
    CHECK(library.found("sword") == Texts{"Sword", "Shield"});
    CHECK(library.told().back() ==
          Json{{"reason", "removed"},
               {"packs", {{{"id", "org.example.arms"}, {"version", "2.0.0"}}}}});
    CHECK(library.get("pack.remove", {{"pack", "Arms@1.0.0"}}).contains("removed"));
    CHECK(library.listed().empty());
    CHECK_FALSE(std::filesystem::exists(library.folders.packs() / "org.example.arms"));
    CHECK(library.code("pack.remove", {{"pack", "Arms"}}) == "SZ-LIB-001");
}

TEST_CASE("a removed pack can come back") {
    LibraryFixture library;
    library.import(arms());
    library.get("pack.remove", {{"pack", "Arms"}});
    library.import(arms());
    CHECK(library.found("long") == Texts{"Long Bow"});
}
