// SPDX-License-Identifier: AGPL-3.0-or-later
// Entries that texts speak of.
#include "tests/support/catch.hpp"
#include "tests/unit/content/check.hpp"

using namespace sz;
using namespace sz::test;
using Strings = std::vector<std::string>;

namespace {

// A pack in which one entry has these members beside its id and name.
Checked with_members(const std::string& members, const std::string& dependencies = "[]",
                     const OtherPacks& others = {}) {
    const auto entries =
        R"({"pelt": {"id": "pelt", "name": "Pelt"}, "wolf": {"id": "wolf", "name": "Wolf",
)" + members +
        "}}";
    return check(
        {{"objects/datasets/things.json", small_dataset("things", entries)},
         {"szpack.json",
          R"({"id": "org.example.pack", "name": "Example", "version": "1.1.0", "dependencies": )" +
              dependencies + "}"}},
        others);
}

Checked with_text(const std::string& target, const std::string& dependencies = "[]",
                  const OtherPacks& others = {}) {
    return with_members(
        R"("topLevelFields": {"about": {"type": "MultiText", "value": ")" + target + R"("}})",
        dependencies, others);
}

// One pack "core" in 1.2.0, with items/axe.
OtherPacks core_with_axe() {
    return {[](const std::string& pack) { return pack == "core" ? Strings{"1.2.0"} : Strings{}; },
            [](const std::string&, const std::string&, const std::string& object,
               const std::string& entry) { return object == "items" && entry == "axe"; },
            {}};
}

}  // namespace

TEST_CASE("a text's link into its own pack needs no pack, and must lead somewhere") {
    CHECK(with_text("entry:things/pelt").codes() == Strings{});
    CHECK(with_text("entry:org.example.pack/things/pelt").codes() == Strings{});
    const auto lost = with_text("entry:things/plet");
    CHECK(lost.places() == Strings{"SZ-PACK-040 objects/datasets/things.json:3:60"});
    CHECK(lost.findings[0].message == "The link leads to “plet”, which “things” does not have.");
    CHECK(lost.findings[0].hint == "Did you mean “pelt”?");
    CHECK_FALSE(lost.pack);
    CHECK(with_text("entry:thing/pelt").findings[0].hint == "Did you mean “things”?");
}

TEST_CASE("a text's link into another pack needs a dependency that has the entry") {
    const std::string needs = R"([{"id": "core", "name": "Core", "version": "^1.0.0"}])";
    CHECK(with_text("entry:core/items/axe", "[]", core_with_axe()).codes() ==
          Strings{"SZ-PACK-041"});
    CHECK(with_text("entry:core/items/axe", needs, core_with_axe()).codes() == Strings{});
    CHECK(with_text("entry:core/items/spear", needs, core_with_axe()).codes() ==
          Strings{"SZ-PACK-043"});
    CHECK(with_text("entry:core/items/spear", needs).codes() == Strings{});
}

TEST_CASE("a target that names no entry, and links too many, are said") {
    const auto wrong = with_text("entry:pelt");
    CHECK(wrong.places() == Strings{"SZ-PACK-070 objects/datasets/things.json:3:60"});
    CHECK(wrong.findings[0].message ==
          "The link on the words “here” leads to “entry:pelt”, which "
          "is not how an entry is named.");
    CHECK_FALSE(wrong.pack);
    const auto many = with_text("entry:+12");
    CHECK(many.codes() == Strings{"SZ-PACK-071"});
    CHECK(many.findings[0].message ==
          "The text has 12 links to entries more than are looked at; "
          "they were not checked.");
    CHECK(many.pack);
    CHECK(with_text("entry:+0").codes() == Strings{"SZ-PACK-071"});
}

TEST_CASE("the description of an entry is such a text") {
    CHECK(with_members(R"("description": "entry:things/pelt")").codes() == Strings{});
    CHECK(with_members(R"("description": "entry:things/plet")").places() ==
          Strings{"SZ-PACK-040 objects/datasets/things.json:3:16"});
}

TEST_CASE("texts of templates are such texts") {
    const auto field = R"({"id": "bag", "name": "Bag", "type": "MultiText",
"defaultValue": "entry:things/bag"})";
    CHECK(check({{"objects/character-templates/hero.json", small_template("hero", field)},
                 {"objects/datasets/things.json", small_dataset("things")},
                 {"szpack.json", small_manifest}})
              .places() == Strings{"SZ-PACK-040 objects/character-templates/hero.json:3:17"});
}
