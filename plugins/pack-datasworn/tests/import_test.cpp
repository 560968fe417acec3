// SPDX-License-Identifier: AGPL-3.0-or-later
#include "collected.hpp"
#include "tests/support/catch.hpp"

using namespace datasworn;
using namespace datasworn::test;

namespace {

const std::string moves = R"("moves":{"travel":{"_id":"vale/collections/moves/travel",
  "type":"move_category","name":"Travel Moves","color":"#123456","description":"On the road.",
  "contents":{
    "set_out":{"_id":"vale/moves/travel/set_out","type":"move","name":"Set Out",
      "roll_type":"action_roll","text":"__When you leave__, roll. Or [Rest](id:vale/moves/travel/rest).",
      "trigger":{"text":"When you leave...","conditions":[
        {"method":"player_choice","text":"At night","roll_options":[{"using":"stat","stat":"wits"},
          {"using":"asset_control","control":"speed","assets":["*/assets/ride/*"]},
          {"using":"custom","label":"luck","value":2}],"by":{"ally":true,"player":true}}]},
      "outcomes":{"strong_hit":{"text":"You are __off__."},"weak_hit":{"text":"You are late."},
        "miss":{"text":"[Rest](id:vale/moves/travel/rest) first."}},
      "oracles":["vale/oracles/land/weather"]},
    "rest":{"_id":"vale/moves/travel/rest","type":"move","name":"Rest","roll_type":"no_roll",
      "text":"Sleep.","trigger":{"text":"When you stop...","conditions":null},"outcomes":null,
      "tracks":{"category":"Journey"},"_source":{"title":"The Vale","page":7,
      "authors":[{"name":"A. Nonymous"}],"date":"2020-05-06","url":"https://example.org/vale",
      "license":"https://creativecommons.org/licenses/by-sa/4.0"}}}}})";

const std::string assets =
    R"("assets":{"ride":{"type":"asset_collection","name":"Rides","contents":{
  "mule":{"type":"asset","name":"Mule","category":"Ride","count_as_impact":false,"shared":true,
    "requirement":"You own a [Rest](id:vale/moves/travel/rest).","icon":"icons/mule.svg",
    "options":{"name":{"label":"name","field_type":"text","value":null}},
    "attachments":{"max":2,"assets":["*/assets/ride/*"]},
    "controls":{"speed":{"label":"speed","field_type":"condition_meter","min":0,"max":3,"value":2,
      "rollable":true,"moves":{"recover":["vale/moves/travel/rest"]},
      "controls":{"lame":{"label":"lame","field_type":"checkbox","value":false,"is_impact":true,
        "disables_asset":false}}}},
    "abilities":[
      {"_id":"vale/assets/ride/mule/abilities/0","enabled":true,"text":"It carries you."},
      {"_id":"vale/assets/ride/mule/abilities/1","enabled":false,"name":"Kick","text":"It kicks.",
       "controls":{"kicks":{"label":"kicks","field_type":"counter","min":0,"max":null,"value":0}},
       "enhance_moves":[{"roll_type":"action_roll","enhances":["*/moves/*/set_out"],
         "trigger":{"conditions":[{"method":null,"text":"Uphill",
           "roll_options":[{"using":"stat","stat":"iron"}]}]}}],
       "moves":{"kick":{"name":"Kick!","roll_type":"no_roll","text":"Thud."}}}]}}}})";

}  // namespace

TEST_CASE("a package's head becomes the manifest") {
    Folder folder;
    const Collected got = import(folder.put("vale.json", vale("")), R"({"version":"2.1.0"})");
    REQUIRE(got.status == SZ_OK);
    REQUIRE(got.packs.size() == 1);
    CHECK(got.manifest() == Json::parse(R"({"id":")" + vale_pack + R"(","name":"The Vale",
        "version":"2.1.0","author":"A. Nonymous","license":"CC-BY-SA-4.0",
        "description":"“The Vale” by A. Nonymous, licensed under CC-BY-SA-4.0 <https://creativecommons.org/licenses/by-sa/4.0>, from <https://example.org/vale>. Converted to a datapack from the ruleset “vale” of Datasworn 0.0.10; the words are unchanged, the arrangement is SessionZero’s.",
        "homepage":"https://example.org/vale","createdAt":"2020-05-06T00:00:00Z",
        "sessionZeroVersion":"1.0.0","dependencies":[]})"));
    CHECK(got.account["left_out"].empty());
}

TEST_CASE("a move keeps its trigger, conditions and outcomes, and its links are links") {
    Folder folder;
    const Collected got = import(folder.put("vale.json", vale(moves + "," + assets)));
    REQUIRE(got.status == SZ_OK);
    const Json move = got.entry("moves", "travel-set_out");
    CHECK(move["name"] == "Set Out");
    CHECK(move["description"] == "__When you leave__, roll. Or [Rest](entry:moves/travel-rest).");
    const Json& fields = move["topLevelFields"];
    CHECK(fields["rollType"]["value"] == "action_roll");
    CHECK(fields["trigger"] == Json::parse(R"({"name":"Trigger","type":"MultiText",
        "value":"When you leave..."})"));
    CHECK(fields["conditions"]["value"] == Json::parse(R"([{"id":"1","cells":{
        "condition":"At night","method":"player choice","details":"by: ally: yes, player: yes",
        "roll":"+wits, +speed of the asset control (Rides), luck 2"}}])"));
    CHECK(fields["collection"]["value"] == link_to("collections", "moves-travel"));
    CHECK(fields["links"]["value"] ==
          Json::array({link_to("collections", "assets-ride")}));  // what no text links to
    CHECK(fields["oraclesElsewhere"]["value"] == "vale/oracles/land/weather");
    REQUIRE(move["groups"].size() == 3);
    CHECK(move["groups"][0]["id"] == "strongHit");
    CHECK(move["groups"][0]["fields"]["text"]["value"] == "You are __off__.");
    CHECK(move["groups"][2] == Json::parse(R"({"id":"miss","name":"Miss","fields":{"text":{
        "name":"Text","type":"MultiText","value":"[Rest](entry:moves/travel-rest) first."}}})"));
    CHECK(got.value("moves", "travel-rest", "tracks") == "Journey");
    CHECK(got.value("moves", "travel-rest", "source") ==
          "The Vale, page 7, by A. Nonymous, 2020-05-06, https://example.org/vale, licence "
          "https://creativecommons.org/licenses/by-sa/4.0");
    REQUIRE(got.with_code("SZ-DATASWORN-011").size() == 1);
    CHECK(got.with_code("SZ-DATASWORN-011")[0].severity == SZ_SEVERITY_NOTE);
    CHECK(got.with_code("SZ-DATASWORN-011")[0].line == 15);
    CHECK(got.account["links"] == Json::parse(R"({"kept":7,"left_as_text":1})"));
}

TEST_CASE("a collection names its members in their order, and they name it") {
    Folder folder;
    const Collected got = import(folder.put("vale.json", vale(moves)));
    const Json category = got.entry("collections", "moves-travel");
    CHECK(category["description"] == "On the road.");
    CHECK(category["topLevelFields"]["color"]["value"] == "#123456");
    CHECK(category["topLevelFields"]["part"]["value"] == "Moves");
    CHECK(category["topLevelFields"]["members"]["value"] ==
          Json::array({link_to("moves", "travel-set_out"), link_to("moves", "travel-rest")}));
}

TEST_CASE("an asset keeps abilities, inputs and controls, and its moves are moves") {
    Folder folder;
    const Collected got = import(folder.put("vale.json", vale(moves + "," + assets)));
    REQUIRE(got.status == SZ_OK);
    const Json mule = got.entry("assets", "ride-mule")["topLevelFields"];
    CHECK(mule["category"]["value"] == "Ride");
    CHECK(mule["shared"]["value"] == true);
    CHECK(mule["requirement"]["value"] == "You own a [Rest](entry:moves/travel-rest).");
    CHECK(mule["abilities"]["value"][0] ==
          Json::parse(R"({"id":"1","cells":{"enabled":true,"text":"It carries you."}})"));
    const Json kick = link_to("moves", "assets-ride-mule-abilities-1-moves-kick");
    CHECK(mule["abilities"]["value"][1]["cells"] ==
          Json({{"enabled", false}, {"name", "Kick"}, {"text", "It kicks."}, {"moves", {kick}}}));
    CHECK(mule["moves"]["value"] == Json::array({kick}));
    CHECK(mule["inputs"]["value"] ==
          Json::parse(R"([{"id":"1","cells":{"name":"Name","kind":"text"}}])"));
    CHECK(mule["controls"]["value"] == Json::parse(R"([
        {"id":"1","cells":{"name":"Speed","kind":"condition meter","value":"2","least":"0",
          "most":"3","rollable":true,"recover":[)" +
                                                   link_to("moves", "travel-rest").dump() + R"(]}},
        {"id":"2","cells":{"name":"Speed: Lame","kind":"checkbox","value":"no","impact":true,
          "disables":false}},
        {"id":"3","cells":{"name":"Kicks","ability":"2","kind":"counter","value":"0",
          "least":"0"}}])"));
    CHECK(mule["changedMoves"]["value"] == Json::parse(R"([{"id":"1","cells":{"ability":"2",
        "moves":[)" + link_to("moves", "travel-set_out").dump() +
                                                       R"(],"rollType":"action roll",
        "when":"Uphill — roll +iron"}}])"));
    CHECK(mule["max"]["value"] == 2);
    CHECK(got.value("moves", "assets-ride-mule-abilities-1-moves-kick", "belongsTo") ==
          link_to("assets", "ride-mule"));
    CHECK(got.account["left_out"] == Json::parse(R"([{"what":"pictures",
        "why":"the package names them but does not hold them","count":1}])"));
    CHECK(got.account["written"] == 6);  // two collections, three moves, one asset
    CHECK(got.account["parts"] == 2);    // the abilities
    CHECK(got.account["read"] == 8);
}

TEST_CASE("people have their variants as entries of their own") {
    Folder folder;
    const Collected got = import(folder.put("vale.json", vale(R"("npcs":{"beasts":{"name":"Beasts",
      "contents":{"ram":{"type":"npc","name":"Ram","rank":2,"nature":"Beast","summary":"Horns.",
        "description":"It stands.","features":["Horns","Two\nlines"],"drives":["Grass"],
        "tactics":["Butt"],"quest_starter":"Who lost it?","variants":{
          "old_ram":{"name":"Old ram","rank":3,"nature":"Beast","description":"Grey."}}}}}})")));
    REQUIRE(got.status == SZ_OK);
    const Json ram = got.entry("npcs", "beasts-ram");
    CHECK(ram["description"] == "It stands.");
    CHECK(ram["topLevelFields"]["summary"]["value"] == "Horns.");
    CHECK(ram["topLevelFields"]["rank"]["type"] == "Number");
    CHECK(ram["topLevelFields"]["rank"]["value"] == 2);
    CHECK(ram["topLevelFields"]["features"] == Json::parse(R"({"name":"Features","type":"List",
        "itemType":{"type":"MultiText"},"value":["Horns","Two\nlines"]})"));
    CHECK(ram["topLevelFields"]["drives"]["itemType"]["type"] == "Text");
    CHECK(ram["topLevelFields"]["questStarter"]["value"] == "Who lost it?");
    CHECK(ram["topLevelFields"]["variants"]["value"] ==
          Json::array({link_to("npcs", "beasts-ram-variants-old_ram")}));
    CHECK(got.value("npcs", "beasts-ram-variants-old_ram", "belongsTo") ==
          link_to("npcs", "beasts-ram"));
    CHECK(got.value("npcs", "beasts-ram-variants-old_ram", "rank") == 3);
}

TEST_CASE("rules and the places of other games are entries too") {
    Folder folder;
    const Collected got = import(folder.put("vale.json", vale(R"("rules":{
        "stats":{"wits":{"label":"wits","description":"To know."}},
        "condition_meters":{"health":{"label":"health","rollable":true,"min":0,"max":5,"value":5,
          "shared":false,"description":"Your body."}},
        "impacts":{"harm":{"label":"harm","description":"It hurts.","contents":{"lame":{
          "label":"lame","prevents_recovery":["health"],"permanent":true,"shared":false,
          "description":"You limp."}}}},
        "special_tracks":{"bonds":{"label":"bonds","optional":false,"shared":false,
          "description":"Friends."}}},
      "atlas":{"north":{"name":"The North","contents":{"hills":{"name":"Hills",
        "features":["Heather"],"description":"High."}}}},
      "delve_sites":{"pit":{"name":"The Pit","rank":1,"theme":"vale/site_themes/old",
        "domain":"vale/site_domains/mire","description":"Deep.","region":"vale/atlas/north/hills",
        "denizens":[{"name":"Newt","min":1,"max":60,"frequency":"common"},
          {"min":61,"max":100,"frequency":"rare"}]}},
      "site_themes":{"old":{"name":"Old","summary":"Worn.","features":[{"min":1,"max":4,
        "text":"A stair"}],"dangers":[{"min":1,"max":5,"text":"A fall"}]}},
      "rarities":{"bell":{"name":"The Bell","asset":"vale/assets/a/b","xp_cost":3,
        "description":"It rings."}})")));
    REQUIRE(got.status == SZ_OK);
    CHECK(got.entry("rules", "stats-wits")["name"] == "Wits");
    CHECK(got.entry("rules", "stats-wits")["description"] == "To know.");
    CHECK(got.value("rules", "condition_meters-health", "max") == 5);
    CHECK(got.value("rules", "impacts-harm-lame", "collection") ==
          link_to("collections", "rules-impacts-harm"));
    CHECK(got.value("rules", "impacts-harm-lame", "preventsRecovery") == Json::array({"health"}));
    CHECK(got.value("rules", "special_tracks-bonds", "optional") == false);
    CHECK(got.value("atlas", "north-hills", "features") == Json::array({"Heather"}));
    const Json pit = got.entry("delve-sites", "pit")["topLevelFields"];
    CHECK(pit["theme"]["value"] == link_to("site-themes", "old"));
    CHECK(pit["region"]["value"] == link_to("atlas", "north-hills"));
    CHECK(pit["domainElsewhere"]["value"] == "vale/site_domains/mire");
    CHECK(pit["denizens"]["value"] == Json::parse(R"({"dice":"1d100","rows":[
        {"id":"r1","from":1,"to":60,"text":"Newt — frequency: common"},
        {"id":"r2","from":61,"to":100,"text":"frequency: rare"}]})"));
    CHECK(got.value("site-themes", "old", "dangers")["dice"] == "1d5");
    CHECK(got.value("rarities", "bell", "xpCost") == 3);
    CHECK(got.with_code("SZ-DATASWORN-012").empty());
}

TEST_CASE("what the importer does not know is carried by its type, and noted") {
    Folder folder;
    const Collected got =
        import(folder.put("vale.json", vale(R"("moves":{"a":{"name":"A","contents":{
        "b":{"name":"B","weight":3,"sharp":true,"links":"own","long":"x\ny","tags":{"vale":{"wet":true,
          "land":"low_hills","far":{"x":1}}},"deep":{"k":["v",2,null]},"_comment":"ha",
          "_i18n":{"name":{"part_of_speech":"noun"}},"name_":5}}}},
      "omens":{"sky":{"name":"Red sky","when":"dawn"}},"loose":7)")));
    REQUIRE(got.status == SZ_OK);
    const Json move = got.entry("moves", "a-b");
    CHECK(move["tags"] == Json::parse(R"(["wet","land: low hills"])"));
    CHECK(move["topLevelFields"]["weight"] ==
          Json::parse(R"({"name":"Weight","type":"Number","value":3})"));
    CHECK(move["topLevelFields"]["sharp"]["type"] == "Boolean");
    CHECK(move["topLevelFields"]["links"]["value"] == "own");
    CHECK(move["topLevelFields"]["long"]["type"] == "MultiText");
    CHECK(move["topLevelFields"]["deep"]["value"] == "k: v; 2");
    CHECK(move["topLevelFields"]["tags"]["value"] == "far: x: 1");
    CHECK(move["topLevelFields"]["name"]["value"] == 5);
    CHECK(got.entry("omens", "sky")["name"] == "Red sky");
    CHECK(got.value("omens", "sky", "when") == "dawn");
    CHECK(got.with_code("SZ-DATASWORN-012").size() == 9);  // 6 of the move, "when", 2 parts
    CHECK(got.account["left_out"] == Json::parse(R"([
        {"what":"comments","why":"they are for those who edit the package","count":1},
        {"what":"hints for translators","why":"they say nothing about the game","count":1},
        {"what":"values of \"loose\"","why":"the importer does not know this part of a package","count":1}])"));
    CHECK(got.account["values"]["read"] == got.account["values"]["written"].get<int>() + 3);
}

TEST_CASE("a file and a folder are recognised by what is in them") {
    const DataswornFormat format;
    Folder folder;
    const auto file = folder.put("vale.json", vale(""));
    const auto schema = folder.put("schema.json", R"({"definitions":{"a":"\"_id\""}})");
    const auto sure = [&](const std::filesystem::path& path) {
        return format.table()->probe(format.table()->self, sz::plugin::str(path.string()));
    };
    CHECK(sure(file) == 95);
    CHECK(sure(schema) == 0);
    CHECK(sure(folder.path()) == 90);
    CHECK(sure(folder.path() / "nowhere") == 0);
    std::filesystem::remove(file);
    CHECK(sure(folder.path()) == 0);
}
