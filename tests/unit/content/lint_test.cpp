// SPDX-License-Identifier: AGPL-3.0-or-later
// A pack in good order, made wrong in one respect at a time.
#include "kernel/content/tools/lint.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"
#include "tests/unit/content/fake_fields.hpp"

using namespace sz;
using namespace sz::test;

namespace lint_test {

namespace {

const std::string things = "objects/datasets/things.json";
const std::string hero = "objects/character-templates/hero.json";
const std::string emblem = "media/images/emblem.png";
const std::string png = "\x89PNG\r\n\x1a\n";

// The header of a PNG of that size.
std::string png_of(std::uint32_t width, std::uint32_t height) {
    std::string bytes = png + std::string("\0\0\0\x0dIHDR", 8);
    for (const auto side : {width, height}) {
        for (const unsigned shift : {24U, 16U, 8U, 0U})
            bytes += static_cast<char>(side >> shift & 0xFFU);
    }
    return bytes + std::string("\x08\x06\0\0\0\0\0\0\0", 9);
}

// Its JSON files can be changed before it is looked at.
struct Pack {
    std::map<std::string, Json> json{
        {"szpack.json", Json::parse(R"({"id": "org.example.pack", "name": "Example",
            "version": "1.0.0", "author": "Mira", "license": "CC-BY-4.0",
            "description": "Things for heroes.", "icon": "emblem.png"})")},
        {things, Json::parse(R"({"id": "things", "name": "Things", "szType": "dataset",
            "description": "What there is.", "schemaVersion": "1.0.0", "version": "1.0.0",
            "entries": {
              "sword": {"id": "sword", "name": "Sword", "description": "It cuts.",
                "topLevelFields": {"damage": {"type": "Number", "value": 3},
                                   "motto": {"type": "Text", "value": "I cut."}}},
              "bow": {"id": "bow", "name": "Bow", "description": "It does not cut.",
                "topLevelFields": {"damage": {"type": "Number", "value": 2},
                                   "motto": {"type": "Text", "value": ""}}}}})")},
        {hero, Json::parse(R"({"id": "hero", "name": "Hero", "szType": "character-template",
            "description": "Somebody.", "schemaVersion": "1.0.0", "version": "1.0.0",
            "sections": [{"id": "core", "name": "Core", "groups": [
              {"id": "main", "name": "Main", "fields": [
                {"id": "might", "name": "Might", "type": "Number", "min": 0, "max": 9,
                 "help": "How strong."},
                {"id": "wits", "name": "Wits", "type": "Number"},
                {"id": "look", "name": "Look", "type": "Text"},
                {"id": "tool", "name": "Tool", "type": "DatasetLink", "datasetLink":
                  {"datapackId": "org.example.pack", "datasetId": "things", "version": "1.0.0"}}
              ]}]}]})")},
    };
    std::map<std::string, std::string> images{{emblem, png}};
    std::string licence_of_others = "CC-BY-4.0";

    Json& manifest() { return json["szpack.json"]; }
    Json& entry(const char* id) { return json[things]["entries"][id]; }
    Json& field(std::size_t i) { return json[hero]["sections"][0]["groups"][0]["fields"][i]; }

    // Needs another pack, and links into it.
    Pack& with_dependency() {
        manifest()["dependencies"] =
            Json::array({{{"id", "org.other"}, {"name", "Other"}, {"version", "^1.0.0"}}});
        field(3)["datasetLink"]["datapackId"] = "org.other";
        field(3)["datasetLink"]["version"] = "^1.0.0";
        return *this;
    }
};

struct Advice {
    std::vector<std::string> places;  // "SZ-LINT-001 szpack.json/license"
    Findings findings;
    std::vector<std::string> codes() const {
        std::vector<std::string> all;
        for (const auto& one : findings) all.push_back(one.code);
        return all;
    }
};

Advice look(const Pack& pack) {
    PackFiles files;
    for (const auto& [path, json] : pack.json) files.push_back({path, json.dump(1)});
    for (const auto& [path, bytes] : pack.images) files.push_back({path, bytes});
    std::sort(files.begin(), files.end(), [](auto& a, auto& b) { return a.path < b.path; });
    OtherPacks others;
    others.versions = [](const std::string& id) {
        return id == "org.other" ? std::vector<std::string>{"0.9.0", "1.2.0"}
                                 : std::vector<std::string>{};
    };
    const tools::PackTitles titles = [&](const std::string&, const std::string& version) {
        return tools::PackTitle{"Other", version == "1.2.0" ? pack.licence_of_others : "other"};
    };
    Findings faults;
    const auto checked = check_pack(files, FakeFields(), others, {}, faults);
    for (const auto& fault : faults) UNSCOPED_INFO(fault.file << fault.pointer << fault.message);
    REQUIRE(checked);
    Advice advice;
    const FakeFields fields;
    REQUIRE(tools::lint({files, *checked, fields, others, titles}, {}, advice.findings));
    for (const auto& one : advice.findings)
        advice.places.push_back(one.code + " " + one.file + one.pointer);
    return advice;
}

using Places = std::vector<std::string>;

}  // namespace

TEST_CASE("a pack in good order gets no advice") {
    CHECK(look(Pack{}).places == Places{});
    CHECK(look(Pack{}.with_dependency()).places == Places{});
}

TEST_CASE("each rule advises on its one fault, and at its place") {
    struct Case {
        const char* what;
        void (*spoil)(Pack&);
        Places places;
    };
    const std::string in_things = things + "/entries/";
    const std::string fields = hero + "/sections/0/groups/0/fields/";
    const Case cases[] = {
        {"no licence", [](Pack& p) { p.manifest().erase("license"); }, {"SZ-LINT-001 szpack.json"}},
        {"a licence of spaces",
         [](Pack& p) { p.manifest()["license"] = "  "; },
         {"SZ-LINT-001 szpack.json", "SZ-LINT-005 szpack.json/license"}},
        {"no author", [](Pack& p) { p.manifest().erase("author"); }, {"SZ-LINT-002 szpack.json"}},
        {"no description",
         [](Pack& p) { p.manifest().erase("description"); },
         {"SZ-LINT-003 szpack.json"}},
        {"the description of a new pack",
         [](Pack& p) { p.manifest()["description"] = "Say here what the pack is about."; },
         {"SZ-LINT-003 szpack.json/description"}},
        {"a dependency without links",
         [](Pack& p) {
             p.with_dependency();
             p.field(3)["datasetLink"]["datapackId"] = "org.example.pack";
             p.field(3)["datasetLink"]["version"] = "1.0.0";
         },
         {"SZ-LINT-004 szpack.json/dependencies/0"}},
        {"an unknown licence",
         [](Pack& p) { p.manifest()["license"] = "House Rules 7"; },
         {"SZ-LINT-005 szpack.json/license"}},
        {"licences that do not go together",
         [](Pack& p) { p.with_dependency().licence_of_others = "CC-BY-NC-4.0"; },
         {"SZ-LINT-006 szpack.json/dependencies/0"}},
        {"a licence that nobody knows",
         [](Pack& p) { p.with_dependency().licence_of_others = "Home Brew"; },
         {"SZ-LINT-007 szpack.json/dependencies/0"}},
        {"no licence at the other",
         [](Pack& p) { p.with_dependency().licence_of_others = ""; },
         {"SZ-LINT-007 szpack.json/dependencies/0"}},
        {"a dataset without a description",
         [](Pack& p) { p.json[things].erase("description"); },
         {"SZ-LINT-010 " + things}},
        {"a template without help",
         [](Pack& p) { p.field(0).erase("help"); },
         {"SZ-LINT-011 " + hero + "/sections"}},
        {"an empty dataset, and a field that chooses from it",
         [](Pack& p) { p.json[things]["entries"] = Json::object(); },
         {"SZ-LINT-034 " + fields + "3/datasetLink", "SZ-LINT-012 " + things}},
        {"an unusual id",
         [](Pack& p) {
             auto& entries = p.json[things]["entries"];
             entries["Great_Axe"] = {{"id", "Great_Axe"}, {"name", "Axe"}, {"description", "!"}};
         },
         {"SZ-LINT-013 " + in_things + "Great_Axe"}},
        {"an unusual id of a field",
         [](Pack& p) {
             p.entry("sword")["topLevelFields"]["Heal Amount"] = {{"type", "Number"}, {"value", 1}};
         },
         {"SZ-LINT-014 " + in_things + "sword/topLevelFields/Heal Amount"}},
        {"ids that differ in case only",
         [](Pack& p) {
             p.entry("bow")["topLevelFields"]["dAmage"] = {{"type", "Number"}, {"value", 1}};
         },
         {"SZ-LINT-015 " + in_things + "bow/topLevelFields/damage"}},
        {"a name without letters", [](Pack& p) { p.entry("bow")["name"] = "…?!"; }, {}},
        {"a name of signs",
         [](Pack& p) { p.entry("bow")["name"] = "?!"; },
         {"SZ-LINT-020 " + in_things + "bow/name"}},
        {"two entries of one name",
         [](Pack& p) { p.entry("sword")["name"] = "BOW"; },
         {"SZ-LINT-021 " + in_things + "sword/name"}},
        {"two entries that say the same",
         [](Pack& p) {
             p.entry("sling") = p.entry("bow");
             p.entry("sling")["id"] = "sling";
             p.entry("sling")["name"] = "Sling";
         },
         {"SZ-LINT-022 " + in_things + "sling"}},
        {"an entry that says nothing",
         [](Pack& p) {
             p.entry("stick") = {{"id", "stick"}, {"name", "Stick"}};
         },
         {"SZ-LINT-023 " + in_things + "stick"}},
        {"the one entry without a description",
         [](Pack& p) { p.entry("bow").erase("description"); },
         {"SZ-LINT-024 " + things + "/entries"}},
        {"a field that no entry fills",
         [](Pack& p) { p.entry("sword")["topLevelFields"]["motto"]["value"] = ""; },
         {"SZ-LINT-025 " + in_things + "bow/topLevelFields/motto"}},
        {"a default inside an entry's list that does not fit",
         [](Pack& p) {
             const Json item{{"type", "Number"}, {"min", 1}, {"defaultValue", 0}};
             p.entry("bow")["topLevelFields"]["pulls"] = {
                 {"type", "List"}, {"itemType", item}, {"value", Json::array({"1"})}};
         },
         {"SZ-LINT-030 " + in_things + "bow/topLevelFields/pulls/itemType/defaultValue"}},
        {"limits that leave one value",
         [](Pack& p) { p.field(0)["max"] = 0; },
         {"SZ-LINT-031 " + fields + "0"}},
        {"a choice of one",
         [](Pack& p) {
             p.field(2)["type"] = "Select";
             p.field(2)["options"] = {"tall"};
         },
         {"SZ-LINT-031 " + fields + "2"}},
        {"white space behind a name",
         [](Pack& p) { p.entry("bow")["name"] = "Bow "; },
         {"SZ-LINT-033 " + in_things + "bow/name"}},
        {"white space before a help",
         [](Pack& p) { p.field(0)["help"] = "\tHow strong."; },
         {"SZ-LINT-033 " + fields + "0/help"}},
        {"a link that nobody can follow",
         [](Pack& p) {
             p.entry("bow")["description"] =
                 "See [swords](../sword.md), [here](https://a.example).";
         },
         {"SZ-LINT-035 " + in_things + "bow/description"}},
        {"an image that nothing shows",
         [](Pack& p) { p.images["media/images/x.png"] = png + "x"; },
         {"SZ-LINT-040 media/images/x.png"}},
        {"an image in a field is shown",
         [](Pack& p) {
             p.images["media/images/x.png"] = png + "x";
             p.entry("bow")["topLevelFields"]["map"] = {{"type", "Image"}, {"value", "x.png"}};
         },
         {}},
        {"the same image twice",
         [](Pack& p) {
             p.images["media/images/bow.png"] = png;
             p.entry("bow")["icon"] = "bow.png";
         },
         {"SZ-LINT-043 media/images/emblem.png"}},
    };
    for (const auto& one : cases) {
        INFO(one.what);
        Pack pack;
        one.spoil(pack);
        CHECK(look(pack).places == one.places);
    }
}

TEST_CASE("what is advised begins one past its measure") {
    const auto with_motto = [](std::size_t characters) {
        Pack pack;
        std::string text;
        for (std::size_t i = 0; i < characters; ++i) text += "é";
        pack.entry("sword")["topLevelFields"]["motto"]["value"] = text;
        return look(pack).codes();
    };
    CHECK(with_motto(200).empty());
    CHECK(with_motto(201) == Places{"SZ-LINT-032"});

    const auto with_image = [](std::string bytes) {
        Pack pack;
        pack.images[emblem] = std::move(bytes);
        return look(pack).codes();
    };
    CHECK(with_image(png + std::string(1024 * 1024 - png.size(), 'x')).empty());
    CHECK(with_image(png + std::string(1024 * 1024 - png.size() + 1, 'x')) ==
          Places{"SZ-LINT-041"});
    CHECK(with_image(png_of(2048, 2048)).empty());
    CHECK(with_image(png_of(2049, 1)) == Places{"SZ-LINT-042"});
    CHECK(with_image(png_of(1, 2049)) == Places{"SZ-LINT-042"});
}

TEST_CASE("a thousand times the same advice is given ten times, and counted") {
    Pack pack;
    for (int i = 0; i < 25; ++i) {
        const auto id = "thing-" + std::to_string(i);
        pack.entry(id.c_str()) = {{"id", id}, {"name", "Thing " + std::to_string(i)}};
    }
    const auto advice = look(pack);
    REQUIRE(advice.findings.size() == 11);
    CHECK(advice.codes() == Places(11, "SZ-LINT-023"));
    CHECK(advice.findings.back().message == "The same is true of 15 more places of this file.");
    CHECK(advice.findings.front().line > 1);
}

TEST_CASE("ids of small letters and digits, with signs between them, are usual") {
    for (const auto& [id, is_usual] :
         std::vector<std::pair<std::string, bool>>{{"great-axe", true},
                                                   {"srd-5.2_axe", true},
                                                   {"9-lives", true},
                                                   {"Axe", false},
                                                   {"axe-", false},
                                                   {"-axe", false},
                                                   {"great--axe", false}}) {
        INFO(id);
        Pack pack;
        pack.entry(id.c_str()) = {{"id", id}, {"name", "An axe"}, {"description", "Sharp."}};
        CHECK(look(pack).codes() == (is_usual ? Places{} : Places{"SZ-LINT-013"}));
    }
}

TEST_CASE("advice stops when it is asked to") {
    Pack pack;
    PackFiles files;
    for (const auto& [path, json] : pack.json) files.push_back({path, json.dump()});
    Findings findings;
    const FakeFields fields;
    const auto checked = check_pack(files, fields, {}, {}, findings);
    REQUIRE(checked);
    findings.clear();
    const auto stop = [](std::uint64_t done, auto, auto) { return done < 3; };
    CHECK_FALSE(tools::lint({files, *checked, fields, {}, {}}, stop, findings));
}

TEST_CASE("rules have codes of their own, in order") {
    const auto rules = tools::lint_rules();
    for (std::size_t i = 1; i < rules.size(); ++i)
        CHECK(std::string(rules[i - 1].code) < rules[i].code);
}

}  // namespace lint_test
