// SPDX-License-Identifier: AGPL-3.0-or-later
// Members, who sees and who changes what, as whoever calls the bus sees them.
#include "tests/unit/campaign/kernel.hpp"

using namespace sz;
using namespace sz::test;

namespace {

struct Table : Kernel {
    Table() {
        campaign = must("campaign.new", {{"template", "Test/evening"}, {"name", "N"}})["id"];
        thorn = must("character.new",
                     {{"campaign", campaign}, {"template", "Test/hero"}, {"name", "Thorn"}})["id"];
        must("campaign.member", {{"id", campaign}, {"member", ada}, {"name", "Ada"}});
    }
    Result<Json> show(const char* path, const Json& to) {
        return call("character.visibility", {{"id", thorn}, {"path", path}, {"to", to}});
    }
    std::string place_of(const char* path) {
        const auto done = show(path, {{"visibility", "owner"}});
        return done ? done->at("path").get<std::string>() : done.error().code;
    }

    std::string ada = TestKey(2).client_id(), bo = TestKey(3).client_id();
    std::string campaign, thorn;
};

}  // namespace

TEST_CASE("a place is named by ids, or by the names of sections, groups and fields") {
    Table table;
    CHECK(table.place_of("") == "");
    CHECK(table.place_of("core") == "core");
    CHECK(table.place_of("Core") == "core");
    CHECK(table.place_of("behind THE screen") == "hidden");
    CHECK(table.place_of("core.stats") == "core.stats");
    CHECK(table.place_of("Core.Things") == "core.things");
    CHECK(table.place_of("stats") == "core.stats");
    CHECK(table.place_of("Truth") == "hidden.truth");
    CHECK(table.place_of("doom") == "core.stats.doom");
    CHECK(table.place_of("Stats.Doom") == "core.stats.doom");
    CHECK(table.place_of("True name") == "hidden.truth.name");
    CHECK(table.place_of("nowhere") == "SZ-CAMPAIGN-005");
    CHECK(table.place_of("core.nowhere") == "SZ-CAMPAIGN-005");
}

TEST_CASE("a place that could be two is refused with both") {
    Table table;
    Json two = table.templates.find_template("character-template", "Test/hero").value();
    two["sections"][1]["groups"][0]["name"] = "Stats";
    table.templates.others["Test/two"] = two;
    const std::string one =
        table.must("character.new",
                   {{"campaign", table.campaign}, {"template", "Test/two"}, {"name", "Two"}})["id"];
    const auto refused =
        table.call("character.visibility",
                   {{"id", one}, {"path", "Stats"}, {"to", {{"visibility", "owner"}}}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-CAMPAIGN-006");
    CHECK(refused.error().message.find("core.stats, hidden.truth") != std::string::npos);
}

TEST_CASE("members are named by name; two of one name only by their Client IDs") {
    Table table;
    const auto named = [](const std::string& who) {
        return Json{{"visibility", "named"}, {"named", Json::array({who})}};
    };
    CHECK(table.show("doom", named("ada"))->at("to")["named"] == Json::array({table.ada}));
    CHECK(table.show("doom", named("Nobody")).error().code == "SZ-CAMPAIGN-050");
    // Somebody who is not at the table yet.
    CHECK(table.show("doom", named(table.bo))->at("to")["named"] == Json::array({table.bo}));
    table.must("campaign.member", {{"id", table.campaign}, {"member", table.bo}, {"name", "ADA"}});
    CHECK(table.show("doom", named("Ada")).error().code == "SZ-CAMPAIGN-052");
    CHECK(table.show("doom", named(table.ada)));
    const auto edits =
        table.call("character.editability",
                   {{"id", table.thorn},
                    {"path", "Stats.Luck"},
                    {"to", {{"editableBy", "named"}, {"named", Json::array({table.ada})}}}});
    REQUIRE(edits);
    const Json shown = table.must("character.show", {{"id", table.thorn}});
    CHECK(shown["fields"]["core.stats.luck"]["editable_by"] == Json::array({table.ada}));
    CHECK(shown["fields"]["core.stats.doom"]["visible_to"] == Json::array({table.ada}));
    CHECK(table.code("character.visibility", {{"id", other_id}, {"path", ""}, {"to", nullptr}}) ==
          "SZ-CAMPAIGN-004");
}

TEST_CASE("a new member is a player with a name; what is not said stays") {
    Table table;
    const auto member = [&](Json more) {
        Json params{{"id", table.campaign}, {"member", table.bo}};
        params.update(more);
        const auto done = table.call("campaign.member", params);
        return done ? done->at("member") : Json(done.error().code);
    };
    CHECK(member(Json::object()) == "SZ-CAMPAIGN-003");
    CHECK(member({{"name", "Bo"}}) ==
          Json{{"client_id", table.bo}, {"name", "Bo"}, {"role", "player"}});
    CHECK(member({{"role", "assistant"}})["name"] == "Bo");
    CHECK(member({{"name", "Bob"}})["role"] == "assistant");
    CHECK(member({{"role", nullptr}})["role"].is_null());
    CHECK(member({{"role", nullptr}, {"name", "Bo"}}) == "SZ-CAMPAIGN-022");
    CHECK(table.must("campaign.members", {{"id", table.campaign}})["members"].size() == 2);
}
