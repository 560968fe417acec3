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

std::string text(const std::string& id) {
    return R"({"id": ")" + id + R"(", "name": "T", "type": "Text"})";
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

TEST_CASE("what an effect changes is a field of a template within reach") {
    const auto with_sheet = [](const std::string& effect, const std::string& manifest,
                               const OtherPacks& others) {
        return check(
            {{"szpack.json", manifest},
             {"objects/character-templates/hero.json",
              small_template("hero", number("nerve") + "," + text("look"))},
             {"objects/datasets/gear.json", small_dataset("gear",
                                                          R"({"ring": {"id": "ring", "name": "Ring",
                                     "effects": [)" + effect + "]}}")}},
            others);
    };
    const auto alone = [&](const std::string& effect) {
        return with_sheet(effect, small_manifest, {});
    };
    for (const char* field : {"nerve", "main.nerve", "core.main.nerve", "nerve.inside.it"})
        CHECK(alone(R"({"add": 1, "field": ")" + std::string(field) + "\"}").codes() == Codes{});
    const auto lost = alone(
        "\n"
        R"({"add": 1, "field": "nreve"})");
    REQUIRE(lost.places() == Codes{"SZ-PACK-080 objects/datasets/gear.json:4:21"});
    CHECK(lost.findings[0].hint == "Did you mean “nerve”?");
    CHECK(lost.pack);
    CHECK(alone(R"({"add": 1, "field": "side.nerve"})").codes() == Codes{"SZ-PACK-080"});
    const auto on_text = alone(R"({"add": 1, "field": "look"})");
    REQUIRE(on_text.codes() == Codes{"SZ-PACK-081"});
    CHECK(on_text.findings[0].hint == "Name a field of one of these types: Formula, Number.");

    const std::string needs = R"({"id": "org.example.pack", "name": "Example", "version": "1.1.0",
"dependencies": [{"id": "org.example.base", "name": "Base", "version": "^1.0.0"}]})";
    OtherPacks others;
    others.versions = [](const std::string&) { return std::vector<std::string>{"1.2.0"}; };
    others.has = [](const auto&, const auto&, const auto&, const auto&) { return true; };
    others.objects = [](const std::string& pack, const std::string& version) {
        CHECK(pack + " " + version == "org.example.base 1.2.0");
        return std::vector<PackObject>{{"objects/character-templates/old.json",
                                        "character-template", "old",
                                        Json::parse(small_template("old", number("grace")))}};
    };
    CHECK(with_sheet(R"({"add": 1, "field": "grace"})", needs, others).codes() == Codes{});
    CHECK(with_sheet(R"({"add": 1, "field": "grave"})", needs, others).codes() ==
          Codes{"SZ-PACK-080"});
    // Nobody knows what is in a pack that is not installed.
    others.versions = [](const std::string&) { return std::vector<std::string>{}; };
    CHECK(with_sheet(R"({"add": 1, "field": "grave"})", needs, others).codes() ==
          Codes{"SZ-PACK-042"});
}

TEST_CASE("a path through a list stands where many values may, and ends at a column") {
    const std::string carried = R"({"id": "carried", "name": "C", "type": "List", "datasetLink":
        {"datapackId": "org.example.pack", "datasetId": "gear", "version": "^1.0.0"}})";
    const std::string table = R"({"id": "hours", "name": "H", "type": "Table", "columns":
        [{"id": "spent", "name": "S", "type": "Number"}]})";
    const auto reads = [&](const std::string& text) {
        return check({{"szpack.json", small_manifest},
                      {"objects/character-templates/hero.json",
                       small_template("hero", carried + "," + table + "," + formula("load", text))},
                      {"objects/datasets/gear.json",
                       small_dataset("gear", R"({"ring": {"id": "ring", "name": "Ring",
                "topLevelFields": {"weight": {"type": "Number", "value": 1}},
                "groups": [{"id": "worth", "name": "Worth", "fields":
                            {"price": {"type": "Number", "value": 1}}}]}})")}});
    };
    for (const char* good : {"sum(carried.weight) + 1", "sum(carried.worth.price)", "sum(carried)",
                             "sum(carried.price)", "sum(carried.name)", "sum(hours.spent)"})
        CHECK(reads(good).codes() == Codes{});
    for (const char* one : {"carried.weight + 1", "carried.weight", "carried", "hours.spent"})
        CHECK(reads(one).codes() == Codes{"SZ-PACK-082"});
    const auto bare = reads("carried.weight + 1");
    REQUIRE(bare.codes() == Codes{"SZ-PACK-082"});
    CHECK(bare.findings[0].pointer == "/sections/0/groups/0/fields/2/formula");
    CHECK(bare.findings[0].hint == "Write sum(carried.weight), or count, min, max or avg.");
    const auto lost = reads("sum(carried.wieght)");
    REQUIRE(lost.codes() == Codes{"SZ-PACK-083"});
    CHECK(lost.findings[0].hint == "Did you mean “weight”?");
    CHECK(lost.pack);
    const auto no_column = reads("sum(hours.spend)");
    CHECK(no_column.codes() == Codes{"SZ-PACK-083"});
    CHECK_FALSE(no_column.pack);
}

TEST_CASE("a formula does not compute with texts") {
    CHECK(check_sheet(text("look") + "," + formula("a", "look")).codes() == Codes{});
    CHECK(check_sheet(text("look") + "," + number("wit") + "," + formula("a", "wit + look"))
              .codes() == Codes{"SZ-PACK-084"});
}

TEST_CASE("a formula that cannot be read is found at the formula") {
    const auto faulty = check_sheet(number("wit") + ",\n" + formula("a", "wit +  + 1"));
    REQUIRE(faulty.codes() == Codes{"SZ-PACK-033"});
    CHECK(faulty.findings[0].pointer == "/sections/0/groups/0/fields/1/formula");
    CHECK(faulty.findings[0].line == 3);
    const auto with_default = check_sheet(
        R"({"id": "a", "name": "F", "type": "Formula", "defaultValue": 1, "formula": "1 + "})");
    REQUIRE(with_default.codes() == Codes{"SZ-PACK-033"});
    CHECK(with_default.findings[0].pointer == "/sections/0/groups/0/fields/0/formula");
}

TEST_CASE("an unknown key of a field is held against what every field may say, too") {
    const auto near = check_sheet(
        R"({"id": "a", "name": "N", "type": "Number", "defaultVaule": 1, "colour": 2})");
    REQUIRE(near.codes() == Codes{"SZ-PACK-016", "SZ-PACK-016"});
    CHECK(near.findings[0].hint == "Did you mean “defaultValue”?");
    CHECK(near.findings[1].hint.find("max, min, columns") != std::string::npos);
    CHECK(near.findings[1].hint.find("defaultValue") != std::string::npos);
}
