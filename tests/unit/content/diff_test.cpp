// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/diff.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "kernel/base/limits.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/content/fake_fields.hpp"

using namespace sz;
using namespace sz::test;
using tools::next_version;
using tools::Weight;

namespace diff_test {

namespace {

using Texts = std::vector<std::string>;

const std::string things = "objects/datasets/things.json";
const std::string hero = "objects/character-templates/hero.json";

struct Pack {
    std::map<std::string, Json> json{
        {"szpack.json", Json::parse(R"({"id": "org.example.pack", "name": "Example",
            "version": "1.4.2", "license": "CC0-1.0"})")},
        {things, Json::parse(R"({"id": "things", "name": "Things", "szType": "dataset",
            "schemaVersion": "1.0.0", "entries": {
              "sword": {"id": "sword", "name": "Sword", "description": "It cuts.",
                "topLevelFields": {"damage": {"type": "Number", "value": 3, "max": 9},
                                   "motto": {"type": "Text", "value": "I cut."}},
                "groups": [{"id": "stats", "name": "Stats", "fields": {
                  "rarity": {"type": "Text", "value": "Common"}}}]},
              "bow": {"id": "bow", "name": "Bow", "description": "It does not cut."}}})")},
        {hero, Json::parse(R"({"id": "hero", "name": "Hero", "szType": "character-template",
            "schemaVersion": "1.0.0",
            "sections": [{"id": "core", "name": "Core", "groups": [
              {"id": "main", "name": "Main", "fields": [
                {"id": "might", "name": "Might", "type": "Number", "min": 0, "max": 9},
                {"id": "kind", "name": "Kind", "type": "Select", "options": ["elf", "orc"]},
                {"id": "tool", "name": "Tool", "type": "DatasetLink", "datasetLink":
                  {"datapackId": "org.example.pack", "datasetId": "things", "version": "*"}}
              ]}]}]})")},
    };
    std::map<std::string, std::string> others{{"media/images/a.svg", "<svg/>"}};

    Json& entry(const char* id) { return json[things]["entries"][id]; }
    Json& group() { return json[hero]["sections"][0]["groups"][0]; }
    Json& field(std::size_t i) { return group()["fields"][i]; }
    void version(const char* text) { json["szpack.json"]["version"] = text; }
};

struct Difference {
    Json json;
    Findings findings;

    // "changed entry things/sword/:name patch"
    [[nodiscard]] Texts changes() const {
        Texts all;
        for (const auto& one : json.at("changes")) {
            std::string text = string_or(one, "change") + " " + string_or(one, "what");
            for (const char* key : {"object", "entry", "path"}) {
                const auto part = string_or(one, key);
                if (!part.empty()) text += " " + part;
            }
            const auto key = string_or(one, "key");
            all.push_back(text + (key.empty() ? " " : ":" + key + " ") + string_or(one, "weight"));
        }
        return all;
    }
    [[nodiscard]] Texts codes() const {
        Texts all;
        for (const auto& one : findings) all.push_back(one.code);
        return all;
    }
};

ExaminedPack examined(const PackFiles& files) {
    Findings faults;
    auto pack = examine_pack(files, FakeFields(), {}, {}, faults);
    for (const auto& fault : faults) UNSCOPED_INFO(fault.file << fault.pointer << fault.message);
    REQUIRE(pack);
    REQUIRE(pack->is_sound);
    return std::move(*pack);
}

PackFiles files_of(const Pack& pack) {
    PackFiles files;
    for (const auto& [path, json] : pack.json) files.push_back({path, json.dump()});
    for (const auto& [path, bytes] : pack.others) files.push_back({path, bytes});
    return files;
}

Difference between(const Pack& before, const Pack& after) {
    const auto old_files = files_of(before);
    const auto new_files = files_of(after);
    const auto old_pack = examined(old_files);
    const auto new_pack = examined(new_files);
    Difference difference;
    difference.json = tools::diff_packs({old_pack.pack, old_files}, {new_pack.pack, new_files},
                                        difference.findings);
    return difference;
}

}  // namespace

TEST_CASE("a pack does not differ from itself") {
    const auto same = between({}, {});
    CHECK(same.changes().empty());
    CHECK(same.findings.empty());
    CHECK(same.json.at("advice") ==
          Json{{"part", "none"}, {"version", "1.4.2"}, {"is_enough", true}});
    CHECK(same.json.at("counts") ==
          Json{{"added", 0}, {"changed", 0}, {"removed", 0}, {"renamed", 0}});
}

TEST_CASE("each change is told with its place and what it weighs") {
    struct Case {
        void (*change)(Pack&);
        Texts expected;
    };
    const std::string f = "core.main.";
    const Case cases[] = {
        {[](Pack& p) { p.json["szpack.json"]["description"] = "!"; },
         {"changed manifest:description patch"}},
        {[](Pack& p) { p.json["szpack.json"]["license"] = "MIT"; },
         {"changed manifest:license minor"}},
        {[](Pack& p) {
             p.json["szpack.json"]["dependencies"] =
                 Json::array({{{"id", "org.b"}, {"version", "1.0.0"}}});
         },
         {"added dependency org.b minor"}},
        {[](Pack& p) { p.json.erase(hero); }, {"removed character-template hero major"}},
        {[](Pack& p) {
             p.json["objects/datasets/more.json"] = {{"id", "more"},
                                                     {"name", "More"},
                                                     {"szType", "dataset"},
                                                     {"schemaVersion", "1.0.0"}};
         },
         {"added dataset more minor"}},
        {[](Pack& p) { p.json[things]["name"] = "Stuff"; }, {"changed dataset things:name patch"}},
        {[](Pack& p) { p.json[things]["datasetType"] = "items"; },
         {"changed dataset things:datasetType minor"}},
        {[](Pack& p) { p.json[things]["entries"].erase("bow"); },
         {"removed entry things bow major"}},
        {[](Pack& p) {
             p.entry("axe") = {{"id", "axe"}, {"name", "Axe"}};
         },
         {"added entry things axe minor"}},
        {[](Pack& p) { p.entry("bow")["description"] = "Twang."; },
         {"changed entry things bow:description patch"}},
        {[](Pack& p) { p.entry("sword")["topLevelFields"]["damage"]["value"] = 4; },
         {"changed field things sword damage:value minor"}},
        {[](Pack& p) { p.entry("sword")["topLevelFields"]["motto"]["value"] = "I rest."; },
         {"changed field things sword motto:value patch"}},
        {[](Pack& p) { p.entry("sword")["topLevelFields"].erase("motto"); },
         {"removed field things sword motto major"}},
        {[](Pack& p) {
             p.entry("sword")["topLevelFields"]["motto"] = {{"type", "Number"}, {"value", 1}};
         },
         {"changed field things sword motto:type major"}},
        {[](Pack& p) {
             p.entry("sword")["groups"][0]["fields"]["weight"] = {{"type", "Number"}, {"value", 1}};
         },
         {"added field things sword stats.weight minor"}},
        {[](Pack& p) { p.entry("sword")["groups"][0]["name"] = "Numbers"; },
         {"changed group things sword stats:name patch"}},
        {[](Pack& p) { p.entry("sword").erase("groups"); },
         {"removed group things sword stats major"}},
        {[](Pack& p) { p.field(0)["name"] = "Strength"; },
         {"changed field hero core.main.might:name patch"}},
        {[](Pack& p) {
             p.field(0)["type"] = "Text";
             p.field(0).erase("min");
             p.field(0).erase("max");
         },
         {"changed field hero core.main.might:type major"}},
        {[](Pack& p) { p.field(0)["max"] = 8; }, {"changed field hero core.main.might:max major"}},
        {[](Pack& p) { p.field(0)["max"] = 10; }, {"changed field hero core.main.might:max minor"}},
        {[](Pack& p) { p.field(0)["min"] = 1; }, {"changed field hero core.main.might:min major"}},
        {[](Pack& p) { p.field(0).erase("min"); },
         {"changed field hero core.main.might:min minor"}},
        {[](Pack& p) { p.field(0)["defaultValue"] = 5; },
         {"changed field hero core.main.might:defaultValue minor"}},
        {[](Pack& p) {
             p.field(1)["options"] = {"elf", "orc", "ogre"};
         },
         {"changed field hero core.main.kind:options minor"}},
        {[](Pack& p) {
             p.field(1)["options"] = {"elf", "ogre"};
         },
         {"changed field hero core.main.kind:options major"}},
        {[](Pack& p) { p.field(2)["datasetLink"]["version"] = "1.4.2"; },
         {"changed field hero core.main.tool:datasetLink minor"}},
        {[](Pack& p) { p.group()["fields"].erase(1); },
         {"removed field hero core.main.kind major"}},
        {[](Pack& p) {
             p.field(3) = {{"id", "new"}, {"name", "New"}, {"type", "Text"}};
         },
         {"added field hero core.main.new minor"}},
        {[](Pack& p) { p.json[hero]["sections"][0]["name"] = "Heart"; },
         {"changed section hero core:name patch"}},
        {[](Pack& p) { p.others["media/images/a.svg"] = "<svg></svg>"; },
         {"changed image media/images/a.svg patch"}},
        {[](Pack& p) { p.others["README.md"] = "Hello."; }, {"added document README.md patch"}},
    };
    for (const auto& one : cases) {
        Pack after;
        one.change(after);
        INFO(one.expected.front());
        const auto forward = between({}, after);
        CHECK(forward.changes() == one.expected);
        // The same number of changes the other way, and none that was added remains so.
        const auto back = between(after, {});
        CHECK(back.changes().size() == one.expected.size());
        CHECK(back.json.at("counts").at("added") == forward.json.at("counts").at("removed"));
    }
}

TEST_CASE("old and new values stand beside each change") {
    Pack after;
    after.entry("sword")["topLevelFields"]["damage"]["value"] = 4;
    after.json[things]["entries"].erase("bow");
    const auto changes = between({}, after).json.at("changes");
    REQUIRE(changes.size() == 2);
    CHECK(changes[0].at("old").at("name") == "Bow");
    CHECK_FALSE(changes[0].contains("new"));
    CHECK(changes[1].at("old") == 3);
    CHECK(changes[1].at("new") == 4);
    CHECK(changes[1].at("file") == things);
}

TEST_CASE("a renamed id is told as one only when nothing else can be meant") {
    const auto rename = [](Pack& pack, const char* from, const char* to) {
        auto entry = pack.entry(from);
        pack.json[things]["entries"].erase(from);
        entry["id"] = to;
        pack.entry(to) = entry;
    };
    Pack renamed;
    rename(renamed, "sword", "blade");
    CHECK(between({}, renamed).changes() == Texts{"renamed entry things sword:id major"});

    Pack changed_too = renamed;
    changed_too.entry("blade")["name"] = "Blade";
    CHECK(between({}, changed_too).changes() ==
          Texts{"removed entry things sword major", "added entry things blade minor"});

    // Two that say the same: which is it?
    Pack twice = renamed;
    twice.entry("edge") = twice.entry("blade");
    twice.entry("edge")["id"] = "edge";
    CHECK(between({}, twice).changes() == Texts{"removed entry things sword major",
                                                "added entry things blade minor",
                                                "added entry things edge minor"});

    // A name alone is too little to be known by.
    Pack bare;
    bare.entry("bow").erase("description");
    Pack bare_renamed = bare;
    rename(bare_renamed, "bow", "longbow");
    CHECK(between(bare, bare_renamed).changes().size() == 2);

    Pack object;
    object.json["objects/datasets/stuff.json"] = object.json[things];
    object.json["objects/datasets/stuff.json"]["id"] = "stuff";
    object.json.erase(things);
    object.field(2)["datasetLink"]["datasetId"] = "stuff";
    CHECK(between({}, object).changes() ==
          Texts{"changed field hero core.main.tool:datasetLink major",
                "renamed dataset things:id major"});

    Pack field;
    field.field(0)["id"] = "strength";
    CHECK(between({}, field).changes() == Texts{"renamed field hero core.main.might:id major"});

    Pack image;
    image.others = {{"media/images/b.svg", "<svg/>"}};
    CHECK(between({}, image).changes() == Texts{"renamed image media/images/a.svg patch"});
}

TEST_CASE("the version that must follow") {
    CHECK(next_version("1.4.2", Weight::none) == "1.4.2");
    CHECK(next_version("1.4.2", Weight::patch) == "1.4.3");
    CHECK(next_version("1.4.2", Weight::minor) == "1.5.0");
    CHECK(next_version("1.4.2", Weight::major) == "2.0.0");
    CHECK(next_version("0.4.2", Weight::major) == "0.5.0");
    CHECK(next_version("0.4.2", Weight::minor) == "0.4.3");
    CHECK(next_version("0.4.2", Weight::patch) == "0.4.3");
    CHECK(next_version("2.0.0-beta.1", Weight::major) == "2.0.0");
    CHECK(next_version("nonsense", Weight::major).empty());
}

TEST_CASE("a version that does not agree with the changes is a finding") {
    struct Case {
        const char* version;
        void (*change)(Pack&);
        Texts codes;
        bool is_enough;
    };
    const auto remove = [](Pack& p) { p.json[things]["entries"].erase("bow"); };
    const auto add = [](Pack& p) { p.entry("axe") = {{"id", "axe"}, {"name", "Axe"}}; };
    const auto word = [](Pack& p) { p.entry("bow")["name"] = "Longbow"; };
    const Case cases[] = {
        {"1.4.2", word, {"SZ-DIFF-001"}, false},   {"1.4.3", word, {}, true},
        {"1.4.3", add, {"SZ-DIFF-002"}, false},    {"1.5.0", add, {}, true},
        {"1.5.0", remove, {"SZ-DIFF-002"}, false}, {"2.0.0", remove, {}, true},
        {"2.0.0-beta.1", remove, {}, true},        {"3.1.0", word, {}, true},
        {"1.4.1", word, {"SZ-DIFF-003"}, false},
    };
    for (const auto& one : cases) {
        INFO(one.version);
        Pack after;
        one.change(after);
        after.version(one.version);
        const auto difference = between({}, after);
        CHECK(difference.codes() == one.codes);
        CHECK(difference.json.at("advice").at("is_enough") == one.is_enough);
    }
    Pack other;
    other.json["szpack.json"]["id"] = "org.example.other";
    other.field(2).erase("datasetLink");
    CHECK(between({}, other).codes() == Texts{"SZ-DIFF-004"});
}

TEST_CASE("past fifty thousand changes they are counted") {
    const auto with = [](std::size_t entries) {
        Pack pack;
        for (std::size_t i = 0; i < entries; ++i) {
            const auto id = "e" + std::to_string(i);
            pack.entry(id.c_str()) = {{"id", id}, {"name", id}};
        }
        return pack;
    };
    const auto at = between({}, with(limits::changes_listed_max));
    CHECK(at.json.at("changes").size() == limits::changes_listed_max);
    CHECK(at.json.at("left_out") == 0);
    const auto past = between({}, with(limits::changes_listed_max + 1));
    CHECK(past.json.at("changes").size() == limits::changes_listed_max);
    CHECK(past.json.at("left_out") == 1);
    CHECK(past.codes() == Texts{"SZ-DIFF-001", "SZ-DIFF-006"});
}

TEST_CASE("values are told in full up to a limit, and shortened past it") {
    Pack after;
    const std::string large(limits::json_string_bytes_max, 'x');
    for (const char* dataset : {"a", "b"}) {
        Json entries = Json::object();
        for (int i = 0; i < 9; ++i) {
            const auto id = "e" + std::to_string(i);
            entries[id] = {{"id", id}, {"name", id}, {"description", large}};
        }
        after.json[std::string("objects/datasets/") + dataset + ".json"] = {
            {"id", dataset},
            {"name", "Large"},
            {"szType", "dataset"},
            {"schemaVersion", "1.0.0"},
            {"entries", entries}};
    }
    const auto changes = between({}, after).json.at("changes");
    REQUIRE(changes.size() == 2);
    CHECK(changes[0].at("new").at("entries").at("e8").at("description") == large);
    CHECK_FALSE(changes[0].contains("cut"));
    CHECK(changes[1].at("cut") == true);
    CHECK(changes[1].at("new").get<std::string>().size() < 200);
}

}  // namespace diff_test
