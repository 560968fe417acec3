// SPDX-License-Identifier: AGPL-3.0-or-later
// Tables to roll on: of oracles and of truths.
#include "collected.hpp"
#include "tests/support/catch.hpp"

using namespace datasworn;
using namespace datasworn::test;

namespace {

Collected with_oracle(const std::string& members) {
    Folder folder;
    return import(
        folder.put("vale.json", vale(R"("oracles":{"land":{"type":"oracle_collection","name":"Land",
        "oracle_type":"tables","contents":{"weather":{"name":"Weather","dice":"1d6","rows":[
        {"min":1,"max":6,"text":"Fog"}]},"sky":{"name":"Sky",)" +
                                     members + "}}}}")));
}

const Json weather = link_to("oracles", "land-weather");

}  // namespace

TEST_CASE("an oracle becomes a table that can be rolled on") {
    const Collected got = with_oracle(R"J("oracle_type":"table_text2","dice":"1d100",
        "column_labels":{"roll":"Roll","text":"Result","text2":"Why"},
        "recommended_rolls":{"min":1,"max":2},"match":{"text":"Twice as much."},"rows":[
        {"min":1,"max":1,"text":"Rain","text2":"[Fog](id:vale/oracles/land/weather)","icon":"a.svg"},
        {"min":2,"max":90,"text":"Sun\nor moon","text2":null,"template":{"text":"x"}},
        {"min":91,"max":100,"text":"Roll twice","oracle_rolls":[
          {"oracle":null,"dice":null,"auto":true,"duplicates":"reroll","number_of_rolls":2},
          {"oracle":"vale/oracles/land/weather","auto":false,"duplicates":"keep","number_of_rolls":1}]},
        {"min":null,"max":null,"text":"Nothing"}])J");
    REQUIRE(got.status == SZ_OK);
    const Json fields = got.entry("oracles", "land-sky")["topLevelFields"];
    CHECK(fields["table"]["type"] == "RandomTable");
    CHECK(fields["table"]["value"] ==
          Json({{"dice", "1d100"},
                {"rows",
                 {{{"id", "r1"}, {"from", 1}, {"to", 1}, {"text", "Rain — Fog"}, {"link", weather}},
                  {{"id", "r2"}, {"from", 2}, {"to", 90}, {"text", "Sun\nor moon"}},
                  {{"id", "r3"},
                   {"from", 91},
                   {"to", 100},
                   {"text", "Roll twice"},
                   {"link", link_to("oracles", "land-sky")}}}}}));
    CHECK(fields["withoutRange"]["value"] == Json::array({"Nothing"}));
    CHECK(fields["furtherRolls"]["value"] ==
          Json::array({{{"id", "1"},
                        {"cells",
                         {{"row", "91–100"},
                          {"oracle", link_to("oracles", "land-sky")},
                          {"rolls", 2},
                          {"automatic", true},
                          {"duplicates", "reroll"}}}},
                       {{"id", "2"},
                        {"cells",
                         {{"row", "91–100"},
                          {"oracle", weather},
                          {"rolls", 1},
                          {"automatic", false},
                          {"duplicates", "keep"}}}}}));
    CHECK(fields["columns"]["value"] == "Roll · Result · Why");
    CHECK(fields["recommendedRolls"]["value"] == "1–2");
    CHECK(fields["onAMatch"]["value"] == "Twice as much.");
    CHECK(fields["links"]["value"] == Json::array({weather}));
    CHECK(got.account["left_out"] == Json::parse(R"([
        {"what":"pictures","why":"the package names them but does not hold them","count":1},
        {"what":"templates of rows","why":"a row's text says the same, and a table has no place for them","count":1}])"));
    CHECK(got.account["parts"] == 5);  // four rows here, one there
}

TEST_CASE("rows are put in order, and those that overlap are said and kept beside") {
    const Collected got = with_oracle(R"("dice":"1d20","rows":[{"min":11,"max":20,"text":"b"},
        {"min":1,"max":10,"text":"a"},{"min":10,"max":12,"text":"c"},{"min":0,"max":4,"text":"d"},
        {"min":"x","max":4,"text":"e"}])");
    REQUIRE(got.status == SZ_OK);
    const Json fields = got.entry("oracles", "land-sky")["topLevelFields"];
    CHECK(fields["table"]["value"] == Json::parse(R"({"dice":"1d20","rows":[
        {"id":"r1","from":1,"to":10,"text":"a"},{"id":"r2","from":11,"to":20,"text":"b"}]})"));
    CHECK(fields["withoutRange"]["value"] == Json::array({"10–12: c", "0–4 — d", "x–4 — e"}));
    const auto warnings = got.with_code("SZ-DATASWORN-015");
    REQUIRE(warnings.size() == 3);
    CHECK(warnings[0].pointer == "/oracles/land/contents/sky/rows/3");
    CHECK(warnings[2].pointer == "/oracles/land/contents/sky/rows/2");
    CHECK(warnings[2].severity == SZ_SEVERITY_WARNING);
}

TEST_CASE("dice that are none are taken from the rows, and said") {
    const Collected got = with_oracle(R"("dice":"many","rows":[{"min":1,"max":8,"text":"a"}])");
    CHECK(got.value("oracles", "land-sky", "table")["dice"] == "1d8");
    CHECK(got.value("oracles", "land-sky", "dice") == "many");
    REQUIRE(got.with_code("SZ-DATASWORN-010").size() == 1);
    CHECK(got.with_code("SZ-DATASWORN-010")[0].pointer == "/oracles/land/contents/sky/dice");
}

TEST_CASE("a table takes 1,000 rows, and no dice larger than can be rolled") {
    std::string rows;
    for (int i = 1; i <= 1001; ++i)
        rows += (i == 1 ? "" : ",") + ("{\"min\":" + std::to_string(i * 10) +
                                       ",\"max\":" + std::to_string(i * 10) + ",\"text\":\"t\"}");
    const Collected got = with_oracle("\"dice\":\"1d10010\",\"rows\":[" + rows + "]");
    REQUIRE(got.status == SZ_OK);
    const Json table = got.value("oracles", "land-sky", "table");
    CHECK(table["rows"].size() == 1000);
    CHECK(table["dice"] == "1d10000");
    CHECK(got.value("oracles", "land-sky", "withoutRange") == Json::array({"10010: t"}));
    CHECK(got.value("oracles", "land-sky", "dice") == "1d10010");
    CHECK(got.with_code("SZ-DATASWORN-017").size() == 1);
}

TEST_CASE("an oracle without rows to roll keeps its dice as text") {
    const Collected got = with_oracle(R"("dice":"1d6","rows":[])");
    CHECK(got.value("oracles", "land-sky", "dice") == "1d6");
    CHECK_FALSE(got.entry("oracles", "land-sky")["topLevelFields"].contains("table"));
}

TEST_CASE("collections in collections keep the tree; an oracle's id may name one") {
    Folder folder;
    const Collected got = import(folder.put("vale.json", vale(R"J("oracles":{"land":{"name":"Land",
        "summary":"See [Names](id:vale/oracles/land/names).","collections":{"names":{"name":"Names",
        "oracle_type":"table_shared_text","column_labels":{"text":"Name"},"contents":{
        "hill":{"name":"Hill","dice":"1d2","rows":[{"min":1,"max":1,"text":"Ash"}]}}}}}})J")));
    REQUIRE(got.status == SZ_OK);
    const Json land = got.entry("collections", "oracles-land");
    const Json names = link_to("collections", "oracles-land-names");
    CHECK(land["description"] == "See [Names](entry:collections/oracles-land-names).");
    CHECK(land["topLevelFields"]["collections"]["value"] == Json::array({names}));
    CHECK_FALSE(land["topLevelFields"].contains("links"));
    CHECK_FALSE(land["topLevelFields"].contains("collection"));
    CHECK(got.value("collections", "oracles-land-names", "collection") ==
          link_to("collections", "oracles-land"));
    CHECK(got.value("oracles", "land-names-hill", "collection") == names);
}

TEST_CASE("a truth is rolled for, and each option keeps what it says") {
    Folder folder;
    const Collected got = import(folder.put("vale.json", vale(R"("truths":{"rain":{"name":"Rain",
        "dice":"1d100","your_character":"Are you wet?","options":[
        {"min":1,"max":50,"summary":"It rains.","description":"From:\n\n{{table:vale/truths/rain/0}}",
         "quest_starter":"Find out why.","table":{"oracle_type":"table_text","dice":"1d4","rows":[
           {"min":1,"max":4,"text":"The west"}]}},
        {"min":51,"max":100,"summary":"It does not.","description":"Dry.","quest_starter":"Drink."}
        ]}})")));
    REQUIRE(got.status == SZ_OK);
    const Json rain = got.entry("truths", "rain");
    CHECK(rain["topLevelFields"]["table"]["value"] == Json::parse(R"({"dice":"1d100","rows":[
        {"id":"r1","from":1,"to":50,"text":"It rains."},
        {"id":"r2","from":51,"to":100,"text":"It does not."}]})"));
    CHECK(rain["topLevelFields"]["yourCharacter"]["value"] == "Are you wet?");
    REQUIRE(rain["groups"].size() == 2);
    const Json& first = rain["groups"][0]["fields"];
    CHECK(first["range"]["value"] == "1–50");
    CHECK(first["description"]["value"] == "From:\n\n*(table: Rain)*");
    CHECK(first["questStarter"]["value"] == "Find out why.");
    CHECK(first["table"]["type"] == "RandomTable");
    CHECK(first["table"]["value"]["rows"][0]["text"] == "The west");
    CHECK(got.account["parts"] == 3);
}
