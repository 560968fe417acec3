// SPDX-License-Identifier: AGPL-3.0-or-later
// Instances from entries of a dataset: three goblins from one in the bestiary.
#include "kernel/base/limits.hpp"
#include "kernel/campaign/entry_sheet.hpp"
#include "tests/unit/campaign/kernel.hpp"
#include "tests/unit/campaign/reader.hpp"

using namespace sz;
using namespace sz::test;

namespace {

const std::string hit_points = "entry.general.hit-points";

std::string numbered_id(int n) {
    const std::string digits = std::to_string(n);
    return "44444444-4444-4444-8444-" + std::string(12 - digits.size(), '0') + digits;
}

Json goblin_wanted(Json more = Json::object()) {
    Json wanted{{"entry", {{"pack", "Test"}, {"dataset", "bestiary"}, {"entry", "goblin"}}},
                {"name", "Goblin"},
                {"number", true},
                {"visibility", "gm"}};
    wanted.update(more);
    return wanted;
}

Operation make(int n, const Json& wanted = goblin_wanted()) {
    return {numbered_id(n), "", "create", Json::array({wanted}), {}};
}

const Instance& goblin(Evening& evening, int n) {
    return *evening.host->state().find(numbered_id(n));
}

}  // namespace

TEST_CASE("three goblins from one entry: each its own hit points, a number, a visibility") {
    Evening evening;
    evening.begun();
    const auto made = Evening::must(evening.act_as_gm({make(1), make(2), make(3)}));
    CHECK(made.instances.size() == 3);
    for (int n = 1; n <= 3; ++n) {
        const Instance& one = goblin(evening, n);
        CHECK(one.name == "Goblin " + std::to_string(n));
        CHECK(one.template_link == Json::parse(R"({"datapackId":"test-pack",
            "datasetId":"bestiary","entryId":"goblin","version":"1.2.0","name":"Goblin",
            "pack":"Test Pack"})"));
        CHECK(one.fields.at(hit_points).value == 7);
        CHECK(one.fields.at(hit_points).definition ==
              Json::parse(R"({"id":"hit-points","name":"Hit Points","type":"Number"})"));
        CHECK(one.fields.at("entry.general.size").value == "Small");
        CHECK(one.fields.at("entry.stats.strength").value == 8);
        CHECK(one.fields.size() == 4);
        CHECK(one.layout.at(0).name == "Goblin");
    }
    Evening::must(evening.act_as_gm({{numbered_id(2), hit_points, "add", Json::array({-5}), {}}}));
    CHECK(evening.value(hit_points, numbered_id(1)) == 7);
    CHECK(evening.value(hit_points, numbered_id(2)) == 2);
    // Prepared in secret, one shown, without what the entry itself keeps for the game master.
    const std::string guest = evening.guest.client_id();
    CHECK(shown_to(evening, guest).size() == 2);
    Evening::must(evening.act_as_gm(
        {{numbered_id(2), "", "visibility", Json::array({"", {{"visibility", "everyone"}}}), {}}}));
    const Sheets seen = read_by(evening, guest);
    CHECK(seen == shown_to(evening, guest));
    REQUIRE(seen.contains(numbered_id(2)));
    CHECK(seen.at(numbered_id(2)).fields.at(hit_points) == 2);
    CHECK_FALSE(seen.at(numbered_id(2)).fields.contains("entry.stats.fear"));
    CHECK_FALSE(seen.contains(numbered_id(1)));
    REQUIRE(evening.reopen());
    CHECK(evening.value(hit_points, numbered_id(2)) == 2);
    CHECK_FALSE(verify_file(evening.file()).first_bad);
}

TEST_CASE("an instance outlives its entry") {
    Evening evening;
    evening.begun();
    Evening::must(evening.act_as_gm({make(1)}));
    evening.templates.entries.clear();
    REQUIRE(evening.reopen());
    Evening::must(evening.act_as_gm({{numbered_id(1), hit_points, "add", Json::array({-1}), {}}}));
    CHECK(evening.value(hit_points, numbered_id(1)) == 6);
    CHECK(evening.act_as_gm({make(2)}).error().code == "SZ-LIB-004");
}

TEST_CASE("numbers go on, past those that were removed") {
    Evening evening;
    evening.begun();
    Evening::must(evening.act_as_gm({make(1), make(2)}));
    Evening::must(evening.act_as_gm({{numbered_id(2), "", "remove", Json::array(), {}}}));
    Evening::must(evening.act_as_gm({make(3)}));
    CHECK(goblin(evening, 3).name == "Goblin 3");
    Evening::must(evening.act_as_gm(
        {{numbered_id(1), "", "rename", Json::array({"Goblin 9"}), {}}, make(4)}));
    CHECK(goblin(evening, 4).name == "Goblin 10");
    Evening::must(evening.act_as_gm({make(5, goblin_wanted({{"number", false}}))}));
    CHECK(goblin(evening, 5).name == "Goblin");
    Evening::must(evening.act_as_gm({make(6, goblin_wanted({{"name", "Goblin King"}}))}));
    CHECK(goblin(evening, 6).name == "Goblin King 1");
    // A player who makes one learns nothing of those that are hidden.
    Evening::must(
        evening.submit(evening.signed_by(evening.guest, std::string(32, 'a'), 1,
                                         {make(7, goblin_wanted({{"visibility", "everyone"}}))})));
    CHECK(goblin(evening, 7).name == "Goblin 1");
}

TEST_CASE("all are made or none") {
    Evening evening;
    evening.begun();
    const EventIndex before = evening.host->events();
    const std::string taken = numbered_id(1);
    CHECK(evening.act_as_gm({make(1), make(2), make(1)}).error().code == "SZ-CAMPAIGN-022");
    CHECK(evening.host->events() == before);
    CHECK(evening.host->state().find(taken) == nullptr);
    const auto made = Evening::must(evening.act_as_gm({make(1), make(2)}));
    Evening::must(evening.undo(made.event));
    CHECK(goblin(evening, 1).removed);
    CHECK(goblin(evening, 2).removed);
}

TEST_CASE("what an entry's fields are called becomes ids; what has no letters gets one too") {
    Evening evening;
    evening.begun();
    const auto number = [](int value) { return Json{{"type", "Number"}, {"value", value}}; };
    evening.templates.entries["goblin"] =
        Json{{"id", "goblin"},
             {"name", "Goblin"},
             {"topLevelFields",
              {{"AC (worn)", number(1)},
               {"ac-worn", number(2)},
               {"勇気", number(3)},
               {"Größe", {{"type", "Number"}, {"value", 4}, {"name", "Size"}, {"min", 0}}}}},
             {"groups", {{{"id", "general"}, {"name", "G"}, {"fields", {{"x", number(5)}}}}}}};
    Evening::must(evening.act_as_gm({make(1)}));
    const auto& fields = goblin(evening, 1).fields;
    CHECK(fields.at("entry.general-2.ac-worn").value == 1);
    CHECK(fields.at("entry.general-2.ac-worn-2").value == 2);
    CHECK(fields.at("entry.general-2.field").value == 3);
    CHECK(fields.at("entry.general-2.gr-e").value == 4);
    CHECK(fields.at("entry.general-2.gr-e").definition ==
          Json::parse(R"({"id":"gr-e","name":"Size","type":"Number","min":0})"));
    CHECK(fields.at("entry.general.x").value == 5);
    CHECK(fields.size() == 5);
}

TEST_CASE("an entry that cannot be used says which field and why") {
    Evening evening;
    evening.begun();
    evening.templates.entries["goblin"]["topLevelFields"]["Hit Points"]["value"] = "many";
    const auto refused = evening.act_as_gm({make(1)});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-CAMPAIGN-033");
    CHECK(refused.error().message.find("entry “Goblin”") != std::string::npos);
    CHECK(refused.error().message.find(hit_points) != std::string::npos);
    const Json nameless{
        {"entry", {{"pack", "Test"}, {"dataset", "bestiary"}, {"entry", "goblin"}}}};
    CHECK(evening.act_as_gm({make(1, nameless)}).error().code == "SZ-CAMPAIGN-022");
    CHECK(evening.act_as_gm({make(1, Json{{"name", "X"}})}).error().code == "SZ-CAMPAIGN-022");
}

TEST_CASE("a template's sheet takes the entry's values where the names are the same") {
    Evening evening;
    evening.begun();
    Evening::must(evening.act_as_gm({make(1, goblin_wanted({{"template", "Test/hero"}}))}));
    const Instance& one = goblin(evening, 1);
    CHECK(one.fields.at(strength).value == 8);
    CHECK(one.fields.at("core.stats.luck").value == 5);
    CHECK(one.fields.size() == 9);
    CHECK(one.template_link["entryId"] == "goblin");
    CHECK(one.template_link["templateId"] == "hero");
    evening.templates.entries["goblin"]["groups"][0]["fields"]["Strength"] = {{"type", "Text"},
                                                                              {"value", "much"}};
    CHECK(evening.act_as_gm({make(2, goblin_wanted({{"template", "Test/hero"}}))}).error().code ==
          "SZ-CAMPAIGN-033");
}

TEST_CASE("over the bus: made in secret, numbered, and only as many as may be at once") {
    Kernel kernel;
    const std::string campaign =
        kernel.must("campaign.new", {{"template", "Test/evening"}, {"name", "N"}})["id"];
    const auto from_entry = [&](Json more) {
        Json params{
            {"campaign", campaign}, {"pack", "Test"}, {"dataset", "bestiary"}, {"entry", "goblin"}};
        params.update(more);
        return kernel.call("character.from-entry", params);
    };
    const auto names = [](const Result<Json>& made) {
        Json list = Json::array();
        for (const Json& one : made->at("characters")) list.push_back(one["name"]);
        return list;
    };
    CHECK(names(from_entry({{"count", 3}})) == Json::array({"Goblin 1", "Goblin 2", "Goblin 3"}));
    CHECK(names(from_entry(Json::object())) == Json::array({"Goblin 4"}));
    CHECK(names(from_entry({{"name", "Grik"}})) == Json::array({"Grik"}));
    CHECK(names(from_entry({{"name", "Grik"}, {"count", 2}})) == Json::array({"Grik 1", "Grik 2"}));
    const Json list = kernel.must("character.list", {{"campaign", campaign}})["characters"];
    REQUIRE(list.size() == 7);
    CHECK(list[0]["visible_to"] == "gm");
    CHECK(list[0]["template"]["entryId"] == "goblin");
    CHECK(from_entry({{"count", limits::instances_at_once_max}})->at("characters").size() ==
          limits::instances_at_once_max);
    CHECK(from_entry({{"count", limits::instances_at_once_max + 1}}).error().code ==
          "SZ-CAMPAIGN-053");
    CHECK(from_entry({{"entry", "orc"}}).error().code == "SZ-LIB-004");
    CHECK(kernel.must("campaign.verify", {{"id", campaign}})["ok"] == true);
}
