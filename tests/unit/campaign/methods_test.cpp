// SPDX-License-Identifier: AGPL-3.0-or-later
// campaign.* and character.* as whoever calls the bus sees them: parameters and results checked
// against their schemas.
#include <fstream>
#include <mutex>

#include "tests/unit/campaign/kernel.hpp"

using namespace sz;
using namespace sz::test;

TEST_CASE("a game master's evening over the bus") {
    Kernel kernel;
    std::mutex mutex;
    std::vector<Json> changes;
    kernel.bus.subscribe("campaign.changed", [&](const std::string&, const Json& message) {
        const std::lock_guard<std::mutex> lock(mutex);
        changes.push_back(message);
    });
    const std::string campaign =
        kernel.must("campaign.new", {{"template", "Test/evening"}, {"name", "Nightfall"}})["id"];
    const std::string thorn =
        kernel.must("character.new",
                    {{"campaign", campaign}, {"template", "Test/hero"}, {"name", "Thorn"}})["id"];
    const Json shown = kernel.must("character.show", {{"id", thorn}});
    CHECK(shown["name"] == "Thorn");
    CHECK(shown["revision"] == 2);
    CHECK(shown["template"]["templateId"] == "hero");
    CHECK(shown["template"]["version"] == "1.2.0");
    CHECK(shown["fields"]["core.stats.strength"] ==
          Json::parse(R"({"type":"Number","value":10,"text":"10","editable":true,
                                 "visible_to":"everyone","editable_by":"owner"})"));
    CHECK(shown["fields"]["core.stats.doom"]["visible_to"] == "gm");
    CHECK(shown["sections"][0]["groups"][0]["name"] == "Stats");
    CHECK(shown["sections"][0]["groups"][0]["fields"][1]["id"] == "doom");
    CHECK(shown["sections"][1]["id"] == "hidden");

    const Json done = kernel.must(
        "character.do", {{"id", thorn}, {"path", "strength"}, {"op", "add"}, {"args", {2}}});
    CHECK(done["value"] == 12);
    CHECK(done["event"] == 3);
    CHECK(done["revision"] == 3);
    const Json acted = kernel.must(
        "campaign.act",
        {{"id", campaign},
         {"operations",
          {{{"instance", thorn}, {"path", "Stats.Doom"}, {"op", "set"}, {"args", {9}}},
           {{"instance", campaign}, {"path", "setting"}, {"op", "set"}, {"args", {"A mill"}}}}}});
    CHECK(acted["values"] == Json::array({9, "A mill"}));
    const Json campaign_shown = kernel.must("campaign.show", {{"id", campaign}});
    CHECK(campaign_shown["name"] == "Nightfall");
    CHECK(campaign_shown["events"] == 4);
    CHECK(campaign_shown["head"] == acted["head"]);
    CHECK(campaign_shown["session"]["fields"]["info.notes.setting"]["value"] == "A mill");
    CHECK(campaign_shown["characters"][0]["name"] == "Thorn");
    CHECK(campaign_shown["packs"] ==
          Json::parse(R"([{"id":"test-pack","version":"1.2.0","name":"Test Pack"}])"));
    CHECK(campaign_shown["members"][0]["name"] == "Mira");

    CHECK(kernel.must("campaign.undo", {{"id", campaign}})["undone"] == 4);
    CHECK(kernel.must("character.show",
                      {{"id", campaign}})["fields"]["info.notes.setting"]["value"] == "");
    kernel.must("character.rename", {{"id", thorn}, {"name", "Thorne"}});
    const Json log = kernel.must("campaign.log", {{"id", campaign}, {"limit", 4}});
    CHECK(log["total"] == 6);
    REQUIRE(log["events"].size() == 4);
    CHECK(log["events"][0]["summary"] == "Mira renamed “Thorn” to “Thorne”.");
    CHECK(
        log["events"][1]["summary"] ==
        "Mira took back event 4: set “Setting” of “Nightfall” to “”, set “Doom” of “Thorne” to 3.");
    CHECK(log["events"][3]["summary"] == "Mira set “Strength” of “Thorne” to 12.");
    CHECK(log["events"][3]["operations"][0]["op"] == "add");
    CHECK(kernel.must("campaign.log", {{"id", campaign}, {"before", 3}})["events"][0]["summary"] ==
          "Mira made “Thorn” from “Hero”.");

    const Json verified = kernel.must("campaign.verify", {{"id", campaign}});
    CHECK(verified["ok"] == true);
    CHECK(verified["events"] == 6);
    kernel.stop();
    kernel.start();
    CHECK(kernel.must("character.show",
                      {{"id", thorn}})["fields"]["core.stats.strength"]["value"] == 12);
    const Json list = kernel.must("campaign.list", Json::object());
    REQUIRE(list["campaigns"].size() == 1);
    CHECK(list["campaigns"][0]["name"] == "Nightfall");
    CHECK(list["campaigns"][0]["events"] == 6);
    CHECK(list["campaigns"][0]["characters"] == 1);
    CHECK(list["campaigns"][0]["ok"] == true);
    const std::lock_guard<std::mutex> lock(mutex);
    REQUIRE(changes.size() == 6);
    CHECK(changes[1]["kind"] == "new");
    CHECK(changes[1]["instances"] == Json::array({thorn}));
    CHECK(changes[2]["kind"] == "act");
    CHECK(changes[4]["kind"] == "undo");
}

TEST_CASE(
    "a character is removed and undo brings it back; a campaign's file is kept when it goes") {
    Kernel kernel;
    const std::string campaign =
        kernel.must("campaign.new", {{"template", "Test/evening"}, {"name", "Nightfall"}})["id"];
    const std::string thorn =
        kernel.must("character.new",
                    {{"campaign", campaign}, {"template", "Test/hero"}, {"name", "Thorn"}})["id"];
    kernel.must("character.remove", {{"id", thorn}});
    CHECK(kernel.code("character.show", {{"id", thorn}}) == "SZ-CAMPAIGN-004");
    CHECK(kernel.must("character.list", {{"campaign", campaign}})["characters"].empty());
    kernel.must("campaign.undo", {{"id", campaign}});
    CHECK(kernel.must("character.list", {{"campaign", campaign}})["characters"][0]["name"] ==
          "Thorn");
    kernel.must("campaign.rename", {{"id", campaign}, {"name", "Daybreak"}});
    CHECK(kernel.must("campaign.list", Json::object())["campaigns"][0]["name"] == "Daybreak");
    kernel.must("campaign.remove", {{"id", campaign}});
    CHECK(kernel.must("campaign.list", Json::object())["campaigns"].empty());
    CHECK(kernel.code("campaign.show", {{"id", campaign}}) == "SZ-CAMPAIGN-001");
    CHECK(std::filesystem::exists(kernel.profile.path() / "campaigns" / "removed" /
                                  (campaign + ".sqlite")));
}

TEST_CASE("a campaign that was removed comes back as it was") {
    Kernel kernel;
    const std::string campaign =
        kernel.must("campaign.new", {{"template", "Test/evening"}, {"name", "Nightfall"}})["id"];
    const std::string thorn =
        kernel.must("character.new",
                    {{"campaign", campaign}, {"template", "Test/hero"}, {"name", "Thorn"}})["id"];
    const auto head = kernel.must("campaign.show", {{"id", campaign}})["head"];
    CHECK(kernel.code("campaign.restore", {{"id", campaign}}) == "SZ-CAMPAIGN-009");
    kernel.must("campaign.remove", {{"id", campaign}});
    const auto removed = kernel.must("campaign.list", {{"removed", true}})["campaigns"];
    REQUIRE(removed.size() == 1);
    CHECK(removed[0]["name"] == "Nightfall");
    CHECK(kernel.must("campaign.restore", {{"id", campaign}})["restored"] == campaign);
    CHECK(kernel.must("campaign.list", {{"removed", true}})["campaigns"].empty());
    CHECK(kernel.must("campaign.show", {{"id", campaign}})["head"] == head);
    CHECK(kernel.must("character.show", {{"id", thorn}})["name"] == "Thorn");
    kernel.must("character.rename", {{"id", thorn}, {"name", "Rose"}});
    CHECK(kernel.must("campaign.verify", {{"id", campaign}})["ok"] == true);
    CHECK(kernel.code("campaign.restore", {{"id", thorn}}) == "SZ-CAMPAIGN-001");
}

TEST_CASE("a damaged campaign is listed with its reason and hides no other") {
    Kernel kernel;
    const std::string good =
        kernel.must("campaign.new", {{"template", "Test/evening"}, {"name", "Good"}})["id"];
    const std::string bad =
        kernel.must("campaign.new", {{"template", "Test/evening"}, {"name", "Bad"}})["id"];
    kernel.stop();
    const auto file = kernel.profile.path() / "campaigns" / (bad + ".sqlite");
    std::ofstream(file, std::ios::binary | std::ios::trunc)
        << "this is no database, however one looks at it";
    std::ofstream(kernel.profile.path() / "campaigns" / (other_id + ".sqlite"));
    kernel.start();
    int damaged = 0;
    const Json list = kernel.must("campaign.list", Json::object());
    for (const Json& one : list["campaigns"]) {
        CHECK(one["ok"] == (one["id"] == good));
        if (one["ok"] == false) {
            ++damaged;
            CHECK_FALSE(one["reason"].get<std::string>().empty());
        }
    }
    CHECK(damaged == 2);
    CHECK(kernel.must("campaign.show", {{"id", good}})["name"] == "Good");
    CHECK(kernel.code("campaign.show", {{"id", bad}}) == "SZ-CAMPAIGN-002");
    CHECK(kernel.must("campaign.verify", {{"id", bad}})["ok"] == false);
    CHECK(std::filesystem::file_size(file) == 44);
}

TEST_CASE("paths may be short, by id or by name; what could be several is listed") {
    Kernel kernel;
    const std::string campaign =
        kernel.must("campaign.new", {{"template", "Test/evening"}, {"name", "N"}})["id"];
    const std::string thorn =
        kernel.must("character.new",
                    {{"campaign", campaign}, {"template", "Test/hero"}, {"name", "Thorn"}})["id"];
    const auto path_of = [&](const char* typed) {
        const auto done = kernel.call(
            "character.do", {{"id", thorn}, {"path", typed}, {"op", "set"}, {"args", {"x"}}});
        return done ? (*done)["path"].get<std::string>() : done.error().code;
    };
    CHECK(path_of("motto") == "core.things.motto");
    CHECK(path_of("MOTTO") == "core.things.motto");
    CHECK(path_of("Things.Motto") == "core.things.motto");
    CHECK(path_of("core.Things.motto") == "core.things.motto");
    CHECK(path_of("True name") == "hidden.truth.name");
    CHECK(path_of("name") == "hidden.truth.name");
    CHECK(path_of("stats.motto") == "SZ-CAMPAIGN-005");
    CHECK(path_of("nothing") == "SZ-CAMPAIGN-005");
}

TEST_CASE("what a member gets is asked with as; a stranger gets nothing") {
    Kernel kernel;
    const std::string campaign =
        kernel.must("campaign.new", {{"template", "Test/evening"}, {"name", "N"}})["id"];
    const std::string thorn =
        kernel.must("character.new",
                    {{"campaign", campaign}, {"template", "Test/hero"}, {"name", "Thorn"}})["id"];
    const std::string ada = TestKey(9).client_id();
    CHECK(kernel.code("character.show", {{"id", thorn}, {"as", ada}}) == "SZ-CAMPAIGN-050");
    CHECK(kernel.code("campaign.show", {{"id", campaign}, {"as", "Ada"}}) == "SZ-CAMPAIGN-050");
    kernel.must("campaign.member", {{"id", campaign}, {"member", ada}, {"name", "Ada"}});
    for (const std::string& who : {ada, std::string("Ada"), std::string("aDA")}) {
        const Json seen = kernel.must("character.show", {{"id", thorn}, {"as", who}});
        CHECK(seen["fields"].size() == 5);
        CHECK_FALSE(seen["fields"].contains("core.stats.doom"));
        for (const char* told : {"visible_to", "editable_by"}) {
            CHECK_FALSE(seen.contains(told));
            CHECK_FALSE(seen["fields"]["core.stats.strength"].contains(told));
        }
        CHECK(seen["fields"]["core.stats.strength"]["editable"] == false);
        CHECK(seen["fields"]["core.stats.fame"]["editable"] == true);
        CHECK(seen["sections"].size() == 1);
        const Json shown = kernel.must("campaign.show", {{"id", campaign}, {"as", who}});
        CHECK(shown["session"]["fields"].size() == 1);
    }
}

TEST_CASE("a sheet whose id was chosen to be another campaign's does not take its place") {
    Kernel kernel;
    const auto begin = [&](const char* name) -> std::string {
        return kernel.must("campaign.new", {{"template", "Test/evening"}, {"name", name}})["id"];
    };
    // Either may be the first in whatever order the files are read.
    const std::string mine = begin("Mine");
    const std::string other = begin("Other");
    const std::string thorn = kernel.must(
        "character.new", {{"campaign", mine}, {"template", "Test/hero"}, {"name", "Thorn"}})["id"];
    const auto make_in_other = [&](const std::string& id) {
        const Json operation{{"instance", id},
                             {"path", ""},
                             {"op", "create"},
                             {"args", {{{"template", "Test/hero"}, {"name", "Changeling"}}}}};
        kernel.must("campaign.act", {{"id", other}, {"operations", Json::array({operation})}});
    };
    make_in_other(mine);
    make_in_other(thorn);
    const auto shown = [&](const std::string& id, const std::string& campaign) {
        return kernel.must("character.show", {{"id", id}, {"campaign", campaign}})["name"];
    };
    for (int i = 0; i < 2; ++i) {
        CHECK(kernel.must("character.show", {{"id", mine}})["name"] == "Mine");
        CHECK(kernel.must("character.show", {{"id", other}})["name"] == "Other");
        const auto ambiguous = kernel.call("character.show", {{"id", thorn}});
        REQUIRE_FALSE(ambiguous);
        CHECK(ambiguous.error().code == "SZ-CAMPAIGN-008");
        CHECK(ambiguous.error().message.find(mine) != std::string::npos);
        CHECK(ambiguous.error().message.find(other) != std::string::npos);
        CHECK(kernel.code("character.rename", {{"id", thorn}, {"name", "X"}}) == "SZ-CAMPAIGN-008");
        CHECK(shown(thorn, mine) == "Thorn");
        CHECK(shown(thorn, other) == "Changeling");
        CHECK(shown(mine, other) == "Changeling");
        CHECK(kernel.code("character.show", {{"id", thorn}, {"campaign", other_id}}) ==
              "SZ-CAMPAIGN-001");
        kernel.stop();
        kernel.start();
    }
    const Json done = kernel.must(
        "character.do",
        {{"id", thorn}, {"campaign", mine}, {"path", "strength"}, {"op", "set"}, {"args", {17}}});
    CHECK(done["value"] == 17);
    // Taken away where it should not be, it is plain again which is meant.
    kernel.must("character.remove", {{"id", thorn}, {"campaign", other}});
    const Json thorn_now = kernel.must("character.show", {{"id", thorn}});
    CHECK(thorn_now["name"] == "Thorn");
    CHECK(thorn_now["campaign"] == mine);
    kernel.must("campaign.remove", {{"id", other}});
    CHECK(kernel.must("character.show", {{"id", thorn}})["name"] == "Thorn");
}

TEST_CASE("wrong requests are answered with what is wrong") {
    Kernel kernel;
    CHECK(kernel.code("campaign.new", {{"template", "No/such"}, {"name", "N"}}) == "SZ-LIB-003");
    CHECK(kernel.must("campaign.list", Json::object())["campaigns"].empty());
    CHECK(kernel.code("campaign.show", {{"id", other_id}}) == "SZ-CAMPAIGN-001");
#ifdef SZ_CHECKS_SCHEMAS
    CHECK(kernel.code("campaign.show", {{"id", "x"}}) == "SZ-BUS-002");
#endif
    CHECK(kernel.code("campaign.verify", {{"id", other_id}}) == "SZ-CAMPAIGN-001");
    CHECK(kernel.code("character.show", {{"id", other_id}}) == "SZ-CAMPAIGN-004");
    const std::string campaign =
        kernel.must("campaign.new", {{"template", "Test/evening"}, {"name", "N"}})["id"];
    CHECK(kernel.code("campaign.undo", {{"id", campaign}}) == "SZ-CAMPAIGN-026");
    CHECK(kernel.code("campaign.new", {{"template", "Test/evening"}, {"name", "  "}}) ==
          "SZ-CAMPAIGN-003");
    CHECK(kernel.code("character.do", {{"id", campaign},
                                       {"path", "setting"},
                                       {"op", "explode"},
                                       {"args", Json::array()}}) == "SZ-FIELD-110");
    CHECK(kernel.must(
              "character.do",
              {{"id", campaign}, {"path", "setting"}, {"op", "set"}, {"args", {"y"}}})["value"] ==
          "y");
}
