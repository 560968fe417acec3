// SPDX-License-Identifier: AGPL-3.0-or-later
// Each fault has its code, and all of them are found in one run.
#include "tests/support/catch.hpp"
#include "tests/unit/content/check.hpp"

using namespace sz;
using namespace sz::test;
using Strings = std::vector<std::string>;

namespace {

// A good pack but for one dataset.
Strings with_dataset(const std::string& text, const std::string& id = "a") {
    return check({{"objects/datasets/" + id + ".json", text}, {"szpack.json", small_manifest}})
        .places();
}

Strings with_entry(const std::string& rest) {
    return with_dataset(
        small_dataset("a", "{\"x\": {\"id\": \"x\", \"name\": \"X\",\n" + rest + "}}"));
}

Strings with_field(const std::string& field) {
    return check({{"objects/character-templates/hero.json", small_template("hero", "\n" + field)},
                  {"szpack.json", small_manifest}})
        .places();
}

}  // namespace

TEST_CASE("a pack with ten different faults: all ten are reported, each at its line") {
    const PackFiles files = {
        {"media/images/broken.png", "this is no picture"},
        {"notes.txt", "what is this"},
        {"objects/character-templates/hero.json", R"({
  "id": "hero",
  "name": "Hero",
  "szType": "character-template",
  "schemaVersion": "1.0.0",
  "sections": [
    {
      "id": "core",
      "name": "Core",
      "groups": [
        {
          "id": "main",
          "name": "Main",
          "fields": [
            { "id": "might", "name": "Might", "type": "Numbr", "defaultValue": 10 },
            { "id": "wits", "name": "Wits", "type": "Number", "defaultValue": "ten" },
            { "id": "wits", "name": "Wits again", "type": "Number" }
          ]
        }
      ]
    }
  ]
})"},
        {"objects/datasets/creatures.json", R"({
  "id": "creatures",
  "name": "Creatures",
  "szType": "dataset",
  "schemaVersion": "1.0.0",
  "entries": {
    "wolf": { "id": "wolf", "name": "Wolf",
      "topLevelFields": {
        "drops": { "type": "DatasetLink", "value":
          { "datapackId": "org.example.pack", "datasetId": "items", "entryId": "peltt", "version": "*" } }
      }
    },
    "bear": { "id": "baer", "name": "Bear", "name": "Brown bear" }
  }
})"},
        {"objects/datasets/items.json", R"({
  "id": "items",
  "szType": "dataset",
  "schemaVersion": "1.0.0",
  "entries": {
    "pelt": { "id": "pelt", "name": "Pelt", "icon": "pelt.png" }
  }
})"},
        {"objects/datasets/spells.json", "{\n  \"id\": \"spells\",\n  \"name\": \"Spells\",,\n}\n"},
        {"szpack.json", small_manifest}};
    const auto result = check(files);
    CHECK_FALSE(result.pack);
    CHECK(result.places() == Strings{
                                 "SZ-PACK-052 media/images/broken.png",
                                 "SZ-PACK-020 notes.txt",
                                 "SZ-PACK-030 objects/character-templates/hero.json:15:55",
                                 "SZ-PACK-031 objects/character-templates/hero.json:16:79",
                                 "SZ-PACK-025 objects/character-templates/hero.json:17:21",
                                 "SZ-PACK-040 objects/datasets/creatures.json:10:11",
                                 "SZ-PACK-024 objects/datasets/creatures.json:13:21",
                                 "SZ-PACK-012 objects/datasets/creatures.json:13:45",
                                 "SZ-PACK-015 objects/datasets/items.json:1:1",
                                 "SZ-PACK-050 objects/datasets/items.json:6:53",
                                 "SZ-PACK-011 objects/datasets/spells.json:3:20",
                             });
    const auto by_code = [&](const std::string& code) {
        return *std::find_if(result.findings.begin(), result.findings.end(),
                             [&](const Finding& one) { return one.code == code; });
    };
    CHECK(by_code("SZ-PACK-030").hint == "Did you mean “Number”?");
    CHECK(by_code("SZ-PACK-040").hint == "Did you mean “pelt”?");
    CHECK(by_code("SZ-PACK-040").pointer == "/entries/wolf/topLevelFields/drops/value");
    CHECK(by_code("SZ-PACK-015").message == "“name” is missing in the value.");
    CHECK(by_code("SZ-PACK-031").message == "“wits”: A number is expected.");
    for (const auto& finding : result.findings) {
        INFO(finding.code);
        CHECK_FALSE(finding.message.empty());
        CHECK_FALSE(finding.hint.empty());
    }
}

TEST_CASE("a pack needs its szpack.json") {
    CHECK(check({{"objects/datasets/a.json", small_dataset("a")}}).places() ==
          Strings{"SZ-PACK-010 szpack.json"});
    CHECK(check({}).codes() == Strings{"SZ-PACK-026", "SZ-PACK-010"});
}

TEST_CASE("files that are not JSON are told apart by what is wrong") {
    CHECK(with_dataset("{\"id\": }") == Strings{"SZ-PACK-011 objects/datasets/a.json:1:8"});
    CHECK(with_dataset("{\"id\": \"\xff\"}") == Strings{"SZ-PACK-011 objects/datasets/a.json:1:9"});
    CHECK(with_dataset(std::string(64, '[') + std::string(64, ']')) ==
          Strings{"SZ-PACK-015 objects/datasets/a.json:1:1"});
    CHECK(with_dataset(std::string(65, '[') + std::string(65, ']')) ==
          Strings{"SZ-PACK-013 objects/datasets/a.json:1:65"});
}

TEST_CASE("a repeated key hides no other fault of its file") {
    CHECK(with_dataset("{\"id\": \"a\", \"szType\": \"dataset\", \"id\": "
                       "\"b\",\n\"schemaVersion\": \"1.0.0\", \"name\": "
                       "5,\n\"name\": 6}") == Strings{"SZ-PACK-012 objects/datasets/a.json:1:34",
                                                      "SZ-PACK-015 objects/datasets/a.json:2:35",
                                                      "SZ-PACK-012 objects/datasets/a.json:3:1"});
}

TEST_CASE("an object stands in its folder, under its id, in a version that is known") {
    CHECK(with_dataset(small_dataset("b")) == Strings{"SZ-PACK-022 objects/datasets/a.json:1:8"});
    CHECK(check({{"objects/session-templates/a.json", small_dataset("a")},
                 {"szpack.json", small_manifest}})
              .places() == Strings{"SZ-PACK-021 objects/session-templates/a.json:1:41"});
    CHECK(with_dataset(
              R"({"id": "a", "name": "A", "szType": "dataset", "schemaVersion": "2.0.0"})") ==
          Strings{"SZ-PACK-017 objects/datasets/a.json:1:64"});
    CHECK(with_dataset(
              R"({"id": "a", "name": "A", "szType": "dataset", "schemaVersion": "1.9.0"})") ==
          Strings{});
    CHECK(
        with_dataset(R"({"id": "a", "name": "A", "szType": "datset", "schemaVersion": "1.0.0"})") ==
        Strings{"SZ-PACK-015 objects/datasets/a.json:1:36"});
}

TEST_CASE("ids are unique in a pack, whatever their case and kind") {
    const auto other = small_template("A", "");
    CHECK(check({{"objects/character-templates/A.json", other},
                 {"objects/datasets/a.json", small_dataset("a")},
                 {"szpack.json", small_manifest}})
              .places() == Strings{"SZ-PACK-023 objects/datasets/a.json:1:8"});
}

TEST_CASE("files that a pack does not know are left out with a warning") {
    const auto result = check({{"README.md", ""},
                               {"LICENSE", ""},
                               {"media/images/a.exe", ""},
                               {"media/sound.ogg", ""},
                               {"objects/datasets/a.json", small_dataset("a")},
                               {"objects/datasets/a.txt", ""},
                               {"objects/datasets/more/b.json", "{}"},
                               {"objects/stuff/c.json", "{}"},
                               {"szpack.json", small_manifest}});
    CHECK(result.pack);
    CHECK(result.places() ==
          Strings{"SZ-PACK-020 media/images/a.exe", "SZ-PACK-020 media/sound.ogg",
                  "SZ-PACK-020 objects/datasets/a.txt", "SZ-PACK-020 objects/datasets/more/b.json",
                  "SZ-PACK-020 objects/stuff/c.json"});
}

TEST_CASE("entries and their parts have ids of their own") {
    CHECK(with_dataset(small_dataset("a", R"({"x": {"id": "y", "name": "X"}})")) ==
          Strings{"SZ-PACK-024 objects/datasets/a.json:2:25"});
    CHECK(
        with_entry(
            R"("groups": [{"id": "g", "name": "G", "fields": {}}, {"id": "g", "name": "H", "fields": {}}])") ==
        Strings{"SZ-PACK-025 objects/datasets/a.json:3:59"});
    CHECK(with_entry(R"("topLevelFields": {"a.b": {"type": "Number", "value": 1}})") ==
          Strings{"SZ-PACK-015 objects/datasets/a.json:3:27"});
}

TEST_CASE("a name counts bytes") {
    const auto named = [](const std::string& name) {
        return with_dataset(
            R"({"id": "a", "szType": "dataset", "schemaVersion": "1.0.0", "name": ")" + name +
            "\"}");
    };
    CHECK(named(std::string(200, 'x')) == Strings{});
    // Too many characters are found once, not as bytes again.
    CHECK(named(std::string(201, 'x')) == Strings{"SZ-PACK-015 objects/datasets/a.json:1:68"});
    std::string umlauts;
    for (int i = 0; i < 101; ++i) umlauts += "ü";
    CHECK(named(umlauts) == Strings{"SZ-PACK-018 objects/datasets/a.json:1:68"});
}

TEST_CASE("a value fits the type of its field") {
    CHECK(with_entry(R"("topLevelFields": {"n": {"type": "Number", "value": "ten"}})") ==
          Strings{"SZ-PACK-031 objects/datasets/a.json:3:53"});
    CHECK(with_entry(R"("topLevelFields": {"n": {"type": "List", "value": ["a", 5]}})") ==
          Strings{"SZ-PACK-031 objects/datasets/a.json:3:57"});
    CHECK(with_entry(R"("topLevelFields": {"n": {"type": "Numeral", "value": 1}})") ==
          Strings{"SZ-PACK-030 objects/datasets/a.json:3:34"});
    CHECK(with_entry(R"("topLevelFields": {"n": {"type": "Number", "min": 5, "value": 4}})") ==
          Strings{"SZ-PACK-031 objects/datasets/a.json:3:63"});
    CHECK(
        with_entry(
            R"("groups": [{"id": "g", "name": "G", "fields": {"n": {"type": "Text", "value": 1}}}])") ==
        Strings{"SZ-PACK-031 objects/datasets/a.json:3:79"});
    CHECK(with_field(R"({"id": "n", "name": "N", "type": "Boolean", "defaultValue": 1})") ==
          Strings{"SZ-PACK-031 objects/character-templates/hero.json:3:61"});
}

TEST_CASE("a definition has the options of its type") {
    CHECK(with_field(R"({"id": "n", "name": "N", "type": "Number", "min": "low"})") ==
          Strings{"SZ-PACK-033 objects/character-templates/hero.json:3:51"});
    CHECK(with_field(R"({"id": "n", "name": "N", "type": "Number", "mni": 1})") ==
          Strings{"SZ-PACK-016 objects/character-templates/hero.json:3:51"});
    CHECK(with_field(R"({"id": "n", "name": "N", "type": "Select"})") ==
          Strings{"SZ-PACK-033 objects/character-templates/hero.json:3:1"});
    CHECK(with_field(R"({"id": "n", "name": "N", "type": "List", "itemType": {"type": "Txet"}})") ==
          Strings{"SZ-PACK-030 objects/character-templates/hero.json:3:63"});
    CHECK(
        with_field(
            R"({"id": "n", "name": "N", "type": "Group", "fields": [{"id": "m", "name": "M", "type": "Number", "min": ""}]})") ==
        Strings{"SZ-PACK-033 objects/character-templates/hero.json:3:104"});
    CHECK(with_field(R"({"id": "n", "name": "N", "type": "Number", "visibility": "friends"})") ==
          Strings{"SZ-PACK-015 objects/character-templates/hero.json:3:58"});
    // In an entry a Select is what its template says; it need not list its options again.
    CHECK(with_entry(R"("topLevelFields": {"s": {"type": "Select", "value": "x"}})") == Strings{});
}

TEST_CASE("a definition that its type cannot use is found without a default, at its own place") {
    const std::string hero = "objects/character-templates/hero.json:";
    CHECK(with_field(R"({"id": "f", "name": "F", "type": "Number", "min": 5, "max": 1})") ==
          Strings{"SZ-PACK-033 " + hero + "3:1"});
    CHECK(with_field(R"({"id": "t", "name": "T", "type": "Table", "columns": [
{"id": "a", "name": "A", "type": "Text"}, {"id": "a", "name": "B", "type": "Text"}]})") ==
          Strings{"SZ-PACK-033 " + hero + "3:1"});
    // One inside another is reported once, and what stands beside it is tried all the same.
    const std::string faulty = R"({"id": "f", "name": "F", "type": "Number", "min": 5, "max": 1})";
    CHECK(with_field(R"({"id": "g", "name": "G", "type": "Group", "fields": [
)" + faulty + ",\n" + faulty +
                     "]}") ==
          Strings{"SZ-PACK-033 " + hero + "4:1", "SZ-PACK-033 " + hero + "5:1"});
    CHECK(with_field(R"({"id": "g", "name": "G", "type": "Group", "defaultValue": {}, "fields": [
)" + faulty + "]}") == Strings{"SZ-PACK-033 " + hero + "4:1"});
    CHECK(with_field(R"({"id": "t", "name": "T", "type": "Table", "columns": [
)" + faulty + "]}") == Strings{"SZ-PACK-033 " + hero + "4:1"});
    CHECK(with_field(R"({"id": "l", "name": "L", "type": "List", "itemType":
{"type": "Group", "fields": [
{"id": "l", "name": "L", "type": "List", "itemType":
{"type": "Number", "min": 5, "max": 1}}]}})") == Strings{"SZ-PACK-033 " + hero + "6:1"});
}

TEST_CASE("a default inside a definition fits its type") {
    CHECK(with_field(R"({"id": "l", "name": "L", "type": "List", "itemType":
{"type": "Number", "min": 5,
"defaultValue": 3}})") == Strings{"SZ-PACK-031 objects/character-templates/hero.json:5:17"});
    CHECK(with_field(R"({"id": "g", "name": "G", "type": "Group", "fields": [
{"id": "n", "name": "N", "type": "Number",
"defaultValue": "three"}]})") == Strings{"SZ-PACK-031 objects/character-templates/hero.json:5:17"});
}

TEST_CASE("a field may be empty until somebody fills it") {
    for (const std::string field :
         {R"("type": "Text", "required": true)", R"("type": "DatasetLink", "required": true)",
          R"("type": "List", "required": true, "min": 2)",
          R"("type": "Select", "required": true, "options": ["a"])"}) {
        INFO(field);
        CHECK(with_field(R"({"id": "f", "name": "F", )" + field + "}") == Strings{});
    }
}

TEST_CASE("a template's choice has something to choose from") {
    CHECK(with_field(R"({"id": "n", "name": "N", "type": "Select", "options": []})") ==
          Strings{"SZ-PACK-033 objects/character-templates/hero.json:3:55"});
    CHECK(with_field(
              R"({"id": "g", "name": "G", "type": "Group", "fields": [
{"id": "n", "name": "N", "type": "Select", "multiple": true}]})") ==
          Strings{"SZ-PACK-033 objects/character-templates/hero.json:4:1"});
    // In an entry that says more, too, the options are its template's.
    CHECK(with_entry(
              R"("topLevelFields": {"s": {"type": "Select", "multiple": true, "value": ["x"]}})") ==
          Strings{});
}

TEST_CASE("fields in fields end somewhere") {
    const auto nested = [](int depth) {
        std::string field = R"({"id": "n", "name": "N", "type": "Number"})";
        for (int i = 0; i < depth; ++i)
            field = R"({"id": "g", "name": "G", "type": "Group", "fields": [)" + field + "]}";
        auto places = with_field(field);
        for (auto& place : places) place = place.substr(0, 11);
        return places;
    };
    CHECK(nested(7) == Strings{});
    CHECK(nested(8) == Strings{"SZ-PACK-034"});
    CHECK(nested(20) == Strings{"SZ-PACK-034"});
}
