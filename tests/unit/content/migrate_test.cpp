// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/migrate.hpp"

#include <nlohmann/json.hpp>

#include "kernel/base/limits.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/content/fake_fields.hpp"

using namespace sz;
using namespace sz::test;

namespace migrate_test {

namespace {

using Texts = std::vector<std::string>;

const std::string things = "objects/datasets/things.json";
const std::string hero = "objects/character-templates/hero.json";
const PackFile manifest{"szpack.json",
                        R"({"id": "org.example", "name": "Example", "version": "1.2.0",
 "dependencies": [{"id": "org.other", "version": "^2.0.0"}]})"};

struct Planned {
    tools::Migration migration;
    Findings findings;

    // "objects/… /pointer: before → after"
    [[nodiscard]] Texts changes() const {
        Texts all;
        for (const auto& one : migration.changes)
            all.push_back(one.pointer + ": " + one.before.dump() + " → " + one.after.dump());
        return all;
    }
    [[nodiscard]] Texts codes() const {
        Texts all;
        for (const auto& one : findings) all.push_back(one.code);
        return all;
    }
    [[nodiscard]] std::string after(const std::string& path) const {
        for (const auto& file : migration.files) {
            if (file.path == path) return file.after;
        }
        return "untouched";
    }
};

Planned plan(const PackFiles& files) {
    Planned planned;
    planned.migration = tools::plan_migration(files, planned.findings);
    return planned;
}

}  // namespace

TEST_CASE("a pack of the current schemas is left as it is") {
    const auto planned = plan({{things, R"({"id": "things", "name": "T", "szType": "dataset",
                          "schemaVersion": "1.0.0", "Name": "a key of its own"})"},
                               manifest});
    CHECK(planned.migration.files.empty());
    CHECK(planned.migration.changes.empty());
    CHECK(planned.findings.empty());
}

TEST_CASE("a draft in the spelling of the C# models becomes a sound pack") {
    const PackFiles draft{
        {things, R"({
  "Id": "things",
  "SzType": "dataset",
  "Name": "Things",
  "Mine": { "Id": "kept" },
  "Entries": {
    "Name": { "Id": "Name", "Name": "An entry called Name",
      "TopLevelFields": { "Value": { "Type": "Number", "Value": 1 } },
      "Groups": [ { "Id": "g", "Name": "G", "Fields": { "Type": { "Type": "Text", "Value": "x" } } } ] }
  }
}
)"},
        {hero,
         R"({"Id": "hero", "SzType": "character-template", "Name": "Hero", "Sections": [{"Id": "s", "Name": "S",
 "Groups": [{"Id": "g", "Name": "G", "Fields": [{"Id": "f", "Name": "F", "Type": "Number", "DefaultValue": 1}]}]}]})"},
        {"szpack.json", R"({"Id": "org.example", "Name": "Example", "Version": "1.0"})"}};
    const auto planned = plan(draft);
    CHECK(planned.findings.empty());
    CHECK(planned.after(things) == R"({
  "id": "things",
  "schemaVersion": "1.0.0",
  "szType": "dataset",
  "name": "Things",
  "Mine": { "Id": "kept" },
  "entries": {
    "Name": { "id": "Name", "name": "An entry called Name",
      "topLevelFields": { "Value": { "type": "Number", "value": 1 } },
      "groups": [ { "id": "g", "name": "G", "fields": { "Type": { "type": "Text", "value": "x" } } } ] }
  }
}
)");
    CHECK(planned.after("szpack.json") ==
          R"({"id": "org.example", "name": "Example", "version": "1.0.0"})");

    PackFiles migrated;
    for (const auto& file : draft) migrated.push_back({file.path, planned.after(file.path)});
    Findings faults;
    CHECK(check_pack(migrated, FakeFields(), {}, {}, faults));
    CHECK_FALSE(has_error(faults));
    // What is done is done: a second run finds nothing.
    CHECK(plan(migrated).migration.changes.empty());
}

TEST_CASE("what the rest of the pack tells is written down") {
    const auto planned = plan(
        {{hero,
          R"({"name": "Hero", "sections": [{"id": "s", "name": "S", "groups": [{"id": "g", "name": "G",
 "fields": [{"id": "own", "type": "List", "datasetLink": {"datapackId": "org.example", "datasetId": "things"}},
            {"id": "far", "type": "List", "datasetLink": {"datapackId": "org.other", "datasetId": "x"}},
            {"id": "new", "type": "List", "datasetLink": {"datapackId": "org.new", "datasetId": "x"}}]}]}]})"},
         {things, R"({"id": "things", "szType": "dataset", "name": "T", "version": 1.5,
 "entries": {"a": {"name": "A"}}})"},
         manifest});
    const std::string fields = "/sections/0/groups/0/fields/";
    CHECK(planned.changes() ==
          Texts{"/id: null → \"hero\"", "/szType: null → \"character-template\"",
                fields + "0/datasetLink/version: null → \"1.2.0\"",
                fields + "1/datasetLink/version: null → \"^2.0.0\"",
                "/schemaVersion: null → \"1.0.0\"", "/version: 1.5 → \"1.5.0\"",
                "/entries/a/id: null → \"a\"", "/schemaVersion: null → \"1.0.0\""});
    CHECK(
        planned.after(things) ==
        R"({"id": "things", "szType": "dataset", "name": "T", "version": "1.5.0", "schemaVersion": "1.0.0",
 "entries": {"a": {"id": "a", "name": "A"}}})");
    CHECK(planned.after("szpack.json") == "untouched");
}

TEST_CASE("versions below 1.0.0, and shorter ways to write it, become 1.0.0") {
    const auto migrated = [](const char* version) {
        const auto text =
            std::string(R"({"id": "t", "szType": "dataset", "schemaVersion": )") + version + "}";
        return plan({{"objects/datasets/t.json", text}, manifest}).after("objects/datasets/t.json");
    };
    const std::string current = R"({"id": "t", "szType": "dataset", "schemaVersion": "1.0.0"})";
    for (const char* version :
         {"\"0.9.0\"", "\"0.1\"", "1", "1.0", "\"1\"", "\"1.0\"", "\"draft\""}) {
        INFO(version);
        CHECK(migrated(version) == current);
    }
    CHECK(migrated("\"1.0.0\"") == "untouched");
}

TEST_CASE("a file of newer schemas stops everything, a newer minor version only itself") {
    const PackFile old_one{"objects/datasets/a.json", R"({"id": "a", "szType": "dataset"})"};
    const auto newer = plan({old_one, {things, R"({"schemaVersion": "2.0.0"})"}, manifest});
    CHECK(newer.codes() == Texts{"SZ-MIGRATE-001"});
    CHECK(newer.findings[0].message ==
          "The file follows version 2.0.0 of the schemas; this program knows 1.0.0 and cannot take "
          "a file back.");
    CHECK(newer.migration.files.empty());
    CHECK(newer.migration.changes.empty());

    const auto minor = plan({old_one, {things, R"({"schemaVersion": "1.1.0"})"}, manifest});
    CHECK(minor.codes() == Texts{"SZ-MIGRATE-003"});
    CHECK(minor.migration.files.size() == 1);
    CHECK(minor.after(things) == "untouched");
}

TEST_CASE("what cannot be read is named, and nothing is changed") {
    const PackFile old_one{"objects/datasets/a.json", R"({"id": "a"})"};
    CHECK(plan({old_one, {things, "{\"a\": 1,}"}, manifest}).codes() == Texts{"SZ-MIGRATE-002"});
    CHECK(plan({old_one, {things, "[]"}, manifest}).codes() == Texts{"SZ-MIGRATE-002"});
    CHECK(plan({old_one, {things, R"({"id": 1, "id": 2})"}, manifest}).codes() ==
          Texts{"SZ-MIGRATE-002"});
    CHECK(plan({old_one}).codes() == Texts{"SZ-MIGRATE-004"});
    CHECK(plan({old_one, {things, "{"}, manifest}).migration.files.empty());
    CHECK(
        plan({old_one, {"objects/notes.json", "{"}, {"README.md", "#"}, manifest}).codes().empty());
}

TEST_CASE("a key that is there in both spellings is left to its author") {
    const auto planned =
        plan({{things, R"({"id": "things", "Id": "other", "szType": "dataset"})"}, manifest});
    CHECK(planned.after(things) ==
          R"({"id": "things", "schemaVersion": "1.0.0", "Id": "other", "szType": "dataset"})");
}

TEST_CASE("past fifty thousand changes they are made and counted") {
    const auto entries = [](std::size_t count) {
        std::string text =
            R"({"id": "things", "szType": "dataset", "schemaVersion": "0.1.0", "entries": {)";
        for (std::size_t i = 0; i < count; ++i)
            text += (i == 0 ? "\"e" : ",\"e") + std::to_string(i) + "\":{}";
        return plan({{things, text + "}}"}, manifest});
    };
    // One change more is that of the version.
    CHECK(entries(limits::changes_listed_max - 1).migration.left_out == 0);
    const auto past = entries(limits::changes_listed_max);
    CHECK(past.migration.left_out == 1);
    CHECK(past.migration.changes.size() == limits::changes_listed_max);
    CHECK(past.after(things).ends_with("\"e49999\":{\"id\": \"e49999\"}}}"));
}

TEST_CASE("the steps lead from one to the next, to the current version") {
    const auto steps = tools::migration_steps();
    REQUIRE_FALSE(steps.empty());
    for (std::size_t i = 1; i < steps.size(); ++i)
        CHECK(std::string(steps[i - 1].to) == steps[i].from);
    CHECK(std::string(steps.back().to) == tools::current_schema_version);
}

}  // namespace migrate_test
