// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.hpp"
#include "tests/unit/content/check.hpp"

using namespace sz::test;

namespace {

std::string formula(const std::string& id, const std::string& text) {
    return R"({"id": ")" + id + R"(", "name": "F", "type": "Formula", "formula": ")" + text + "\"}";
}
std::string number(const std::string& id) {
    return R"({"id": ")" + id + R"(", "name": "N", "type": "Number"})";
}

// What the check of a template with these fields finds.
Checked check_sheet(const std::string& fields) {
    return check({{"szpack.json", small_manifest},
                  {"objects/character-templates/hero.json", small_template("hero", fields)}});
}
Checked check_entry(const std::string& effects) {
    return check({{"szpack.json", small_manifest},
                  {"objects/datasets/gear.json",
                   small_dataset("gear", R"({"ring": {"id": "ring", "name": "Ring", "effects": )" +
                                             effects + "}}")}});
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("a formula reads fields of its sheet, by the end of their paths") {
    CHECK(check_sheet(number("wit") + "," + formula("a", "wit + main.wit + core.main.wit") + "," +
                      formula("b", "a + a.inside.it"))
              .codes() == Codes{});
    const auto lost = check_sheet(number("wit") + "," + formula("a", "wits + wit"));
    CHECK(lost.codes() == Codes{"SZ-PACK-035"});
    CHECK(lost.findings[0].message.find("“wits”") != std::string::npos);
    CHECK(lost.findings[0].pointer == "/sections/0/groups/0/fields/1/formula");
    CHECK_FALSE(lost.pack);
}

TEST_CASE("formulas that read each other in a circle are named, each circle once") {
    const auto three =
        check_sheet(formula("a", "b") + "," + formula("b", "c") + "," + formula("c", "a"));
    REQUIRE(three.codes() == Codes{"SZ-PACK-036"});
    CHECK(three.findings[0].message.find("core.main.a → core.main.b → core.main.c → core.main.a") !=
          std::string::npos);
    CHECK(check_sheet(formula("a", "a")).codes() == Codes{"SZ-PACK-036"});
    CHECK(check_sheet(formula("a", "b + c") + "," + formula("b", "d") + "," + formula("c", "d") +
                      "," + number("d"))
              .codes() == Codes{});
}

TEST_CASE("an effect does one thing, with formulas that can be read") {
    CHECK(check_entry(R"([{"field": "wit", "add": 2},
                          {"field": "main.wit", "atMost": "item.a", "when": "item.b"}])")
              .codes() == Codes{});
    CHECK(check_entry(R"([{"field": "wit"}])").codes() == Codes{"SZ-PACK-037"});
    CHECK(check_entry(R"([{"field": "wit", "add": 1, "set": 2}])").codes() == Codes{"SZ-PACK-037"});
    const auto unreadable = check_entry(R"([{"field": "wit", "add": "1 +  + 2"}])");
    REQUIRE(unreadable.codes() == Codes{"SZ-PACK-037"});
    CHECK(unreadable.findings[0].pointer == "/entries/ring/effects/0/add");
    CHECK(check_entry(R"([{"field": "wit", "add": 1, "when": "a + "}])").codes() ==
          Codes{"SZ-PACK-037"});
    CHECK(check_entry(R"([{"add": 1}])").codes() == Codes{"SZ-PACK-015"});
}
