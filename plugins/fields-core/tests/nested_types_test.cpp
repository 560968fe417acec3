// SPDX-License-Identifier: AGPL-3.0-or-later
// List, Group, Table.
#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;

namespace {

const Json words{{"type", "List"}};
const Json scores{{"type", "List"}, {"itemType", {{"type", "Number"}, {"min", 0}}}};
const Json gear{
    {"type", "List"},
    {"datasetLink", {{"datapackId", "core"}, {"datasetId", "items"}, {"version", "1.0.0"}}}};
const Json stats{
    {"type", "Group"},
    {"fields",
     {{{"id", "hp"}, {"name", "Hit Points"}, {"type", "Number"}, {"defaultValue", 8}, {"min", 0}},
      {{"id", "motto"}, {"name", "Motto"}, {"type", "Text"}},
      {{"id", "home"}, {"name", "Home"}, {"type", "Image"}, {"defaultValue", "home.png"}}}}};
const Json shop{{"type", "Table"},
                {"columns",
                 {{{"id", "ware"}, {"name", "Ware"}, {"type", "Text"}},
                  {{"id", "price"}, {"name", "Price"}, {"type", "Number"}, {"unit", "gp"}}}}};

Json item(const char* id, Json value) { return {{"id", id}, {"value", std::move(value)}}; }
Json row(const char* id, const char* ware, int price) {
    return {{"id", id}, {"cells", {{"ware", ware}, {"price", price}}}};
}

const Json three = Json::array({item("a", "one"), item("b", "two"), item("c", "three")});

}  // namespace

TEST_CASE("plain values of a list are numbered, and items keep their ids") {
    CHECK(normalize(words, {"one", "two"}).json() ==
          Json::array({item("1", "one"), item("2", "two")}));
    CHECK(normalize(words, three).json() == three);
    CHECK(normalize(words, Json::array({item("1", "x"), "y", item("3", "z"), "w"})).json() ==
          Json::array({item("1", "x"), item("2", "y"), item("3", "z"), item("4", "w")}));
    CHECK(normalize(words, nullptr).json() == Json::array());
    CHECK(normalize(words, "one").code() == "SZ-FIELD-140");
    CHECK(normalize({{"type", "List"}, {"itemType", "Number"}}, {1, 2}).json() ==
          Json::array({item("1", 1), item("2", 2)}));
    CHECK(normalize(gear, {"sword"}).json()[0]["value"]["datasetId"] == "items");
}

TEST_CASE("every fault of a list is reported at its place") {
    const Answer answer =
        normalize(scores, Json::array({1, "two", item("x", -3), item("x", 4), item("a b", 5)}));
    CHECK(answer.status == SZ_ERR_INVALID);
    REQUIRE(answer.findings.size() == 4);
    CHECK(answer.findings[0].code == "SZ-FIELD-142");
    CHECK(answer.findings[0].pointer == "/3/id");
    CHECK(answer.findings[1].code == "SZ-FIELD-141");
    CHECK(answer.findings[1].pointer == "/4/id");
    CHECK(answer.findings[2].code == "SZ-FIELD-110");
    CHECK(answer.findings[2].pointer == "/1");
    CHECK(answer.findings[3].code == "SZ-FIELD-112");
    CHECK(answer.findings[3].pointer == "/2/value");
}

TEST_CASE("an item of a type that no plugin offers says so") {
    const Answer answer = normalize({{"type", "List"}, {"itemType", {{"type", "Mood"}}}}, {"glad"});
    CHECK(answer.code() == "SZ-FIELD-105");
    CHECK(answer.pointer() == "/0");
    CHECK(answer.findings[0].message == "No plugin offers the field type \"Mood\".");
}

TEST_CASE("items are put in, taken out and moved by their ids") {
    const Answer in = apply(words, three, "insert", {"new", 1});
    CHECK(in.json()["effect"] == Json{{"insert", {{"at", 1}, {"item", item("k1", "new")}}}});
    CHECK(in.json()["inverse"] == Json{{"op", "remove"}, {"args", {"k1"}}});
    CHECK(in.json()["touches"] == Json{"k1"});
    CHECK(apply(words, three, "insert", {"new"}).json()["effect"]["insert"]["at"] == 3);
    CHECK(apply(words, three, "insert", {"new", 99, "d"}).json()["effect"]["insert"]["at"] == 3);
    CHECK(apply(words, three, "remove", {"b"}).json()["inverse"] ==
          Json{{"op", "insert"}, {"args", {"two", 1, "b"}}});
    CHECK(apply(words, three, "move", {"c", 0}).json()["effect"] ==
          Json{{"move", {{"id", "c"}, {"to", 0}}}});
    CHECK(apply(words, three, "move", {"c", 0}).json()["inverse"] ==
          Json{{"op", "move"}, {"args", {"c", 2}}});
    CHECK(apply(words, three, "set", {"b", "zwei"}).json()["effect"] ==
          Json{{"replace", {{"id", "b"}, {"item", item("b", "zwei")}}}});
    CHECK(apply(words, three, "reset").json()["inverse"] ==
          Json{{"op", "assign"}, {"args", Json::array({three})}});
}

TEST_CASE("an edit of a list that cannot be is refused in a sentence") {
    const Answer gone = apply(words, three, "remove", {"z"});
    CHECK(gone.status == SZ_ERR_NOT_FOUND);
    CHECK(gone.findings[0].message == "There is no item with the id \"z\".");
    const Answer twice = apply(words, three, "insert", {"new", 0, "a"});
    CHECK(twice.status == SZ_ERR_CONFLICT);
    CHECK(twice.code() == "SZ-FIELD-142");
    CHECK(apply(words, three, "insert", {"new", -1}).code() == "SZ-FIELD-147");
    CHECK(apply(words, three, "insert", {"new", 0, 5}).code() == "SZ-FIELD-141");
    CHECK(apply(words, three, "insert", {"new"}, "").code() == "SZ-FIELD-141");
    CHECK(apply(words, three, "insert", {5}).code() == "SZ-FIELD-120");
    CHECK(apply(words, three, "move", {"a", "top"}).code() == "SZ-FIELD-147");
    CHECK(apply(words, three, "move").code() == "SZ-FIELD-103");
    CHECK(apply(words, three, "sort").code() == "SZ-FIELD-102");
}

TEST_CASE("a list keeps to its least and greatest length, and to one of each") {
    Json few = words;
    few.update({{"min", 2}, {"max", 3}, {"unique", true}});
    CHECK(normalize(few, three).findings.empty());
    CHECK(normalize(few, {"a"}).code() == "SZ-FIELD-145");
    CHECK(normalize(few, {"a"}).is_good());
    CHECK(normalize(few, {"a", "b", "c", "d"}).code() == "SZ-FIELD-144");
    const Answer repeated = normalize(few, {"a", "b", "a"});
    CHECK(repeated.code() == "SZ-FIELD-143");
    CHECK(repeated.pointer() == "/2");
    CHECK(apply(few, three, "insert", {"four"}).code() == "SZ-FIELD-144");
    const Json two = Json::array({item("a", "one"), item("b", "two")});
    CHECK(apply(few, two, "insert", {"one"}).code() == "SZ-FIELD-143");
    CHECK(apply(few, two, "set", {"b", "one"}).code() == "SZ-FIELD-143");
    CHECK(apply(few, two, "set", {"b", "two"}).is_good());
    CHECK(apply(few, two, "remove", {"a"}).code() == "SZ-FIELD-145");
}

TEST_CASE("an item is changed by an operation of its own type") {
    const Json list = Json::array({item("a", 5)});
    const Answer change = apply(scores, list, "apply", {"a", "add", {-2}});
    CHECK(change.json()["effect"] == Json{{"replace", {{"id", "a"}, {"item", item("a", 3)}}}});
    CHECK(change.json()["inverse"] == Json{{"op", "apply"}, {"args", {"a", "add", {2}}}});
    CHECK(change.json()["relative"] == true);
    CHECK(apply(scores, list, "apply", {"a", "add", {-9}}).code() == "SZ-FIELD-112");
    CHECK(apply(scores, list, "apply", {"a"}).code() == "SZ-FIELD-103");
}

TEST_CASE("a list is shown, found and followed item by item") {
    CHECK(formatted(words, three) == "one, two, three");
    CHECK(formatted(scores, Json::array({item("a", 1.5), item("b", 2)}), "de") == "1,5, 2");
    CHECK(search_text(words, three) == "one\ntwo\nthree");
    const Json links = normalize(gear, {"sword", "rope"}).json();
    CHECK(references(gear, links)[1]["pointer"] == "/1/value");
    CHECK(references(gear, links)[1]["entryId"] == "rope");
}

TEST_CASE("a group has every declared field, by id or by name") {
    CHECK(normalize(stats, nullptr).json() == Json{{"hp", 8}, {"motto", ""}, {"home", "home.png"}});
    CHECK(normalize(stats, {{"hit points", 5}, {"Motto", "Onward"}}).json() ==
          Json{{"hp", 5}, {"motto", "Onward"}, {"home", "home.png"}});
    CHECK(normalize(stats, {{"home", nullptr}}).json()["home"] == nullptr);
    const Answer answer = normalize(stats, {{"hp", -1}, {"mp", 3}});
    REQUIRE(answer.findings.size() == 2);
    CHECK(answer.findings[0].code == "SZ-FIELD-181");
    CHECK(answer.findings[0].pointer == "/mp");
    CHECK(answer.findings[0].hint == "The fields are \"hp\", \"motto\", \"home\".");
    CHECK(answer.findings[1].pointer == "/hp");
    CHECK(normalize(stats, 3).code() == "SZ-FIELD-180");
    CHECK(normalize({{"type", "Group"}}, nullptr).json() == Json::object());
    CHECK(normalize({{"type", "Group"}, {"fields", {{{"id", "a"}}}}}, nullptr).code() ==
          "SZ-FIELD-104");
}

TEST_CASE("one field of a group is set or changed, and the rest stays") {
    const Json now = normalize(stats, nullptr).json();
    const Answer set = apply(stats, now, "set", {"Motto", "Hold"});
    CHECK(set.json()["effect"]["set"] == Json{{"hp", 8}, {"motto", "Hold"}, {"home", "home.png"}});
    CHECK(set.json()["inverse"] == Json{{"op", "set"}, {"args", {"motto", ""}}});
    CHECK(set.json()["touches"] == Json{"motto"});
    const Answer hit = apply(stats, now, "apply", {"hp", "add", {-3}});
    CHECK(hit.json()["effect"]["set"]["hp"] == 5);
    CHECK(hit.json()["relative"] == true);
    CHECK(hit.json()["inverse"] == Json{{"op", "apply"}, {"args", {"hp", "add", {3}}}});
    CHECK(apply(stats, now, "apply", {"hp", "add", {-9}}).code() == "SZ-FIELD-112");
    CHECK(apply(stats, now, "set", {"mp", 1}).code() == "SZ-FIELD-181");
    CHECK(apply(stats, now, "set").code() == "SZ-FIELD-103");
    CHECK(formatted(stats, now) == "Hit Points: 8, Home: home.png");
    CHECK(references(stats, now)[0]["pointer"] == "/home");
}

TEST_CASE("rows of a table are numbered and hold a cell for each column") {
    const Json rows = Json::array({row("1", "Rope", 1), row("2", "Lamp", 5)});
    CHECK(normalize(shop, Json::array(
                              {{{"ware", "Rope"}, {"price", 1}}, {{"Ware", "Lamp"}, {"Price", 5}}}))
              .json() == rows);
    CHECK(normalize(shop, rows).json() == rows);
    const Answer answer = normalize(shop, Json::array({{{"ware", 3}, {"size", "XL"}}}));
    REQUIRE(answer.findings.size() == 2);
    CHECK(answer.findings[0].pointer == "/0/size");
    CHECK(answer.findings[1].pointer == "/0/ware");
    CHECK(normalize(shop, Json::array({"Rope"})).code() == "SZ-FIELD-180");
}

TEST_CASE("a row is put in, taken out, moved, and changed cell by cell") {
    const Json rows = Json::array({row("1", "Rope", 1), row("2", "Lamp", 5)});
    CHECK(apply(shop, rows, "insert", {{{"ware", "Oil"}}, 0}).json()["effect"]["insert"]["item"] ==
          row("k1", "Oil", 0));
    const Answer out = apply(shop, rows, "remove", {"2"});
    CHECK(out.json()["inverse"] ==
          Json{{"op", "insert"}, {"args", {{{"ware", "Lamp"}, {"price", 5}}, 1, "2"}}});
    const Answer cell = apply(shop, rows, "set", {"2", "Price", 6});
    CHECK(cell.json()["effect"]["replace"]["item"] == row("2", "Lamp", 6));
    CHECK(cell.json()["inverse"] == Json{{"op", "set"}, {"args", {"2", "price", 5}}});
    const Answer sold = apply(shop, rows, "apply", {"2", "price", "add", {-1}});
    CHECK(sold.json()["effect"]["replace"]["item"]["cells"]["price"] == 4);
    CHECK(sold.json()["inverse"] == Json{{"op", "apply"}, {"args", {"2", "price", "add", {1}}}});
    CHECK(apply(shop, rows, "set", {"9", "price", 6}).code() == "SZ-FIELD-146");
    CHECK(apply(shop, rows, "set", {"2", "size", 6}).code() == "SZ-FIELD-181");
    CHECK(apply(shop, rows, "insert", {"Oil"}).code() == "SZ-FIELD-180");
    CHECK(formatted(shop, rows, "en") == "Ware: Rope, Price: 1 gp; Ware: Lamp, Price: 5 gp");
    CHECK(search_text(shop, rows) == "Rope\nLamp");
}
