// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;

namespace {

Json pool(int current, int maximum, int temporary = 0) {
    return {{"current", current}, {"maximum", maximum}, {"temporary", temporary}};
}
// What an operation makes of a value, or the finding's code.
Json after(const Json& definition, const Json& value, const char* op,
           const Json& args = Json::array()) {
    const Answer change = apply(definition, value, op, args);
    return change.is_good() ? after_effect(value, change.json()["effect"]) : Json(change.code());
}

}  // namespace

TEST_CASE("the plugin offers the types of play, each described") {
    CHECK(type_names() == std::vector<std::string>{"Resource", "Dice", "Tags", "Track", "Date",
                                                   "Color", "EntityLink", "RandomTable",
                                                   "Formula"});
    for (const std::string& name : type_names()) {
        CAPTURE(name);
        const Json about = describe(name);
        CHECK(about["options"]["type"] == "object");
        CHECK(normalize({{"type", name}}, nullptr).json() == about["default"]);
        // What is computed is not changed.
        CHECK(about["operations"].empty() == (name == "Formula"));
    }
}

TEST_CASE("a resource is used up and comes back") {
    const Json hits{{"type", "Resource"},
                    {"max", 12},
                    {"rules",
                     {{{"id", "night"}, {"to", "maximum"}},
                      {{"id", "hour"}, {"to", "half"}, {"keepsTemporary", true}},
                      {{"id", "dawn"}, {"add", 3}},
                      {{"id", "fall"}, {"to", 1}}}}};
    CHECK(normalize(hits, nullptr).json() == pool(12, 12));
    CHECK(normalize(hits, 5).json() == pool(5, 12));
    CHECK(normalize(hits, Json{{"current", 3}, {"maximum", 20}}).json() == pool(3, 20));
    CHECK(after(hits, pool(10, 12, 4), "add", {-3}) == pool(10, 12, 1));
    CHECK(after(hits, pool(10, 12, 4), "add", {-6}) == pool(8, 12));
    CHECK(after(hits, pool(3, 12), "add", {-6}) == pool(0, 12));
    CHECK(after(hits, pool(10, 12), "add", {6}) == pool(12, 12));
    CHECK(after(hits, pool(10, 12), "set", {7}) == pool(7, 12));
    CHECK(after(hits, pool(10, 12), "set", Json::array({Json{{"temporary", 5}}})) ==
          pool(10, 12, 5));
    CHECK(after(hits, pool(10, 12), "setMaximum", {8}) == pool(8, 8));
    CHECK(after(hits, pool(10, 12), "setTemporary", {6}) == pool(10, 12, 6));
    CHECK(after(hits, pool(1, 12, 6), "reset", {"night"}) == pool(12, 12));
    CHECK(after(hits, pool(1, 13, 6), "reset", {"hour"}) == pool(6, 13, 6));
    CHECK(after(hits, pool(11, 12, 6), "reset", {"dawn"}) == pool(12, 12));
    CHECK(after(hits, pool(11, 12), "reset", {"fall"}) == pool(1, 12));
    CHECK(after(hits, pool(1, 12), "reset", {"noon"}) == "SZ-FIELD-201");
    CHECK(after(hits, pool(1, 12), "set", {13}) == "SZ-FIELD-200");
    CHECK(after({{"type", "Resource"}, {"isOpen", true}}, pool(10, 12), "add", {6}) ==
          pool(16, 12));
    CHECK(normalize(hits, "many").code() == "SZ-FIELD-202");
    CHECK(normalize(hits, Json{{"current", "x"}}).pointer() == "/current");
    CHECK(formatted(hits, pool(1200, 2000, 3), "de") == "1.200/2.000 (+3)");
}

TEST_CASE("what a resource lost is given back by as much, whatever happened since") {
    const Json hits{{"type", "Resource"}, {"max", 12}};
    const Answer hurt = apply(hits, pool(3, 12, 2), "add", {-9});
    CHECK(hurt.json()["effect"]["set"] == pool(0, 12));
    CHECK(hurt.json()["inverse"] == Json{{"op", "adjust"}, {"args", {3, 2}}});
    CHECK(after(hits, pool(4, 12), "adjust", {3, 2}) == pool(7, 12, 2));
}

TEST_CASE("tags are a set") {
    const Json tags{{"type", "Tags"}, {"options", {"slow", "fire"}}};
    CHECK(normalize(tags, {"zeal", "fire", " a  b ", "fire", "slow"}).json() ==
          Json{"slow", "fire", "a b", "zeal"});
    CHECK(after(tags, {"fire"}, "add", {"slow"}) == Json{"slow", "fire"});
    CHECK(after(tags, {"fire"}, "remove", {"fire"}) == Json::array());
    CHECK(apply(tags, {"fire"}, "add", {"fire"}).json()["inverse"] ==
          Json{{"op", "add"}, {"args", Json::array({"fire"})}});
    CHECK(after(tags, {"fire"}, "add", {""}) == "SZ-FIELD-241");
    CHECK(after(tags, {"fire"}, "add") == "SZ-FIELD-103");
    CHECK(normalize(tags, {"a", 3}).pointer() == "/1");
    CHECK(normalize({{"type", "Tags"}, {"options", {"x"}}, {"isClosed", true}}, {"y"}).code() ==
          "SZ-FIELD-242");
    CHECK(formatted(tags, {"slow", "fire"}) == "slow, fire");
    std::vector<std::string> many(201, "t");
    CHECK(normalize(tags, many).code() == "SZ-FIELD-243");
}

TEST_CASE("a track fills as far as there is room") {
    const Json clock{{"type", "Track"}, {"boxes", 6}, {"shape", "clock"}};
    const Json vow{{"type", "Track"}, {"boxes", 10}, {"ticks", 4}};
    CHECK(after(clock, 4, "mark") == 5);
    CHECK(after(clock, 4, "mark", {5}) == 6);
    CHECK(after(clock, 4, "mark", {-6}) == 0);
    CHECK(apply(clock, 4, "mark", {5}).json()["inverse"]["args"] == Json{-2});
    CHECK(after(clock, 4, "mark", {7}) == "SZ-FIELD-103");
    CHECK(normalize(clock, 7).code() == "SZ-FIELD-230");
    CHECK(normalize(vow, 40).json() == 40);
    CHECK(formatted(vow, 13) == "3/10 (+1/4)");
    CHECK(formatted(clock, 6) == "6/6");
    CHECK(normalize({{"type", "Track"}, {"boxes", 201}}, 0).code() == "SZ-FIELD-104");
}

TEST_CASE("a date is a day of its calendar") {
    const Json date{{"type", "Date"}};
    const Json day{{"year", 2024}, {"month", "2"}, {"day", 29}};
    CHECK(normalize(date, Json{{"year", 2024}, {"month", "February"}, {"day", 29}}).json() == day);
    CHECK(normalize(date, Json{{"year", 2023}, {"month", 2}, {"day", 29}}).code() ==
          "SZ-FIELD-273");
    CHECK(normalize(date, Json{{"year", 2023}, {"month", 13}, {"day", 1}}).code() ==
          "SZ-FIELD-272");
    CHECK(normalize(date, Json{{"month", 1}, {"day", 1}}).pointer() == "/year");
    CHECK(normalize(date, "today").code() == "SZ-FIELD-270");
    CHECK(after(date, day, "addDays", {1}) == Json{{"year", 2024}, {"month", "3"}, {"day", 1}});
    CHECK(after(date, nullptr, "addDays", {1}) == "SZ-FIELD-274");
    CHECK(after(date, day, "addDays", {1'000'000'000}) == "SZ-FIELD-271");
    CHECK(formatted(date, day) == "Thursday, 29 February 2024");
    const Json own{
        {"type", "Date"},
        {"calendar", {{"months", {{{"id", "t"}, {"name", "Thaw"}, {"days", 10}}}}, {"era", "AF"}}}};
    CHECK(formatted(own, Json{{"year", 3}, {"month", "t"}, {"day", 9}}) == "9 Thaw 3 AF");
}

TEST_CASE("the place of what cannot be rolled is told as a character") {
    const Answer answer = normalize({{"type", "Dice"}}, "2d6+ß");
    CHECK(answer.code() == "SZ-FIELD-251");
    CHECK(answer.findings.at(0).message.find("from its character 5 on") != std::string::npos);
}

TEST_CASE("a colour has one form") {
    const Json color{{"type", "Color"}};
    CHECK(normalize(color, "#ABC").json() == "#aabbcc");
    CHECK(normalize(color, "#8B0000FF").json() == "#8b0000");
    CHECK(normalize(color, "#8b000080").json() == "#8b000080");
    for (const char* wrong : {"red", "#12", "#12345", "8b0000", "#gggggg", ""})
        CHECK(normalize(color, wrong).code() == "SZ-FIELD-210");
    CHECK(after(color, "#aabbcc", "clear") == nullptr);
}

TEST_CASE("a link to an instance refers to it") {
    const Json link{{"type", "EntityLink"}};
    CHECK(normalize(link, "goblin-3").json() == "goblin-3");
    CHECK(normalize(link, "no way").code() == "SZ-FIELD-221");
    CHECK(normalize(link, 3).code() == "SZ-FIELD-220");
    CHECK(references(link, "goblin-3") ==
          Json{{{"kind", "instance"}, {"instance", "goblin-3"}, {"pointer", ""}}});
    CHECK(references(link, nullptr) == Json::array());
}

TEST_CASE("a table to roll on has a row for each result") {
    const Json table{{"type", "RandomTable"}};
    const Json link{
        {"datapackId", "p"}, {"datasetId", "d"}, {"entryId", "e"}, {"version", "1.0.0"}};
    const Json rows{{{"from", 4}, {"to", 6}, {"text", "rain"}, {"link", link}},
                    {{"from", 1}, {"to", 3}, {"text", "sun"}}};
    const Json value = normalize(table, Json{{"dice", "D6"}, {"rows", rows}}).json();
    CHECK(value["dice"] == "1d6");
    CHECK(value["rows"][0] == Json{{"id", "r2"}, {"from", 1}, {"to", 3}, {"text", "sun"}});
    CHECK(value["rows"][1]["link"] == link);
    CHECK(references(table, value)[0]["pointer"] == "/rows/1/link");
    CHECK(search_text(table, value) == "sun\nrain");
    CHECK(formatted(table, value) == "1d6: 2 rows");

    const auto codes = [&](const Json& given) {
        const Answer answer = normalize(table, Json{{"dice", "1d6"}, {"rows", given}});
        std::string all;
        for (const Finding& finding : answer.findings) all += finding.code + " ";
        return all;
    };
    CHECK(codes({{{"from", 1}, {"to", 3}}, {{"from", 3}, {"to", 6}}}) == "SZ-FIELD-264 ");
    CHECK(codes({{{"from", 1}, {"to", 2}}, {{"from", 4}, {"to", 7}}}) ==
          "SZ-FIELD-265 SZ-FIELD-266 ");
    CHECK(codes({{{"from", 2}, {"to", 1}}}) == "SZ-FIELD-262 ");
    CHECK(codes({{{"id", "x"}, {"from", 1}}, {{"id", "x"}, {"from", 2}}}) == "SZ-FIELD-263 ");

    const Json more =
        after(table, value, "insert", Json::array({Json{{"from", 7}, {"text", "snow"}}}));
    CHECK(more["rows"][2]["id"] == "k1");
    CHECK(after(table, more, "remove", {"k1"}) == value);
    CHECK(after(table, value, "replace",
                Json::array({Json{
                    {"id", "r2"}, {"from", 1}, {"to", 3}, {"text", "fog"}}}))["rows"][0]["text"] ==
          "fog");
    CHECK(apply(table, value, "remove", {"none"}).status == SZ_ERR_NOT_FOUND);
}
