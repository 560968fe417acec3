// SPDX-License-Identifier: AGPL-3.0-or-later
// What the check of a translation pack finds.
#include "tests/support/catch.hpp"
#include "tests/unit/content/check.hpp"

using namespace sz;
using namespace sz::test;
using Strings = std::vector<std::string>;

namespace {

const std::string about_it =
    R"("packType": "translation", "language": "de", "translates": "core",
       "dependencies": [{"id": "core", "version": "^1.0.0"}])";

std::string manifest_with(const std::string& more) {
    return R"({"id": "org.example.de", "name": "Deutsch", "version": "1.0.0", )" + more + "}";
}

// "core" in 1.0.0 (with an axe) and 1.1.0 (with a sword).
OtherPacks translated_core() {
    OtherPacks others;
    others.versions = [](const std::string& pack) {
        return pack == "core" ? Strings{"1.0.0", "1.1.0"} : Strings{};
    };
    others.objects = [](const std::string&, const std::string& version) {
        const std::string entry = version == "1.1.0" ? "sword" : "axe";
        Json arms = R"({"id": "arms", "name": "Arms", "entries": {}})"_json;
        arms["entries"][entry] = R"({"name": "Edge", "topLevelFields": {
            "damage": {"type": "Number", "name": "Damage", "value": 10},
            "names": {"type": "List", "value": [{"id": "1", "value": "A"}]}}})"_json;
        arms["entries"][entry]["id"] = entry;
        const Json hero = R"({"id": "hero", "name": "Hero", "sections": []})"_json;
        return std::vector<PackObject>{
            {"objects/datasets/arms.json", "dataset", "arms", arms},
            {"objects/character-templates/hero.json", "character-template", "hero", hero}};
    };
    return others;
}

std::string texts_of(const std::string& id, const std::string& more) {
    return R"({"id": ")" + id + R"(", "szType": "translation", "schemaVersion": "1.0.0", )" + more +
           "}";
}

const std::string hero_texts = texts_of("hero", R"("name": "Heldin")");

Checked check_arms(const std::string& more, const OtherPacks& others = translated_core()) {
    return check({{"objects/translations/arms.json", texts_of("arms", more)},
                  {"objects/translations/hero.json", hero_texts},
                  {"szpack.json", manifest_with(about_it)}},
                 others);
}

const std::string whole_texts =
    R"("name": "Waffen", "fields": {"damage": {"name": "Schaden"}, "names": {"name": "Namen"}},
       "entries": {"sword": {"name": "Schneide", "fields": {"names": {"value": ["B"]}}}})";

}  // namespace

TEST_CASE("a whole translation has nothing to be said of it") {
    const auto checked = check_arms(whole_texts);
    CHECK(checked.codes() == Strings{});
    CHECK(checked.pack);
}

TEST_CASE("a link in a translated text is one of the pack that is translated") {
    const auto checked = check_arms(R"X("name": "Waffen",
        "fields": {"damage": {"name": "Schaden"}, "names": {"name": "Namen"}},
        "entries": {"sword": {"name": "Schneide", "description": "[Schneide](entry:arms/sword)",
                              "fields": {"names": {"value": ["B"]}}}})X");
    CHECK(checked.codes() == Strings{"SZ-PACK-066"});
    CHECK(checked.pack);
}

TEST_CASE("a link in a translated text leads to what the translated pack has") {
    OtherPacks others = translated_core();
    const auto objects = others.objects;
    others.objects = [objects](const std::string& pack, const std::string& version) {
        auto all = objects(pack, version);
        Json& sword = all[0].json["entries"]["sword"];
        sword["description"] = "entry:arms/sword";
        sword["topLevelFields"]["lore"] = {
            {"type", "MultiText"}, {"name", "Lore"}, {"value", "entry:arms/sword"}};
        return all;
    };
    others.has = [](const std::string& pack, const std::string&, const std::string& object,
                    const std::string& entry) {
        return pack == "core" && object == "arms" && (entry == "sword" || entry.empty());
    };
    // With FakeFields a text is its link's target.
    const auto find = [&](const std::string& description, const std::string& lore) {
        return check_arms(R"("name": "Waffen",
            "fields": {"damage": {"name": "Schaden"}, "names": {"name": "Namen"},
                       "lore": {"name": "Sage"}},
            "entries": {"sword": {"name": "Schneide", "description": ")" +
                              description +
                              R"(", "fields": {"names": {"value": ["B"]},
                                 "lore": {"value": ")" +
                              lore + R"("}}}})",
                          others);
    };
    const std::string good = "entry:core/arms/sword";
    const auto sound = find(good, good);
    CHECK(sound.codes() == Strings{});
    REQUIRE(sound.pack);
    CHECK(sound.pack->texts->translated == 9);
    CHECK(sound.pack->texts->all == 9);
    CHECK(find("entry:other/arms/nothing", good).codes() == Strings{});
    const auto lost = find(good, "entry:arms/sward");
    REQUIRE(lost.codes() == Strings{"SZ-PACK-043"});
    CHECK(lost.findings[0].pointer == "/entries/sword/fields/lore/value");
    const auto lost_description = find("entry:arms/sward", good);
    REQUIRE(lost_description.codes() == Strings{"SZ-PACK-043"});
    CHECK(lost_description.findings[0].pointer == "/entries/sword/description");
    CHECK(find("entry:nowhere", good).codes() == Strings{"SZ-PACK-070"});
}

TEST_CASE("texts that are missing are counted, and the first of them named") {
    const auto checked = check_arms(R"("name": "Waffen")");
    REQUIRE(checked.codes() == Strings{"SZ-PACK-068"});
    CHECK(checked.findings[0].message ==
          "1 of 5 texts are translated. Missing: entries.sword.name, "
          "entries.sword.fields.damage.name, entries.sword.fields.names.name, "
          "entries.sword.fields.names.value.");
    CHECK(checked.pack);
    const auto none = check(
        {{"objects/translations/hero.json", hero_texts}, {"szpack.json", manifest_with(about_it)}},
        translated_core());
    REQUIRE(none.codes() == Strings{"SZ-PACK-068"});
    CHECK(none.pack->texts->translated == 1);
    CHECK(none.pack->texts->all == 6);
    CHECK(none.findings[0].message == "Nothing is translated of “arms”.");
}

TEST_CASE("the newest version that the dependency admits is what a translation is held against") {
    const auto axe = check_arms(
        R"("name": "Waffen", "fields": {"damage": {"name": "Schaden"}, "names": {"name": "Namen"}},
       "entries": {"axe": {"name": "Schneide"}})");
    CHECK(axe.codes() == Strings{"SZ-PACK-068", "SZ-PACK-065"});
    OtherPacks nobody = translated_core();
    nobody.versions = [](const std::string&) { return Strings{"2.0.0"}; };
    CHECK(check_arms(whole_texts, nobody).codes() == Strings{"SZ-PACK-042"});
}

TEST_CASE("texts for what is not there are told from texts for what is no text") {
    const auto with = [](const std::string& fields) {
        const auto checked = check_arms(
            R"("name": "Waffen", "fields": {"damage": {"name": "Schaden"}, "names": {"name": "Namen"}},
           "entries": {"sword": {"name": "Schneide", "fields": {"names": {"value": ["B"]}, )" +
            fields + "}}}");
        CHECK(checked.pack);
        return checked;
    };
    const auto unknown = with(R"("damge": {"name": "x"})");
    REQUIRE(unknown.codes() == Strings{"SZ-PACK-065"});
    CHECK(unknown.findings[0].hint == "Did you mean “damage”?");
    CHECK(unknown.findings[0].pointer == "/entries/sword/fields/damge");
    const auto object = check({{"objects/translations/arm.json", texts_of("arm", whole_texts)},
                               {"objects/translations/hero.json", hero_texts},
                               {"szpack.json", manifest_with(about_it)}},
                              translated_core());
    REQUIRE(object.codes() == Strings{"SZ-PACK-065", "SZ-PACK-068"});
    CHECK(object.findings[0].hint == "Did you mean “arms”?");
    CHECK(with(R"("damage": {"value": "elf"})").codes() == Strings{"SZ-PACK-066"});
    CHECK(with(R"("damage": {"help": "x"})").codes() == Strings{"SZ-PACK-066"});
    const auto longer = check_arms(
        R"("name": "Waffen", "fields": {"damage": {"name": "Schaden"}, "names": {"name": "Namen"}},
       "entries": {"sword": {"name": "Schneide", "fields": {"names": {"value": ["B", "C"]}}}})");
    CHECK(longer.codes() == Strings{"SZ-PACK-068", "SZ-PACK-066"});
}

TEST_CASE("a translation says of what and into which language, and nothing else is in it") {
    const auto codes = [](const std::string& more, const std::string& other = "") {
        PackFiles files{{"objects/translations/arms.json", texts_of("arms", whole_texts)},
                        {"objects/translations/hero.json", hero_texts},
                        {"szpack.json", manifest_with(more)}};
        if (!other.empty()) files.insert(files.begin(), {"objects/datasets/other.json", other});
        return check(files, translated_core()).codes();
    };
    const std::string depends = R"(, "dependencies": [{"id": "core", "version": "^1.0.0"}])";
    CHECK(codes(R"("packType": "translation", "language": "de")" + depends) ==
          Strings{"SZ-PACK-063"});
    CHECK(codes(R"("packType": "translation", "translates": "core")" + depends) ==
          Strings{"SZ-PACK-063"});
    CHECK(codes(R"("packType": "translation", "language": "de", "translates": "core")") ==
          Strings{"SZ-PACK-063"});
    CHECK(codes(R"("packType": "translation", "language": "deutsch!", "translates": "core")" +
                depends) == Strings{"SZ-PACK-015"});
    CHECK(codes(about_it, small_dataset("other")) == Strings{"SZ-PACK-064"});
    CHECK(codes(R"("translates": "core")" + depends) ==
          Strings{"SZ-PACK-064", "SZ-PACK-064", "SZ-PACK-064"});
}
