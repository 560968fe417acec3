// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/limits.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/content/check.hpp"

using namespace sz;
using namespace sz::test;
using Strings = std::vector<std::string>;

TEST_CASE("a pack without faults comes back with canonical values") {
    const PackFiles files = {
        {"media/images/sword.png", "\x89PNG\r\n\x1a\n…"},
        {"objects/character-templates/hero.json",
         small_template(
             "hero", R"({"id": "bag", "name": "Bag", "type": "List", "defaultValue": ["rope"]})")},
        {"objects/datasets/things.json",
         small_dataset("things", R"({"sword": {"id": "sword", "name": "Sword", "icon": "sword.png",
            "topLevelFields": {"damage": {"type": "Number", "value": 10}},
            "groups": [{"id": "stats", "name": "Stats", "fields": {"words": {"type": "List", "value": ["sharp", "old"]}}}]}})")},
        {"szpack.json", small_manifest}};
    const auto result = check(files);
    CHECK(result.places() == Strings{});
    REQUIRE(result.pack);
    CHECK(result.pack->manifest["version"] == "1.1.0");
    CHECK(result.pack->entries == 1);
    CHECK(result.pack->images == Strings{"sword.png"});
    REQUIRE(result.pack->objects.size() == 2);
    CHECK(result.pack->objects[0].path == "objects/character-templates/hero.json");
    CHECK(result.pack->objects[0].type == "character-template");
    CHECK(result.pack->objects[0].id == "hero");
    CHECK(result.pack->objects[0].json["sections"][0]["groups"][0]["fields"][0]["defaultValue"] ==
          Json::parse(R"([{"id": "1", "value": "rope"}])"));
    CHECK(
        result.pack->objects[1].json["entries"]["sword"]["groups"][0]["fields"]["words"]["value"] ==
        Json::parse(R"([{"id": "1", "value": "sharp"}, {"id": "2", "value": "old"}])"));
}

TEST_CASE("a check that is asked to stop gives neither a pack nor findings") {
    Findings findings;
    const PackFiles files = {{"szpack.json", "{"}};
    const auto stop = [](std::uint64_t, std::uint64_t, std::string_view) { return false; };
    CHECK_FALSE(check_pack(files, FakeFields(), {}, stop, findings));
    CHECK(findings.empty());
}

TEST_CASE("findings that were there before stay, and do not make the pack bad") {
    Findings findings = {{"SZ-SZP-001", Severity::error, "", "", 0, 0, "before", ""}};
    const PackFiles files = {{"objects/datasets/a.json", small_dataset("a")},
                             {"szpack.json", small_manifest}};
    CHECK(check_pack(files, FakeFields(), {}, {}, findings));
    CHECK(findings.size() == 1);
}

TEST_CASE("a value that was fine once is not asked about again") {
    std::string entries;
    for (int i = 0; i < 50; ++i) {
        const auto id = "e" + std::to_string(i);
        entries +=
            (i == 0 ? "" : ",") +
            ("\"" + id + "\": {\"id\": \"" + id + "\", \"name\": \"x\", \"topLevelFields\": " +
             R"({"a": {"type": "Boolean", "value": true}, "b": {"type": "Text", "value": "true"}}})");
    }
    const PackFiles files = {{"objects/datasets/a.json", small_dataset("a", "{" + entries + "}")},
                             {"szpack.json", small_manifest}};
    const FakeFields fields;
    Findings findings;
    CHECK(check_pack(files, fields, {}, {}, findings));
    CHECK(fields.normalized == 2);
}

TEST_CASE("what an entry defines is asked about with its value only") {
    const PackFiles files = {
        {"objects/datasets/a.json",
         small_dataset("a", R"({"x": {"id": "x", "name": "X", "topLevelFields": {"bag": {
"type": "List", "itemType": {"type": "Number", "min": 1, "defaultValue": 2}, "value": []}}}})")},
        {"szpack.json", small_manifest}};
    const FakeFields fields;
    Findings findings;
    CHECK(check_pack(files, fields, {}, {}, findings));
    CHECK(fields.normalized == 1);
}

TEST_CASE("unknown keys are kept and warned about; \"$schema\" is known everywhere") {
    const PackFiles files = {
        {"objects/datasets/a.json",
         R"({"$schema": "../../dataset.json", "id": "a", "name": "A", "szType": "dataset", "schemaVersion": "1.0.0",
  "entries": {"x": {"$schema": "y", "id": "x", "name": "X", "colour": "red",
    "topLevelFields": {"n": {"$schema": "z", "type": "Number", "value": 1, "min": 0, "mim": 2}}}}})"},
        {"szpack.json",
         R"({"$schema": "x", "id": "p", "name": "P", "version": "1.0.0", "autor": "me"})"}};
    const auto result = check(files);
    CHECK(result.places() == Strings{"SZ-PACK-016 objects/datasets/a.json:2:71",
                                     "SZ-PACK-016 objects/datasets/a.json:3:93",
                                     "SZ-PACK-016 szpack.json:1:71"});
    REQUIRE(result.pack);
    CHECK(result.findings[2].hint == "Did you mean “author”?");
    CHECK(result.findings[2].severity == Severity::warning);
    CHECK(result.pack->manifest["autor"] == "me");
    CHECK(result.pack->objects[0].json["entries"]["x"]["colour"] == "red");
}

TEST_CASE("the source document's own pack is accepted") {
    // A dependency that nobody has is a warning; pictures that the samples only mention are, too.
    const PackFiles files = {
        {"objects/datasets/core-items.json",
         R"({"id": "core-items", "name": "Core Items", "szType": "dataset",
  "description": "A collection of basic weapons and armor.", "icon": "core-items.png", "version": "1.0.0",
  "schemaVersion": "1.0.0"})"},
        {"szpack.json",
         R"({"id": "c9a3f9c8-8b8a-4f1f-9f3b-2d8c7f2c6c62", "name": "Example Pack", "version": "1.0.0",
  "createdAt": "2025-10-15T00:00:00Z", "sessionZeroVersion": "1.0.0",
  "dependencies": [{"id": "c2e6d0a4-2a8f-4a51-b36e-9f8f2c7b1d11", "name": "Core-Ruleset", "version": "1.2.0"}]})"}};
    const OtherPacks none{[](const std::string&) { return Strings{}; }, {}, {}};
    const auto result = check(files, none);
    CHECK(result.pack);
    CHECK(result.places() == Strings{"SZ-PACK-050 objects/datasets/core-items.json:2:70",
                                     "SZ-PACK-042 szpack.json:3:20"});
}

TEST_CASE("a file is as large as its limit and not larger") {
    const PackFile dataset{"objects/datasets/a.json", small_dataset("a")};
    PackFiles files = {dataset,
                       {"README.md", std::string(limits::pack_file_bytes_max, 'x')},
                       {"szpack.json", small_manifest}};
    CHECK(check(files).codes() == Strings{});
    files[1].content += 'x';
    CHECK(check(files).codes() == Strings{"SZ-PACK-061"});
}

TEST_CASE("a pack has as many files as its limit and not more") {
    PackFiles files = {{"objects/datasets/a.json", small_dataset("a")},
                       {"szpack.json", small_manifest}};
    while (files.size() < limits::pack_files_max)
        files.push_back({"media/images/" + std::to_string(files.size()) + ".svg", "<svg/>"});
    CHECK(check(files).codes() == Strings{});
    files.push_back({"media/images/last.svg", "<svg/>"});
    CHECK(check(files).codes() == Strings{"SZ-PACK-060"});
}

TEST_CASE("when there are too many findings the last one says so") {
    std::string entries;
    const auto count = limits::findings_max + 5;
    for (std::size_t i = 0; i < count; ++i)
        entries += (i == 0 ? "" : ",") + ("\"e" + std::to_string(i) + "\": {\"id\": \"e" +
                                          std::to_string(i) + "\", \"name\": \"x\", \"x\": 1}");
    const auto result = check({{"objects/datasets/a.json", small_dataset("a", "{" + entries + "}")},
                               {"szpack.json", small_manifest}});
    REQUIRE(result.findings.size() == limits::findings_max + 1);
    CHECK(result.findings.back().code == "SZ-PACK-099");
    CHECK(result.findings.back().message == "There are 5 more findings than are shown here.");
    CHECK(result.pack);
}
