// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/computed.hpp"

#include "kernel/campaign/views.hpp"
#include "tests/unit/campaign/evening.hpp"

using namespace sz::test;
using sz::Json;
using sz::campaign::Viewer;

namespace {

Json formula(const char* id, const char* text, const char* visibility = "everyone") {
    Json field = plain_field(id, id, "Formula", visibility);
    field["formula"] = text;
    return field;
}
Json list_of_things(const char* id, const Json& effects, const char* visibility = "everyone") {
    Json field = plain_field(id, id, "List", visibility);
    field["effects"] = effects;
    return field;
}
Json link(const char* entry) {
    return {{"datapackId", "p"}, {"datasetId", "d"}, {"entryId", entry}, {"version", "1.0.0"}};
}
Json entry(const char* name, const Json& effects, int rating = 0) {
    return {{"id", name},
            {"name", name},
            {"topLevelFields", {{"rating", {{"type", "Number"}, {"value", rating}}}}},
            {"groups",
             {{{"id", "cost"},
               {"name", "Cost"},
               {"fields", {{"coins", {{"type", "Number"}, {"value", 7}}}}}}}},
            {"effects", effects}};
}

// A campaign with one sheet of one group "s.g".
struct Sheet {
    explicit Sheet(const Json& fields) {
        evening.begun();
        Json hero{{"id", "sheet"},
                  {"name", "Sheet"},
                  {"pack", {{"id", "p"}, {"name", "P"}, {"version", "1.0.0"}}},
                  {"sections",
                   {{{"id", "s"},
                     {"name", "S"},
                     {"groups", {{{"id", "g"}, {"name", "G"}, {"fields", fields}}}}}}}};
        evening.templates.others["Test/sheet"] = hero;
        make(other_id);
    }
    void make(const std::string& id) {
        Evening::must(evening.act_as_gm({{id,
                                          "",
                                          "create",
                                          Json::array({{{"template", "Test/sheet"},
                                                        {"name", "Ash"},
                                                        {"owner", evening.player.client_id()}}}),
                                          {}}}));
    }
    void change(const std::string& field, const std::string& op, const Json& value) {
        Evening::must(
            evening.act_as_gm({{other_id, "s.g." + field, op, Json::array({value}), {}}}));
    }
    [[nodiscard]] Viewer gm() const {
        return evening.host->state().viewer(evening.gm.key().client_id());
    }
    [[nodiscard]] Viewer guest() const {
        return evening.host->state().viewer(evening.guest.client_id());
    }
    [[nodiscard]] Json field(const std::string& id, const Viewer& viewer) const {
        const auto& state = evening.host->state();
        const Json view = character_view(state, *state.find_living(other_id), viewer,
                                         {evening.fields, evening.templates});
        const Json& fields = view["fields"];
        return fields.contains("s.g." + id) ? fields["s.g." + id] : Json("hidden");
    }
    [[nodiscard]] Json value(const std::string& id) const { return field(id, gm())["computed"]; }
    [[nodiscard]] std::string problem(const std::string& id) const {
        const auto& state = evening.host->state();
        sz::campaign::Computer computer(state, gm(), {evening.fields, evening.templates});
        const auto* computed = computer.at(*state.find_living(other_id), "s.g." + id);
        return computed == nullptr ? "not computed"
               : computed->problem ? computed->problem->code
                                   : "no problem";
    }

    Evening evening;
};

}  // namespace

TEST_CASE("a formula reads other fields and what is computed from them") {
    Sheet sheet({number_field("wit", "Wit", 3), formula("base", "10 + wit"),
                 formula("defence", "g.base + s.g.wit + 1")});
    CHECK(sheet.value("base") == 13);
    CHECK(sheet.value("defence") == 17);
    CHECK(sheet.field("defence", sheet.gm())["text"] == "17");
    sheet.change("wit", "set", 5);
    CHECK(sheet.value("defence") == 21);
    CHECK_FALSE(sheet.field("wit", sheet.gm()).contains("computed"));
}

TEST_CASE("a path goes into values, along lists and across links") {
    Sheet sheet({plain_field("gear", "Gear", "List"), plain_field("kin", "Kin", "Link"),
                 plain_field("friend", "Friend", "Peer"), number_field("wit", "Wit", 3),
                 formula("weight", "gear.rating"), formula("cost", "gear.cost.coins"),
                 formula("of_kin", "kin.rating"),
                 formula("of_friend", "friend.weight + friend.wit")});
    sheet.evening.templates.entries["sword"] = entry("sword", Json::array(), 2);
    sheet.evening.templates.entries["shield"] = entry("shield", Json::array(), 5);
    sheet.change("gear", "insert", link("sword"));
    sheet.change("gear", "insert", link("shield"));
    CHECK(sheet.value("weight") == 7);
    CHECK(sheet.value("cost") == 14);
    CHECK(sheet.value("of_kin") == 0);  // nothing chosen
    sheet.change("kin", "set", link("shield"));
    CHECK(sheet.value("of_kin") == 5);
    sheet.change("friend", "set", other_id);
    CHECK(sheet.value("of_friend") == 10);
    sheet.change("kin", "set", link("lost"));
    CHECK(sheet.problem("of_kin") == "SZ-CAMPAIGN-084");
}

TEST_CASE("who changes what things modify changes it within what they see") {
    Json formed = plain_field("breath", "Breath", "Pool");
    formed["formula"] = "3 + wit";
    Json hits = plain_field("hits", "Hits", "Pool");
    hits["editableBy"] = "everyone";
    hits["computed"] = 99;  // an author's own word changes nothing
    Sheet sheet({number_field("wit", "Wit", 2), formed, hits, list_of_things("worn", true),
                 list_of_things("curses", true, "gm")});
    sheet.evening.templates.entries["ring"] = entry("ring", {{{"field", "hits"}, {"add", 2}}});
    sheet.evening.templates.entries["hex"] = entry("hex", {{{"field", "hits"}, {"add", -5}}});
    const auto stored = [&](const char* id) { return sheet.field(id, sheet.gm())["value"]; };
    std::uint64_t seq = 0;
    const auto set_by_player = [&](int to) {
        Evening::must(sheet.evening.submit(
            sheet.evening.signed_by(sheet.evening.player, std::string(32, 'a'), ++seq,
                                    {{other_id, "s.g.hits", "set", Json::array({to}), {}}})));
    };
    CHECK(sheet.value("breath") == 5);  // a formula alone, without a thing
    sheet.change("breath", "set", 20);
    CHECK(stored("breath") == 5);
    set_by_player(20);
    CHECK(stored("hits") == 10);
    sheet.change("worn", "insert", link("ring"));
    set_by_player(20);
    CHECK(stored("hits") == 12);
    sheet.change("curses", "insert", link("hex"));
    set_by_player(20);  // the player sees no hex, and learns of none
    CHECK(stored("hits") == 12);
    sheet.change("hits", "set", 20);  // nor do they learn of it from the game master's change
    CHECK(stored("hits") == 12);
}

TEST_CASE("what cannot be computed says why") {
    Json deep = Json::array();
    deep.push_back(formula("f0", "1"));
    for (int i = 1; i <= 40; ++i) {
        const std::string id = "f" + std::to_string(i), before = "f" + std::to_string(i - 1);
        deep.push_back(formula(id.c_str(), before.c_str()));
    }
    Json fields = {formula("a", "b + 1"), formula("b", "c"), formula("c", "a"),
                   formula("self", "self"), formula("lost", "nowhere")};
    fields.insert(fields.end(), deep.begin(), deep.end());
    Sheet sheet(fields);
    CHECK(sheet.problem("a") == "SZ-CAMPAIGN-082");
    CHECK(sheet.field("a", sheet.gm())["problem"].get<std::string>().find(
              "s.g.a → s.g.b → s.g.c → s.g.a") != std::string::npos);
    CHECK(sheet.problem("self") == "SZ-CAMPAIGN-082");
    CHECK(sheet.problem("lost") == "SZ-CAMPAIGN-080");
    CHECK(sheet.problem("f31") == "no problem");  // 32 deep
    CHECK(sheet.problem("f32") == "SZ-CAMPAIGN-083");
    CHECK(sheet.field("lost", sheet.gm())["computed"].is_null());
}

TEST_CASE("things on a list that has effects change other fields") {
    Sheet sheet({number_field("wit", "Wit", 3), formula("defence", "10 + wit"),
                 list_of_things("worn", true), list_of_things("bag", "used"),
                 plain_field("chest", "Chest", "List")});
    sheet.evening.templates.entries["ring"] =
        entry("ring", {{{"field", "wit"}, {"add", 2}}, {{"field", "g.defence"}, {"add", 1}}});
    sheet.evening.templates.entries["book"] =
        entry("book",
              {{{"field", "wit"}, {"add", "item.rating + item.pages"}},
               {{"field", "nothing"}, {"add", 9}}},
              4);
    sheet.change("chest", "insert", link("ring"));  // a list without effects
    CHECK(sheet.value("defence") == 13);
    sheet.change("worn", "insert", link("ring"));
    CHECK(sheet.value("wit") == 5);
    CHECK(sheet.field("wit", sheet.gm())["value"] == 3);
    CHECK(sheet.value("defence") == 16);
    sheet.change("bag", "insert", Json{{"what", link("book")}, {"used", false}, {"pages", 10}});
    CHECK(sheet.value("wit") == 5);
    sheet.change("bag", "insert", Json{{"what", link("book")}, {"used", true}, {"pages", 10}});
    CHECK(sheet.value("wit") == 19);

    const auto& state = sheet.evening.host->state();
    const Json why = explanation_view(state, *state.find_living(other_id), "s.g.wit", sheet.gm(),
                                      {sheet.evening.fields, sheet.evening.templates});
    REQUIRE(why["terms"].size() == 3);
    CHECK(why["terms"][1]["text"] == "ring");
    CHECK(why["terms"][2]["value"] == 14);
    CHECK(why["text"] == "19");
}

TEST_CASE("an effect that cannot be computed is named and left out") {
    Sheet sheet({number_field("wit", "Wit", 3), list_of_things("worn", true)});
    sheet.evening.templates.entries["hat"] =
        entry("hat", {{{"field", "wit"}, {"add", "nowhere"}}, {{"field", "wit"}, {"add", 1}}});
    sheet.change("worn", "insert", link("hat"));
    CHECK(sheet.value("wit") == 4);
    const auto& state = sheet.evening.host->state();
    const Json why = explanation_view(state, *state.find_living(other_id), "s.g.wit", sheet.gm(),
                                      {sheet.evening.fields, sheet.evening.templates});
    REQUIRE(why["failures"].size() == 1);
    CHECK(why["failures"][0].get<std::string>().starts_with("hat: "));
}

TEST_CASE("a declassified number is shown with what nobody sees change it") {
    Json open = number_field("wit", "Wit", 3);
    open["declassify"] = true;
    Sheet sheet({open, list_of_things("curses", true, "gm")});
    sheet.evening.templates.entries["weak"] = entry("weak", {{{"field", "wit"}, {"add", -2}}});
    CHECK_FALSE(sheet.field("wit", sheet.guest()).contains("computed"));
    sheet.change("curses", "insert", link("weak"));
    CHECK(sheet.field("wit", sheet.guest())["computed"] == 1);
}

TEST_CASE("computed values tell nobody what they may not see") {
    const auto shown_to_guest = [](int doom, const char* curse) {
        Json open = formula("open", "doom + 1");
        open["declassify"] = true;
        Sheet sheet({number_field("doom", "Doom", doom, "gm"), number_field("wit", "Wit", 3),
                     formula("fate", "wit + doom"), list_of_things("curses", true, "gm"),
                     formula("defence", "10 + wit"), open});
        sheet.evening.templates.entries["weak"] = entry("weak", {{{"field", "wit"}, {"add", -2}}});
        sheet.evening.templates.entries["none"] = entry("none", Json::array());
        sheet.change("curses", "insert", link(curse));
        CHECK(sheet.value("fate") == 3 + 2 * 0 + doom + (std::string(curse) == "weak" ? -2 : 0));
        CHECK(sheet.field("open", sheet.guest())["computed"] == doom + 1);
        Json all = Json::array();
        for (const char* id : {"wit", "fate", "defence", "doom"})
            all.push_back(sheet.field(id, sheet.guest()));
        return all;
    };
    const Json plain = shown_to_guest(3, "none");
    CHECK(plain == shown_to_guest(8, "weak"));
    CHECK(plain[1]["computed"].is_null());
    CHECK(plain[1]["problem"].get<std::string>().find("doom") != std::string::npos);
    CHECK(plain[2]["computed"] == 13);
    CHECK(plain[3] == "hidden");
}

TEST_CASE("an entry that is not installed is said to be missing, where its field is seen") {
    Sheet sheet({number_field("wit", "Wit", 3), plain_field("motto", "Motto", "Text"),
                 list_of_things("gear", true), list_of_things("curses", true, "gm")});
    sheet.change("gear", "insert", link("mail"));
    sheet.change("curses", "insert", link("hex"));
    const auto missing = [&](const Viewer& viewer) {
        const auto& state = sheet.evening.host->state();
        return character_view(state, *state.find_living(other_id), viewer,
                              {sheet.evening.fields, sheet.evening.templates})
            .value("missing", Json::array());
    };
    const auto failures = [&](const char* path, const Viewer& viewer) {
        const auto& state = sheet.evening.host->state();
        return explanation_view(state, *state.find_living(other_id), path, viewer,
                                {sheet.evening.fields, sheet.evening.templates})["failures"];
    };
    const std::string mail = "“mail” on “gear” is not installed; what it does is left out.";
    const std::string hex = "“hex” on “curses” is not installed; what it does is left out.";
    CHECK(missing(sheet.gm()) == Json::array({mail, hex}));
    CHECK(missing(sheet.guest()) == Json::array({mail}));
    CHECK(failures("s.g.wit", sheet.guest()) == Json::array({mail}));
    CHECK(failures("s.g.motto", sheet.guest()) == Json::array());
    sheet.evening.templates.entries["mail"] = entry("mail", Json::array());
    CHECK(missing(sheet.guest()) == Json::array());
}

TEST_CASE("of a circle through a thing nothing comes, whoever is asked first") {
    for (const bool wit_first : {true, false}) {
        Sheet sheet({number_field("wit", "Wit", 3), formula("insight", "wit + 1"),
                     number_field("look", "Look", 2), list_of_things("gear", true)});
        sheet.evening.templates.entries["lens"] = entry(
            "lens", {{{"field", "wit"}, {"add", "insight"}}, {{"field", "look"}, {"add", 4}}});
        sheet.change("gear", "insert", link("lens"));
        const auto& state = sheet.evening.host->state();
        sz::campaign::Computer computer(state, sheet.gm(),
                                        {sheet.evening.fields, sheet.evening.templates});
        const auto& instance = *state.find_living(other_id);
        if (!wit_first) CHECK(computer.at(instance, "s.g.insight")->problem);
        CHECK(computer.at(instance, "s.g.wit")->problem);
        CHECK(computer.at(instance, "s.g.insight")->problem);
        CHECK(computer.at(instance, "s.g.look")->value == 6);
    }
}

TEST_CASE("links are shown by the names of what they lead to, of those that are seen") {
    Sheet sheet({plain_field("gear", "Gear", "List"), plain_field("kin", "Kin", "Peer")});
    sheet.evening.templates.entries["sword"] = entry("Sword of Dawn", Json::array());
    sheet.change("gear", "insert", link("sword"));
    sheet.change("gear", "insert", link("lost"));
    const auto text = [&](const char* id, const Viewer& viewer) {
        return sheet.field(id, viewer)["text"].get<std::string>();
    };
    CHECK(text("gear", sheet.guest()).find("\"Sword of Dawn\"") != std::string::npos);
    CHECK(text("gear", sheet.guest()).find("\"lost (not installed)\"") != std::string::npos);
    CHECK(sheet.field("gear", sheet.guest())["value"][0]["value"]["entryId"] == "sword");
    sheet.change("kin", "set", thorn_id);
    CHECK(text("kin", sheet.guest()) == "Thorn");
    Evening::must(sheet.evening.act_as_gm(
        {{thorn_id, "", "visibility", Json::array({"", Json{{"visibility", "gm"}}}), {}}}));
    CHECK(text("kin", sheet.gm()) == "Thorn");
    CHECK(text("kin", sheet.guest()) == "(not to be seen)");
    Evening::must(sheet.evening.act_as_gm({{thorn_id, "", "remove", Json::array(), {}}}));
    CHECK(text("kin", sheet.gm()) == "Thorn (removed)");
}
