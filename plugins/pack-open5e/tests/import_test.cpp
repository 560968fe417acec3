// SPDX-License-Identifier: AGPL-3.0-or-later
#include "collected.hpp"
#include "tests/support/catch.hpp"

using namespace open5e::test;

TEST_CASE("a document becomes one pack with its name, author, licence and date") {
    const Folder folder;
    const Collected got = import(folder.path());
    REQUIRE(got.status == SZ_OK);
    CHECK(got.packs.size() == 1);
    const Json manifest = Json::parse(got.files().at("szpack.json"));
    CHECK(manifest["name"] == "The Vale");
    CHECK(manifest["version"] == "1.0.0");
    CHECK(manifest["author"] == "A. Nonymous");
    CHECK(manifest["license"] == "CC-BY-4.0");
    CHECK(manifest["createdAt"] == "2020-05-06T00:00:00Z");
    CHECK(manifest["homepage"] == "https://example.org/vale");
    // uuid.uuid5(uuid.NAMESPACE_URL, "https://api.open5e.com/v2/documents/vale") of Python
    CHECK(manifest["id"] == "ec7007b2-6d3f-52ce-8e32-d40745eefde2");
    CHECK(got.account == Json::parse(R"({"read":1,"written":1,"parts":0,"left_out":[]})"));
    CHECK(import(folder.path(), R"({"version":"2.1.0"})").dataset("documents")["version"] ==
          "2.1.0");
}

TEST_CASE("records of every JSON type become typed fields, and empty ones are not written") {
    Folder folder;
    folder.add(
        "Creature.json",
        R"([{"model":"api_v2.creature","pk":"vale_moss-ox","fields":{"document":"vale","name":"Moss Ox",
        "challenge_rating":"0.250","armor_class":11,"ability_score_strength":18,"saving_throw_strength":-1,"languages":["low","high"],
        "hover":false,"fly":null,"subcategory":"","environments":[],"weight":"0.10"}}])");
    const Json ox = import(folder.path()).entry("creatures", "moss-ox");
    CHECK(ox["name"] == "Moss Ox");
    const Json& top = ox["topLevelFields"];
    CHECK(top["challengeRating"] ==
          Json::parse(R"({"name":"Challenge rating","type":"Number","value":0.25})"));
    CHECK(top["weight"] == Json::parse(R"({"name":"Weight","type":"Number","value":0.1})"));
    CHECK(top["armorClass"] == Json::parse(R"({"name":"Armor class","type":"Number","value":11})"));
    CHECK(top["languages"] ==
          Json::parse(R"({"name":"Languages","type":"List","value":["low","high"]})"));
    CHECK_FALSE(top.contains("subcategory"));
    CHECK_FALSE(top.contains("environments"));
    CHECK_FALSE(top.contains("document"));
    CHECK(ox["groups"] == Json::parse(R"([
        {"id":"abilities","name":"Abilities","fields":{"strength":{"name":"Strength","type":"Number","value":18}}},
        {"id":"savingThrows","name":"Saving throws","fields":{"strength":{"name":"Strength","type":"Number","value":-1}}},
        {"id":"speed","name":"Speed","fields":{"hover":{"name":"Hover","type":"Boolean","value":false}}}])"));
}

TEST_CASE(
    "children that are read become groups of their parent, and their own children a table in the "
    "group") {
    Folder folder;
    folder
        .add("Creature.json",
             R"([{"model":"api_v2.creature","pk":"vale_moss-ox","fields":{"name":"Moss Ox"}}])")
        .add("CreatureAction.json", R"([
            {"model":"api_v2.creatureaction","pk":"vale_moss-ox_snort","fields":{"parent":"vale_moss-ox","name":"Snort",
             "desc":"It snorts.","action_type":"REACTION","order_in_statblock":0,"uses_param":null}},
            {"model":"api_v2.creatureaction","pk":"vale_moss-ox_stamp","fields":{"parent":"vale_moss-ox","name":"","desc":"",
             "action_type":"ACTION","order_in_statblock":2}},
            {"model":"api_v2.creatureaction","pk":"vale_moss-ox_gore","fields":{"parent":"vale_moss-ox","name":"Gore","desc":"Horns.",
             "action_type":"ACTION","order_in_statblock":1}}])")
        .add("CreatureActionAttack.json",
             R"([{"model":"api_v2.creatureactionattack","pk":"vale_moss-ox_gore_horns","fields":{
            "parent":"vale_moss-ox_gore","name":"Horns","to_hit_mod":5,"damage_type":"piercing","reach":null}}])")
        .add("DamageTypeDescription.json",
             R"([{"model":"api_v2.damagetypedescription","pk":"vale_piercing",
            "fields":{"describes":"piercing","desc":"Points.","document":"vale"}}])");
    const Collected got = import(folder.path());
    REQUIRE(got.status == SZ_OK);
    CHECK(got.account == Json::parse(R"({"read":7,"written":3,"parts":4,"left_out":[]})"));
    CHECK(got.entry("creatures", "moss-ox")["groups"] == Json::parse(R"([
        {"id":"action-gore","name":"Gore","fields":{"type":{"name":"Type","type":"Text","value":"ACTION"},
            "order":{"name":"Order","type":"Number","value":1},
            "description":{"name":"Description","type":"MultiText","value":"Horns."},
            "attacks":{"name":"Attacks","type":"Table","columns":[
                {"id":"name","name":"Name","type":"Text"},{"id":"toHit","name":"To hit","type":"Number"},
                {"id":"damageType","name":"Damage type","type":"DatasetLink","datasetLink":
                    {"datapackId":"ec7007b2-6d3f-52ce-8e32-d40745eefde2","datasetId":"damage-types","version":"1.0.0"}}],
                "value":[{"id":"horns","cells":{"name":"Horns","toHit":5,"damageType":"piercing"}}]}}},
        {"id":"action-stamp","name":"Action 2","fields":{"type":{"name":"Type","type":"Text","value":"ACTION"},
            "order":{"name":"Order","type":"Number","value":2}}},
        {"id":"action-snort","name":"Snort","fields":{"type":{"name":"Type","type":"Text","value":"REACTION"},
            "order":{"name":"Order","type":"Number","value":0},
            "description":{"name":"Description","type":"MultiText","value":"It snorts."}}}])"));
}

TEST_CASE("children that are compared become rows, and no cell says more than its record") {
    Folder folder;
    folder
        .add("Spell.json",
             R"([{"model":"api_v2.spell","pk":"vale_drizzle","fields":{"name":"Drizzle"}}])")
        .add("SpellCastingOption.json", R"([
            {"model":"api_v2.spellcastingoption","pk":12,"fields":{"parent":"vale_drizzle","type":"slot_level_2","target_count":2,
             "shape_size":20,"concentration":null,"damage_roll":null}},
            {"model":"api_v2.spellcastingoption","pk":11,"fields":{"parent":"vale_drizzle","type":"slot_level_3","target_count":null,
             "shape_size":30,"concentration":true,"damage_roll":"2d6"}}])");
    const Json options =
        import(folder.path()).entry("spells", "drizzle")["topLevelFields"]["castingOptions"];
    CHECK(options["name"] == "Casting options");
    CHECK(options["columns"] == Json::parse(R"([
        {"id":"type","name":"Type","type":"Text"},{"id":"damageRoll","name":"Damage roll","type":"Text"},
        {"id":"targetCount","name":"Target count","type":"Text"},{"id":"shapeSize","name":"Shape size","type":"Number"},
        {"id":"concentration","name":"Concentration","type":"Text"}])"));
    CHECK(options["value"] == Json::parse(R"([
        {"id":"12","cells":{"type":"slot_level_2","targetCount":"2","shapeSize":20}},
        {"id":"11","cells":{"type":"slot_level_3","damageRoll":"2d6","shapeSize":30,"concentration":"true"}}])"));
}

TEST_CASE("references become links by pk, by the key that documents share, and by name") {
    Folder folder;
    folder
        .add("AbilityDescription.json", R"([{"model":"api_v2.abilitydescription","pk":"vale_wis",
            "fields":{"describes":"wis","desc":"Sense.","document":"vale"}}])")
        .add("CharacterClass.json",
             R"([{"model":"api_v2.characterclass","pk":"vale_warden","fields":{"name":"Warden",
            "saving_throws":["wis"],"subclass_of":null}},
            {"model":"api_v2.characterclass","pk":"vale_rain-warden","fields":{"name":"Rain Warden","subclass_of":"vale_warden"}}])")
        .add(
            "ClassFeature.json",
            R"([{"model":"api_v2.classfeature","pk":"vale_warden_listen","fields":{"parent":"vale_warden",
            "name":"Listen","desc":"To the rain.","document":"vale"}}])")
        .add("ClassFeatureItem.json", R"([
            {"model":"api_v2.classfeatureitem","pk":"vale_warden_listen_9","fields":{"parent":"vale_warden_listen","level":9,"column_value":"+2"}},
            {"model":"api_v2.classfeatureitem","pk":"vale_warden_listen_2","fields":{"parent":"vale_warden_listen","level":2,"column_value":"+1"}}])")
        .add(
            "Spell.json",
            R"([{"model":"api_v2.spell","pk":"vale_drizzle","fields":{"name":"Drizzle","classes":["vale_warden"],
            "school":"weather","saving_throw_ability":"wisdom"}}])");
    const Collected got = import(folder.path());
    REQUIRE(got.status == SZ_OK);
    const std::string pack = "ec7007b2-6d3f-52ce-8e32-d40745eefde2";
    const Json to_warden = {{"datapackId", pack},
                            {"datasetId", "classes"},
                            {"entryId", "warden"},
                            {"version", "1.0.0"}};
    CHECK(got.entry("abilities", "wis")["name"] == "Wisdom");
    CHECK(got.entry("classes", "rain-warden")["topLevelFields"]["subclassOf"] ==
          Json({{"name", "Subclass of"}, {"type", "DatasetLink"}, {"value", to_warden}}));
    const Json warden = got.entry("classes", "warden")["topLevelFields"];
    CHECK(warden["savingThrows"]["value"] == Json::array({"wis"}));
    CHECK(warden["savingThrows"]["datasetLink"]["datasetId"] == "abilities");
    CHECK(warden["features"]["value"] == Json::array({"warden_listen"}));
    const Json feature = got.entry("class-features", "warden_listen");
    CHECK(feature["topLevelFields"]["class"]["value"] == to_warden);
    CHECK(
        feature["topLevelFields"]["levels"]["value"] ==
        Json::parse(
            R"([{"id":"2","cells":{"level":2,"value":"+1"}},{"id":"9","cells":{"level":9,"value":"+2"}}])"));
    const Json spell = got.entry("spells", "drizzle");
    CHECK(spell["topLevelFields"]["classes"]["value"] == Json::array({"warden"}));
    CHECK(spell["topLevelFields"]["school"] ==
          Json::parse(R"({"name":"School","type":"Text","value":"weather"})"));
    CHECK(spell["groups"][0]["fields"]["savingThrow"]["value"]["entryId"] == "wis");
    REQUIRE(got.with_code("SZ-OPEN5E-011").size() == 1);  // a school that no record here describes
    CHECK_THAT(got.with_code("SZ-OPEN5E-011")[0].message, ContainsSubstring("\"weather\""));
}

TEST_CASE("a cross reference stands in the entry that it leaves from") {
    Folder folder;
    folder
        .add(
            "WeaponProperty.json",
            R"([{"model":"api_v2.weaponproperty","pk":"vale_light-wp","fields":{"name":"Light","desc":"Small."}}])")
        .add(
            "RuleSet.json",
            R"([{"model":"api_v2.ruleset","pk":"vale_combat","fields":{"name":"Combat","desc":""}}])")
        .add(
            "Rule.json",
            R"([{"model":"api_v2.rule","pk":"vale_combat_hit","fields":{"name":"Hitting","desc":"Roll.",
            "ruleset":"vale_combat","index":1}}])")
        .add("CrossReference.json",
             R"([{"model":"api_v2.crossreference","pk":"vale_x","fields":{"anchor":"Hit",
            "source_content_type":["api_v2","weaponproperty"],"source_object_key":"vale_light-wp",
            "reference_content_type":["api_v2","rule"],"reference_object_key":"vale_combat_hit"}}])");
    const Collected got = import(folder.path());
    REQUIRE(got.status == SZ_OK);
    const Json also = got.entry("weapon-properties", "light-wp")["topLevelFields"]["seeAlso"];
    CHECK(also["value"][0]["cells"]["anchor"] == "Hit");
    CHECK(also["value"][0]["cells"]["target"]["datasetId"] == "rules");
    CHECK(also["value"][0]["cells"]["target"]["entryId"] == "combat_hit");
    CHECK(got.entry("rulesets", "combat")["topLevelFields"]["rules"]["value"] ==
          Json::array({"combat_hit"}));
}

TEST_CASE(
    "a kind of record and a field that the importer does not know are carried by their JSON "
    "types") {
    Folder folder;
    folder
        .add(
            "Omen.json",
            R"([{"model":"api_v3.omen","pk":7,"fields":{"name":"Red sky","desc":"At dawn.","weight":2.50,"true":true,
        "hours":[4,5],"signs":["red","low"],"mixed":[1,"a"],"where":{"land":"vale","height":3,"deep":{"a":[1]}},"note":"two\nlines"}}])")
        .add(
            "Feat.json",
            R"([{"model":"api_v2.feat","pk":"vale_brave","fields":{"name":"Brave","desc":"","courage":12}}])");
    const Collected got = import(folder.path());
    REQUIRE(got.status == SZ_OK);
    const Json omen = got.entry("omen", "7");
    CHECK(omen["description"] == "At dawn.");
    CHECK(omen["topLevelFields"] == Json::parse(R"({
        "weight":{"name":"Weight","type":"Number","value":2.5},"true":{"name":"True","type":"Boolean","value":true},
        "hours":{"name":"Hours","type":"List","itemType":{"type":"Number"},"value":[4,5]},"signs":{"name":"Signs","type":"List","value":["red","low"]},
        "mixed":{"name":"Mixed","type":"List","value":["1","a"]},"note":{"name":"Note","type":"MultiText","value":"two\nlines"},
        "where":{"name":"Where","type":"Group","fields":[{"id":"deep","name":"Deep","type":"MultiText"},{"id":"height","name":"Height","type":"Number"},
            {"id":"land","name":"Land","type":"Text"}],"value":{"deep":"{\"a\":[1]}","height":3,"land":"vale"}}})"));
    CHECK(got.entry("feats", "brave")["topLevelFields"]["courage"] ==
          Json::parse(R"({"name":"Courage","type":"Number","value":12})"));
    CHECK(got.with_code("SZ-OPEN5E-012").size() == 2);
    CHECK(got.account["written"] == 3);
}

TEST_CASE("a number that a field cannot hold exactly stays text") {
    Folder folder;
    folder.add(
        "Feat.json",
        R"([{"model":"api_v2.feat","pk":"vale_long","fields":{"name":"Long","a":123456789012345,
        "b":1234567890123456,"c":0.1234567890123456}}])");
    const Json fields = import(folder.path()).entry("feats", "long")["topLevelFields"];
    CHECK(fields["a"]["type"] == "Number");
    CHECK(fields["b"] == Json::parse(R"({"name":"B","type":"Text","value":"1234567890123456"})"));
    CHECK(fields["c"] == Json::parse(R"({"name":"C","type":"Text","value":"0.1234567890123456"})"));
}

TEST_CASE("a folder is recognised by its document, and a part of one by its files") {
    const open5e::Open5eFormat format;
    Folder folder;
    const auto sure = [&](const std::filesystem::path& path) {
        return format.table()->probe(format.table()->self, sz::plugin::str(path.string()));
    };
    CHECK(sure(folder.path()) == 95);
    folder.remove("Document.json");
    CHECK(sure(folder.path()) == 0);
    folder.add("Spell.json", " [ ]");
    CHECK(sure(folder.path()) == 60);
    CHECK(sure(folder.path() / "Spell.json") == 0);
    CHECK(sure(folder.path() / "nowhere") == 0);
}
