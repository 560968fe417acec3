// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/library/fixture.hpp"

using namespace sz::test;
using sz::Json;

namespace {

Json value(LibraryFixture& library, const std::string& path) {
    return library.get("library.get", {{"pack", "Arms"}, {"dataset", "weapons"}, {"path", path}})
        .at("value");
}
std::string code(LibraryFixture& library, const std::string& path) {
    return library.code("library.get", {{"pack", "Arms"}, {"dataset", "weapons"}, {"path", path}});
}
std::string hint(LibraryFixture& library, const std::string& path) {
    const auto answer =
        library.call("library.get", {{"pack", "Arms"}, {"dataset", "weapons"}, {"path", path}});
    REQUIRE_FALSE(answer);
    return answer.error().hint;
}

Json named_field(const char* name, Json json) {
    json["name"] = name;
    return json;
}

PackMaker puzzles() {
    const Json text = field("Text", "top");
    PackMaker pack("org.example.arms", "Arms");
    pack.entry(
        "weapons", "dotted", "St. Olaf's blade",
        {{"topLevelFields", {{"edge", field("Text", "keen")}}},
         {"groups",
          Json::array({{{"id", "no1"},
                        {"name", "No. 1"},
                        {"fields", {{"ab", named_field("A. B", field("Text", "deep"))}}}}})}});
    pack.entry(
        "weapons", "twice", "Twice",
        {{"topLevelFields", {{"rarity", text}}},
         {"groups",
          Json::array(
              {{{"id", "one"},
                {"name", "One"},
                {"fields", {{"rarity", field("Text", "1")}, {"x", field("Text", "x1")}}}},
               {{"id", "two"}, {"name", "Two"}, {"fields", {{"x", field("Text", "x2")}}}}})}});
    pack.entry("weapons", "a1", "Axe", {{"topLevelFields", {{"x", field("Number", 1)}}}});
    pack.entry("weapons", "a2", "Axe", {{"topLevelFields", {{"x", field("Number", 2)}}}});
    pack.entry("weapons", "a3", "AXE", {{"topLevelFields", {{"x", field("Number", 3)}}}});
    pack.entry(
        "weapons", "hp", "Golem",
        {{"topLevelFields", {{"hitPoints", named_field("Hit Points", field("Number", 7))}}}});
    return pack;
}

}  // namespace

TEST_CASE("a field is found by the entry's id or name") {
    LibraryFixture library;
    library.import(arms());
    CHECK(value(library, "sword.damage") == 10);
    CHECK(value(library, "Sword.damage") == 10);
    CHECK(value(library, "Long Bow.damage") == 8);
    CHECK(value(library, "long bow.DAMAGE") == 8);
    CHECK(value(library, "Sword.Stats.rarity") == "Common");
    CHECK(value(library, "sword.stats.rarity") == "Common");
    CHECK(value(library, "Sword.rarity") == "Common");
    const Json answer =
        library.get("library.get",
                    {{"pack", "arms"}, {"dataset", "The weapons"}, {"path", "Sword.Stats.Rarity"}});
    CHECK(answer == Json{{"value", "Common"},
                         {"type", "Text"},
                         {"entry", "sword"},
                         {"path", "sword.stats.rarity"}});
}

TEST_CASE("names may contain dots") {
    LibraryFixture library;
    library.import(puzzles());
    CHECK(value(library, "St. Olaf's blade.edge") == "keen");
    CHECK(value(library, "dotted.no1.ab") == "deep");
    CHECK(value(library, "St. Olaf's blade.No. 1.A. B") == "deep");
    CHECK(value(library, "St. Olaf's blade.A. B") == "deep");
}

TEST_CASE("a field of the entry goes before one of a group, and two groups are ambiguous") {
    LibraryFixture library;
    library.import(puzzles());
    CHECK(value(library, "twice.rarity") == "top");
    CHECK(value(library, "twice.one.rarity") == "1");
    CHECK(value(library, "twice.two.x") == "x2");
    CHECK(code(library, "twice.x") == "SZ-LIB-002");
    CHECK(hint(library, "twice.x") == "Write one of twice.one.x, twice.two.x.");
}

TEST_CASE("entries of one name are told apart by their ids") {
    LibraryFixture library;
    library.import(puzzles());
    CHECK(code(library, "Axe.x") == "SZ-LIB-002");
    CHECK(hint(library, "Axe.x") == "Write one of a1.x, a2.x.");
    CHECK(value(library, "AXE.x") == 3);  // exactly so is called one only
    CHECK(value(library, "a2.x") == 2);
    CHECK(code(library, "axe.x") == "SZ-LIB-002");
}

TEST_CASE("a field's own name is as good as its id") {
    LibraryFixture library;
    library.import(puzzles());
    CHECK(value(library, "Golem.Hit Points") == 7);
    CHECK(value(library, "Golem.hit points") == 7);
}

TEST_CASE("what is not there is said with what there is") {
    LibraryFixture library;
    library.import(arms());
    CHECK(code(library, "Spoon.damage") == "SZ-LIB-004");
    CHECK(code(library, "Sword.weight") == "SZ-LIB-005");
    CHECK(hint(library, "Sword.weight") == "The entry has the fields damage, stats.rarity.");
    CHECK(code(library, "Sword") == "SZ-LIB-005");
    CHECK(code(library, "Sword.") == "SZ-LIB-005");
    CHECK(code(library, ".damage") == "SZ-LIB-004");
    CHECK(code(library, "....") == "SZ-LIB-004");
    CHECK(
        library.code("library.get", {{"pack", "Legs"}, {"dataset", "weapons"}, {"path", "a.b"}}) ==
        "SZ-LIB-001");
    CHECK(library.code("library.get", {{"pack", "Arms"}, {"dataset", "spoons"}, {"path", "a.b"}}) ==
          "SZ-LIB-003");
}
