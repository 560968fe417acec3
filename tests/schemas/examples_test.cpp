// SPDX-License-Identifier: AGPL-3.0-or-later
// Every example: the valid ones are accepted, the invalid ones have exactly the fault that their
// name tells.
#include "tests/schemas/examples.hpp"

#include "kernel/content/pack_schemas.hpp"
#include "kernel/content/schema_valijson.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/content/check.hpp"

using namespace sz;
using namespace sz::test;

namespace {

const std::string things =
    R"({"id": "things", "name": "Things", "szType": "dataset", "schemaVersion": "1.0.0", "version": "1.0.0",
  "entries": {"rope": {"id": "rope", "name": "Rope"}}})";
const std::string hero =
    R"({"id": "hero", "name": "Hero", "szType": "character-template", "schemaVersion": "1.0.0", "sections": []})";

// What the translations of the examples are for.
const Json translated_arms = R"({
    "id": "arms", "name": "Arms", "description": "What cuts.", "entries": {
    "sword": {"id": "sword", "name": "Sword", "topLevelFields": {
        "damage": {"type": "Number", "name": "Damage", "unit": "points", "value": 10},
        "kind": {"type": "Select", "name": "Kind", "options": ["long", {"id": "short", "name": "Short"}],
                 "value": "long"},
        "names": {"type": "List", "name": "Names", "value": [{"id": "1", "value": "Biter"},
                                            {"id": "2", "value": "Gleam"}]}}}}})"_json;

// Texts of a pack that is installed.
Checked of_a_translation(const Example& example) {
    OtherPacks others;
    others.versions = [](const std::string&) { return std::vector<std::string>{"1.2.0"}; };
    others.objects = [](const std::string&, const std::string&) {
        return std::vector<PackObject>{
            {"objects/datasets/arms.json", "dataset", "arms", translated_arms}};
    };
    const auto json = Json::parse(example.text, nullptr, false);
    return check({{"objects/translations/" + json.value("id", "") + ".json", example.text},
                  {"szpack.json", R"({"id": "org.example.de", "name": "Deutsch",
                       "version": "1.0.0", "packType": "translation", "language": "de",
                       "translates": "org.example.arms",
                       "dependencies": [{"id": "org.example.arms", "version": "^1.0.0"}]})"}},
                 others);
}

// The example in a pack that is good but for it.
Checked in_a_pack(const Example& example) {
    if (example.kind == "translation") return of_a_translation(example);
    PackFiles files = {
        {"objects/character-templates/hero.json", hero},
        {"objects/datasets/things.json", things},
        {"szpack.json", R"({"id": "org.example.pack", "name": "Example", "version": "1.0.0"})"}};
    const auto json = Json::parse(example.text, nullptr, false);
    const auto id = json.is_object() ? json.value("id", "") : "";
    auto path = "objects/" + example.kind + "s/" + id + ".json";
    if (example.kind == "szpack") path = "szpack.json";
    files.erase(std::remove_if(files.begin(), files.end(),
                               [&](const PackFile& file) { return file.path == path; }),
                files.end());
    files.push_back({path, example.text});
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return check(files);
}

}  // namespace

TEST_CASE("every valid example fits its schema") {
    const auto all = examples("valid");
    CHECK(all.size() >= 11);
    for (const auto& example : all) {
        INFO(example.kind << "/" << example.name);
        const auto value = parse_json(example.text);
        REQUIRE(value);
        bool has_unknown = false;
        CHECK(pack_schema(example.kind).faults(*value, has_unknown).empty());
        CHECK(pack_schema(example.kind).unknown_keys(*value).empty());
        const auto valijson =
            ValijsonSchema::compile(*schema_document(example.kind + ".json"), schema_document);
        REQUIRE(valijson);
        CHECK((*valijson)->check(*value).empty());
    }
}

TEST_CASE("every invalid example is found out, by its code and by nothing else") {
    const auto all = examples("invalid");
    CHECK(all.size() >= 50);
    for (const auto& example : all) {
        INFO(example.kind << "/" << example.name);
        const auto result = in_a_pack(example);
        REQUIRE(result.findings.size() == 1);
        INFO(result.findings[0].message);
        CHECK(result.findings[0].code == example.code());
        CHECK(result.findings[0].line > 0);
        CHECK_FALSE(result.findings[0].message.empty());
        CHECK_FALSE(result.findings[0].hint.empty());
        CHECK(result.pack.has_value() == (result.findings[0].severity == Severity::warning));
    }
}

TEST_CASE("the samples of the design document make a pack without errors") {
    PackFiles files;
    for (const auto& example : examples("valid")) {
        if (example.name == "example-pack") files.push_back({"szpack.json", example.text});
        if (example.name == "core-items")
            files.push_back({"objects/datasets/core-items.json", example.text});
        if (example.name == "default-character")
            files.push_back({"objects/character-templates/default-character.json", example.text});
        if (example.name == "basic-session")
            files.push_back({"objects/session-templates/basic-session.json", example.text});
    }
    REQUIRE(files.size() == 4);
    const auto result = check(files);
    REQUIRE(result.pack);
    CHECK(result.pack->entries == 2);
    // The document shows no pictures; that is all there is to say.
    CHECK(result.findings.size() == 4);
    for (const auto& finding : result.findings) CHECK(finding.code == "SZ-PACK-050");
}
