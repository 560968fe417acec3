// SPDX-License-Identifier: AGPL-3.0-or-later
// Texts of a translation put over those of a pack: what changes, what stays.
#include "kernel/content/translation.hpp"

#include "tests/support/catch.hpp"

using namespace sz;

namespace {

const std::vector<std::string> german{"de"};

Json sword() {
    return R"({"id": "sword", "name": "Sword", "description": "It cuts.", "tags": ["steel"],
      "effects": [{"field": "might", "add": 1}],
      "topLevelFields": {
        "damage": {"type": "Number", "name": "Damage", "unit": "points", "value": 10},
        "saying": {"type": "Text", "name": "Saying", "visibility": "gm", "value": "Ouch"},
        "kind": {"type": "Select", "name": "Kind", "options": ["long", {"id": "short", "name": "Short"}],
                 "value": "long"},
        "known": {"type": "Tags", "name": "Known", "options": ["old"], "value": ["old", "loud"]},
        "names": {"type": "List", "name": "Names", "value": [{"id": "1", "value": "Biter"},
                                            {"id": "2", "value": "Gleam"}]},
        "fair": {"type": "Date", "name": "Fair", "value": {"year": 1, "month": "Thaw", "day": 2},
                 "calendar": {"months": [{"name": "Thaw", "days": 30}], "weekdays": ["One"],
                              "era": "after"}},
        "stories": {"type": "Table", "name": "Stories",
                    "columns": [{"id": "year", "name": "Year", "type": "Number"},
                                {"id": "what", "name": "What", "type": "Text"}],
                    "value": [{"id": "1", "cells": {"year": 3, "what": "Forged"}}]},
        "omens": {"type": "RandomTable", "name": "Omens", "value": {"dice": "1d2", "rows": [
                    {"id": "r1", "from": 1, "to": 1, "text": "It hums."},
                    {"id": "r2", "from": 2, "to": 2, "text": "It does not."}]}}},
      "groups": [{"id": "price", "name": "Price", "fields": {
        "note": {"type": "MultiText", "name": "Note", "value": "Dear."}}}]})"_json;
}

Json in_german(Json own, Json common = Json::object(), Json entry = sword()) {
    const std::vector<EntryTexts> texts{{std::move(own), std::move(common)}};
    translate_entry(entry, texts, german);
    return entry;
}

// The paths at which two values differ, as JSON pointers.
std::vector<std::string> changed(const Json& before, const Json& after) {
    std::vector<std::string> paths;
    for (const auto& one : Json::diff(before, after)) paths.push_back(one.at("path"));
    return paths;
}

}  // namespace

TEST_CASE("a translated entry has the other language's texts, by ids") {
    const Json entry = in_german(R"({"name": "Schwert", "description": "Es schneidet.",
        "tags": ["Stahl"], "fields": {
          "saying": {"value": "Au"}, "names": {"value": ["Beißer", "Glanz"]},
          "stories": {"value": {"1": {"what": "Geschmiedet"}}},
          "omens": {"value": {"r2": "Es schweigt."}}},
        "groups": {"price": {"fields": {"note": {"value": "Teuer."}}}}})"_json,
                                 R"({"fields": {"damage": {"name": "Schaden", "unit": "Punkte"},
          "kind": {"options": {"long": "lang", "short": "kurz"}},
          "known": {"options": {"old": "alt", "loud": "laut"}},
          "fair": {"calendar": {"months": {"Thaw": "Tauwetter"}, "weekdays": ["Eins"],
                                "era": "danach"}},
          "stories": {"columns": {"what": {"name": "Was"}}}},
        "groups": {"price": {"name": "Preis", "fields": {"note": {"name": "Notiz"}}}}})"_json);
    CHECK(entry["name"] == "Schwert");
    CHECK(entry["description"] == "Es schneidet.");
    CHECK(entry["tags"] == Json::array({"Stahl"}));
    const Json& fields = entry["topLevelFields"];
    CHECK(fields["damage"] ==
          R"({"type": "Number", "name": "Schaden", "unit": "Punkte", "value": 10})"_json);
    CHECK(fields["saying"]["value"] == "Au");
    CHECK(fields["names"]["value"] ==
          R"([{"id": "1", "value": "Beißer"}, {"id": "2", "value": "Glanz"}])"_json);
    CHECK(fields["stories"]["value"][0]["cells"] == R"({"year": 3, "what": "Geschmiedet"})"_json);
    CHECK(fields["stories"]["columns"][1]["name"] == "Was");
    CHECK(fields["omens"]["value"]["rows"][0]["text"] == "It hums.");
    CHECK(fields["omens"]["value"]["rows"][1]["text"] == "Es schweigt.");
    CHECK(fields["known"]["value"] == Json::array({"alt", "laut"}));
    CHECK(fields["known"]["options"] == Json::array({"alt"}));
    CHECK(entry["groups"][0]["name"] == "Preis");
    CHECK(entry["groups"][0]["fields"]["note"] ==
          R"({"type": "MultiText", "name": "Notiz", "value": "Teuer."})"_json);
}

TEST_CASE("what a value says stays what it says when an option or a month has another name") {
    const Json entry =
        in_german({}, R"({"fields": {"kind": {"options": {"long": "lang", "short": "kurz"}},
            "fair": {"calendar": {"months": {"Thaw": "Tauwetter"}}}}})"_json);
    const Json& fields = entry["topLevelFields"];
    CHECK(fields["kind"]["value"] == "long");
    CHECK(fields["kind"]["options"] ==
          R"([{"id": "long", "name": "lang"}, {"id": "short", "name": "kurz"}])"_json);
    CHECK(fields["fair"]["value"]["month"] == "Thaw");
    CHECK(fields["fair"]["calendar"]["months"] ==
          R"([{"id": "Thaw", "name": "Tauwetter", "days": 30}])"_json);
}

TEST_CASE("nothing but texts ever changes, whatever a translation says") {
    const Json entry = in_german(R"({"id": "x", "icon": "x", "effects": "x", "name": 7, "tags": [],
        "fields": {"damage": {"value": "11", "type": "Text", "visibility": "everyone"},
          "saying": {"value": ["Au"], "visibility": "everyone"}, "kind": {"value": "short"},
          "names": {"value": ["one"]}, "fair": {"value": {"year": "2"}},
          "stories": {"value": {"1": {"year": "4"}}}, "omens": {"value": {"dice": "9d9"}},
          "new": {"value": "x"}}, "groups": {"other": {"name": "x"}}})"_json);
    CHECK(changed(sword(), entry).empty());
}

TEST_CASE("a field without a name is read by its key, which can be translated") {
    Json entry = R"({"topLevelFields": {"weight": {"type": "Number", "value": 1}}})"_json;
    const Json texts = R"({"fields": {"weight": {"name": "Gewicht"}}})"_json;
    entry = in_german({}, texts, std::move(entry));
    CHECK(entry["topLevelFields"]["weight"]["name"] == "Gewicht");
}

TEST_CASE("a text that is missing or empty stays in the pack's own words") {
    const Json entry =
        in_german(R"({"description": "", "fields": {"saying": {"value": ""}}})"_json);
    CHECK(changed(sword(), entry).empty());
}

TEST_CASE("of several translations the first that has a text gives it") {
    Json entry = sword();
    const std::vector<EntryTexts> texts{
        {R"({"name": "Säbel"})"_json, R"({"fields": {"damage": {"name": "Schadn"}}})"_json},
        {R"({"name": "Schwert", "description": "Es schneidet."})"_json,
         R"({"fields": {"damage": {"name": "Schaden", "unit": "Punkte"}}})"_json}};
    translate_entry(entry, texts, german);
    CHECK(entry["name"] == "Säbel");
    CHECK(entry["description"] == "Es schneidet.");
    CHECK(entry["topLevelFields"]["damage"]["name"] == "Schadn");
    CHECK(entry["topLevelFields"]["damage"]["unit"] == "Punkte");
}

TEST_CASE("an entry's own text comes before what all have in common, and values are its own") {
    const Json entry = in_german(R"({"fields": {"damage": {"name": "Wucht"}}})"_json,
                                 R"({"name": "Waffen", "fields": {"damage": {"name": "Schaden"},
                                     "saying": {"value": "Au"}}})"_json);
    CHECK(entry["name"] == "Sword");
    CHECK(entry["topLevelFields"]["damage"]["name"] == "Wucht");
    CHECK(entry["topLevelFields"]["saying"]["value"] == "Ouch");
}

TEST_CASE("a definition's own i18n is read, and a translation comes before it") {
    Json hero = R"({"id": "hero", "name": "Hero", "sections": [{"id": "a", "name": "A", "groups": [
      {"id": "b", "name": "B", "fields": [
        {"id": "might", "name": "Might", "help": "Lifting.", "type": "Number",
         "i18n": {"de-AT": {"name": "Gwoid"}, "DE": {"name": "Macht", "help": "Heben."}}},
        {"id": "rest", "name": "Rest", "type": "Resource",
         "rules": [{"id": "sleep", "name": "Sleep", "add": 3}]},
        {"id": "lamp", "name": "Lamp", "type": "Group", "fields": [
          {"id": "lit", "name": "Lit", "type": "Boolean"}]}]}]}]})"_json;
    const auto field = [](const Json& object, int i) {
        return object["sections"][0]["groups"][0]["fields"][i];
    };
    Json own = hero;
    translate_object(own, {}, std::vector<std::string>{"de-AT", "de"});
    CHECK(field(own, 0)["name"] == "Gwoid");
    CHECK(field(own, 0)["help"] == "Heben.");
    const std::vector<Json> texts{R"({"name": "Heldin", "sections": {"a": {"groups": {"b": {
      "name": "Werte", "fields": {"might": {"name": "Stärke"},
        "rest": {"rules": {"sleep": "Schlaf"}},
        "lamp": {"fields": {"lit": {"name": "Brennt"}}}}}}}}})"_json};
    translate_object(hero, texts, german);
    CHECK(hero["name"] == "Heldin");
    CHECK(hero["sections"][0]["name"] == "A");
    CHECK(hero["sections"][0]["groups"][0]["name"] == "Werte");
    CHECK(field(hero, 0)["name"] == "Stärke");
    CHECK(field(hero, 0)["help"] == "Heben.");
    CHECK(field(hero, 1)["rules"][0] == R"({"id": "sleep", "name": "Schlaf", "add": 3})"_json);
    CHECK(field(hero, 2)["fields"][0]["name"] == "Brennt");
}
