// SPDX-License-Identifier: AGPL-3.0-or-later
// Packages that depend on another.
#include "collected.hpp"
#include "tests/support/catch.hpp"

using namespace datasworn;
using namespace datasworn::test;

namespace {

const std::string ruleset = vale(R"("moves":{"travel":{"name":"Travel","contents":{"rest":{
    "name":"Rest","roll_type":"no_roll","text":"Sleep."}}}})");
const std::string expansion = coast(R"("assets":{"boat":{"name":"Boats",
    "enhances":"vale/collections/moves/travel","contents":{"raft":{"name":"Raft","category":"Boat",
    "count_as_impact":false,"shared":false,"abilities":[{"enabled":true,
    "text":"You may [Rest](id:vale/moves/travel/rest), [Row](id:coast/assets/boat/raft), [Fly](id:vale/moves/travel/fly) or [Dig](id:mines/moves/a/dig)."
    }]}}}})");

}  // namespace

TEST_CASE("an expansion depends on its ruleset's pack, and its links lead into it") {
    Folder folder;
    const Collected got = import(folder.put("coast.json", expansion));
    REQUIRE(got.status == SZ_OK);
    CHECK(got.manifest()["id"] == coast_pack);
    CHECK(got.manifest()["license"] == "LicenseRef-none-given");
    CHECK(got.manifest()["dependencies"] ==
          Json::array({{{"id", vale_pack}, {"name", "Vale"}, {"version", "*"}}}));
    // The ruleset is not there to look: what is named in it is taken on trust.
    CHECK(got.value("assets", "boat-raft", "abilities")[0]["cells"]["text"] ==
          "You may [Rest](entry:" + vale_pack +
              "/moves/travel-rest), Row, "
              "[Fly](entry:" +
              vale_pack + "/moves/travel-fly) or Dig.");
    CHECK(got.value("collections", "assets-boat", "enhances") ==
          link_to("collections", "moves-travel", vale_pack, "*"));
    CHECK(got.with_code("SZ-DATASWORN-013").size() == 1);
    REQUIRE(got.with_code("SZ-DATASWORN-011").size() == 1);
    CHECK_THAT(got.with_code("SZ-DATASWORN-011")[0].message,
               ContainsSubstring("mines/moves/a/dig"));
}

TEST_CASE("with the ruleset at hand, links that lead nowhere in it stay text") {
    Folder folder;
    const auto file = folder.put("coast/coast.json", expansion);
    SECTION("beside the file") { folder.put("coast/vale.json", ruleset); }
    SECTION("in the folder of its name") { folder.put("vale/vale.json", ruleset); }
    const Collected got = import(file);
    REQUIRE(got.status == SZ_OK);
    REQUIRE(got.packs.size() == 1);
    CHECK(got.manifest()["dependencies"][0]["name"] == "The Vale");
    CHECK(got.value("assets", "boat-raft", "abilities")[0]["cells"]["text"] ==
          "You may [Rest](entry:" + vale_pack + "/moves/travel-rest), Row, Fly or Dig.");
    CHECK(got.account["links"] == Json{{"kept", 3}, {"left_as_text", 2}});
    CHECK(got.with_code("SZ-DATASWORN-011").size() == 2);
    CHECK(got.with_code("SZ-DATASWORN-013").empty());
}

TEST_CASE("of a folder every package becomes a pack, the ruleset first") {
    Folder folder;
    folder.put("a-coast.json", expansion);
    folder.put("vale.json", ruleset);
    folder.put("notes.json", "{}");
    const Collected got = import(folder.path());
    REQUIRE(got.status == SZ_OK);
    REQUIRE(got.packs.size() == 2);
    CHECK(got.manifest(0)["id"] == vale_pack);
    CHECK(got.manifest(1)["id"] == coast_pack);
    CHECK_THAT(got.value("assets", "boat-raft", "abilities", 1)[0]["cells"]["text"],
               ContainsSubstring("[Rest](entry:" + vale_pack + "/moves/travel-rest)"));
    CHECK(got.account["written"] == 4);
    REQUIRE(got.with_code("SZ-DATASWORN-014").size() == 1);
    CHECK(got.with_code("SZ-DATASWORN-014")[0].file == "notes.json");
}

TEST_CASE("expansions that name each other as rulesets do not go round in circles") {
    Folder folder;
    const auto file = folder.put("coast.json", expansion);
    folder.put(
        "vale.json",
        R"({"_id":"vale","datasworn_version":"0.0.10","type":"expansion","ruleset":"coast"})");
    CHECK(import(file).status == SZ_OK);
}

TEST_CASE("importing twice gives the same bytes") {
    Folder folder;
    folder.put("coast.json", expansion);
    folder.put("vale.json", ruleset);
    const Collected first = import(folder.path());
    const Collected second = import(folder.path());
    CHECK(first.packs == second.packs);
    CHECK(first.account == second.account);
}
