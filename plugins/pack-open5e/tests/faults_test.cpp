// SPDX-License-Identifier: AGPL-3.0-or-later
#include "collected.hpp"
#include "tests/support/catch.hpp"

using namespace open5e::test;

namespace {

// The import of the folder "The Vale" with one more file, which is at fault.
Collected import_with(const std::string& name, const std::string& text) {
    Folder folder;
    folder.add(name, text);
    return import(folder.path());
}

}  // namespace

TEST_CASE(
    "a file that is no JSON is named with the line and column of the fault, and nothing is put") {
    const Collected got =
        import_with("Feat.json", "[\n {\"model\": \"api_v2.feat\",\n  \"pk\": oops}\n]");
    CHECK(got.status == SZ_ERR_INVALID);
    CHECK(got.files().empty());
    const auto findings = got.with_code("SZ-OPEN5E-002");
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].severity == SZ_SEVERITY_ERROR);
    CHECK(findings[0].file == "Feat.json");
    CHECK(findings[0].line == 3);
    CHECK(findings[0].column == 9);
    CHECK_THAT(findings[0].message, !ContainsSubstring("parse_error"));
}

TEST_CASE("a key that stands twice in one object is a fault") {
    const Collected got = import_with(
        "Feat.json",
        R"([{"model":"api_v2.feat","pk":"a","fields":{"name":"A","desc":"x","name":"B"}}])");
    CHECK(got.status == SZ_ERR_INVALID);
    REQUIRE(got.with_code("SZ-OPEN5E-003").size() == 1);
    CHECK(got.with_code("SZ-OPEN5E-003")[0].pointer == "/0/fields");
    CHECK_THAT(got.with_code("SZ-OPEN5E-003")[0].message, ContainsSubstring("\"name\""));
}

TEST_CASE("every fault of every file is reported in one run") {
    Folder folder;
    folder.add("Armor.json", "{}")
        .add("Feat.json", "[1, {\"model\":\"api_v2.feat\"}]")
        .add("Spell.json", "[")
        .add("Item.json", "");
    const Collected got = import(folder.path());
    CHECK(got.status == SZ_ERR_INVALID);
    const auto shapes = got.with_code("SZ-OPEN5E-005");
    REQUIRE(shapes.size() == 3);
    CHECK(shapes[0].file == "Armor.json");
    CHECK(shapes[1].pointer == "/0");
    CHECK(shapes[2].pointer == "/1");
    CHECK(shapes[2].column == 5);
    CHECK(got.with_code("SZ-OPEN5E-002").size() == 2);
}

TEST_CASE("JSON nested too deeply is refused, one level less is not") {
    // The array of records, the record and "fields" are three levels of the thirty-two.
    const auto nested = [](std::size_t levels) {
        return R"([{"model":"api_v2.feat","pk":"a","fields":{"name":"A","x":)" +
               std::string(levels, '[') + '1' + std::string(levels, ']') + "}}]";
    };
    CHECK(import_with("Feat.json", nested(29)).status == SZ_OK);
    const Collected got = import_with("Feat.json", nested(30));
    CHECK(got.status == SZ_ERR_INVALID);
    CHECK(got.with_code("SZ-OPEN5E-004").size() == 1);
}

TEST_CASE("a text of more than 1 MiB is refused") {
    const auto long_text = [](std::size_t bytes) {
        return R"([{"model":"api_v2.feat","pk":"a","fields":{"name":"A","desc":")" +
               std::string(bytes, 'x') + "\"}}]";
    };
    CHECK(import_with("Feat.json", long_text(1048576)).status == SZ_OK);
    const Collected got = import_with("Feat.json", long_text(1048577));
    CHECK(got.status == SZ_ERR_INVALID);
    CHECK(got.with_code("SZ-OPEN5E-004").size() == 1);
}

TEST_CASE("a part without its parent is left out, with what belongs to it, and both are counted") {
    const Collected got = import_with("CreatureAction.json", R"([
        {"model":"api_v2.creatureaction","pk":"vale_ox_gore","fields":{"parent":"vale_ox","name":"Gore"}},
        {"model":"api_v2.creatureactionattack","pk":"vale_ox_gore_horns","fields":{"parent":"vale_ox_gore","name":"Horns"}}])");
    CHECK(got.status == SZ_OK);
    const auto findings = got.with_code("SZ-OPEN5E-007");
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].severity == SZ_SEVERITY_WARNING);
    CHECK(findings[0].pointer == "/0/fields/parent");
    CHECK(findings[0].line == 2);
    CHECK(got.account == Json::parse(R"({"read":3,"written":1,"parts":0,"left_out":[
        {"what":"creatureaction in CreatureAction.json","why":"what they belong to is not in the folder","count":1},
        {"what":"creatureactionattack in CreatureAction.json","why":"what they belong to is not in the folder","count":1}]})"));
}

TEST_CASE(
    "a record that stands twice is left out when it says the same, and kept beside the first when "
    "it does not") {
    Folder folder;
    folder
        .add(
            "Service.json",
            R"([{"model":"api_v2.service","pk":"vale_bath","fields":{"name":"Bath","cost":"0.10","detail":"hot"}},
                                   {"model":"api_v2.service","pk":"vale_bed","fields":{"name":"Bed","cost":"1.00"}}])")
        .add("Services.json",
             R"([{"model":"api_v2.service","pk":"vale_bed","fields":{"cost":"1.00","name":"Bed"}},
                                  {"model":"api_v2.service","pk":"vale_bath","fields":{"name":"Bath","cost":"0.20"}}])");
    const Collected got = import(folder.path());
    REQUIRE(got.status == SZ_OK);
    CHECK(got.account == Json::parse(R"({"read":5,"written":3,"parts":1,"left_out":[
        {"what":"service in Services.json","why":"the same records stand in Service.json","count":1}]})"));
    REQUIRE(got.with_code("SZ-OPEN5E-008").size() == 1);
    CHECK(got.with_code("SZ-OPEN5E-008")[0].line == 2);
    const Json fields = got.entry("services", "bath")["topLevelFields"];
    CHECK(fields["cost"]["value"] == 0.1);
    CHECK(fields["otherVersions"]["value"] == Json::parse(R"([
        {"id":"1","cells":{"file":"Services.json","field":"cost","value":"0.20"}},
        {"id":"2","cells":{"file":"Services.json","field":"detail","value":"null"}}])"));
}

TEST_CASE("a value of the wrong type is kept as it is, with a warning") {
    const Collected got = import_with(
        "Feat.json", R"([{"model":"api_v2.feat","pk":"vale_a","fields":{"name":["A"],"desc":3}},
        {"model":"api_v2.item","pk":"vale_b","fields":{"name":"B","cost":"much","weapon":{"of":"choice"},"damage_resistances":"none"}}])");
    CHECK(got.status == SZ_OK);
    CHECK(got.with_code("SZ-OPEN5E-010").size() == 5);
    CHECK(got.entry("feats", "a")["name"] == "A");  // made from the pk
    CHECK(got.entry("feats", "a")["topLevelFields"]["name"] ==
          Json::parse(R"({"name":"Name","type":"List","value":["A"]})"));
    CHECK(got.entry("feats", "a")["topLevelFields"]["description"] ==
          Json::parse(R"({"name":"Description","type":"Number","value":3})"));
    CHECK(got.entry("items", "b")["topLevelFields"]["cost"] ==
          Json::parse(R"({"name":"Cost","type":"Text","value":"much"})"));
}

TEST_CASE("a name that is too long is cut and kept whole beside") {
    const std::string name(201, 'n');
    const Collected got =
        import_with("Feat.json",
                    R"([{"model":"api_v2.feat","pk":"vale_a","fields":{"name":")" + name + "\"}}]");
    CHECK(got.with_code("SZ-OPEN5E-016").size() == 1);
    CHECK(got.entry("feats", "a")["name"] == std::string(200, 'n'));
    CHECK(got.entry("feats", "a")["topLevelFields"]["fullName"]["value"] == name);
}

TEST_CASE("ids stay unique when keys differ only in what an id cannot hold") {
    const Collected got =
        import_with("Feat.json", R"([{"model":"api_v2.feat","pk":"a b","fields":{"name":"1"}},
        {"model":"api_v2.feat","pk":"A'B","fields":{"name":"2"}},{"model":"api_v2.feat","pk":"a,b","fields":{"name":"3"}}])");
    REQUIRE(got.status == SZ_OK);
    CHECK(got.entry("feats", "a-b")["name"] == "1");
    CHECK(got.entry("feats", "ab")["name"] == "2");
    CHECK(got.entry("feats", "a-b-2")["name"] == "3");
}

TEST_CASE("without the document's record the pack is named by its key, and a warning says so") {
    Folder folder;
    folder.remove("Document.json");
    folder.add(
        "Feat.json",
        R"([{"model":"api_v2.feat","pk":"low-road_a","fields":{"name":"A","document":"low-road"}}])");
    const Collected got = import(folder.path());
    REQUIRE(got.status == SZ_OK);
    CHECK(got.with_code("SZ-OPEN5E-006").size() == 1);
    const Json manifest = Json::parse(got.files().at("szpack.json"));
    CHECK(manifest["name"] == "Low Road");
    CHECK(manifest["license"] == "LicenseRef-unknown");
    CHECK_FALSE(manifest.contains("createdAt"));
    CHECK(got.entry("feats", "a")["name"] == "A");
}

TEST_CASE("a folder that is not there, or holds no fixtures, is said to be so") {
    Folder folder;
    CHECK(import(folder.path() / "nowhere").status == SZ_ERR_ENVIRONMENT);
    folder.remove("Document.json");
    folder.add("notes.txt", "hello");
    const Collected got = import(folder.path());
    CHECK(got.status == SZ_ERR_ENVIRONMENT);
    CHECK(got.with_code("SZ-OPEN5E-001").size() == 1);
    CHECK(got.with_code("SZ-OPEN5E-014").size() == 1);
}

TEST_CASE("a file of more than 64 MiB is not even read") {
    Folder folder;
    folder.add("Feat.json", "");
    std::filesystem::resize_file(folder.path() / "Feat.json", 64 * 1024 * 1024 + 1);
    const Collected got = import(folder.path());
    CHECK(got.status == SZ_ERR_LIMIT);
    REQUIRE(got.with_code("SZ-OPEN5E-004").size() == 1);
    std::filesystem::resize_file(folder.path() / "Feat.json", 64 * 1024 * 1024);
    CHECK(import(folder.path()).with_code("SZ-OPEN5E-002").size() ==
          1);  // read, and found to be no JSON
}

TEST_CASE("options that are not understood are refused before anything is read") {
    const Folder folder;
    for (const char* options :
         {"[]", "{\"version\":\"one\"}", "{\"verison\":\"1.0.0\"}", "{\"version\":1}"}) {
        const Collected got = import(folder.path(), options);
        CHECK(got.status == SZ_ERR_INVALID);
        CHECK(got.with_code("SZ-OPEN5E-013").size() == 1);
        CHECK(got.packs.empty());
    }
}

TEST_CASE("a cancelled import stops with that status, wherever it was") {
    Folder folder;
    folder.add("Feat.json", R"([{"model":"api_v2.feat","pk":"vale_a","fields":{"name":"A"}}])");
    for (std::uint64_t reports = 0; reports < 4; ++reports) {
        const Collected got = import(folder.path(), "{}", {reports, 100});
        CHECK(got.status == SZ_ERR_CANCELLED);
        CHECK(got.account.is_null());
    }
}

TEST_CASE("what the kernel says when it takes no more is handed on") {
    const Folder folder;
    CHECK(import(folder.path(), "{}", {100, 0}).status == SZ_ERR_LIMIT);
    CHECK(import(folder.path(), "{}", {100, 1}).status == SZ_ERR_LIMIT);
}
