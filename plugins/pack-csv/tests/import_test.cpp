// SPDX-License-Identifier: AGPL-3.0-or-later
// A table to a pack.
#include "collected.hpp"
#include "tests/support/catch.hpp"

using namespace csv::test;

namespace {

const std::string weapons =
    "Name,Cost,Weight,Code,Magic,Notes\n"
    "Long Sword,15,3,007,yes,\"Sharp,\nand long\"\n"
    "Dagger,2.5,1,008,no,\n"
    "\n"
    "Äxte,10,,009,no,\"Says \"\"chop\"\"\"\n";

Json field(const std::string& type, const Json& value) {
    return {{"type", type}, {"value", value}};
}

}  // namespace

TEST_CASE("a table becomes a pack with one dataset, an entry for each row") {
    const Collected got = import_text(weapons);
    REQUIRE(got.status == SZ_OK);
    CHECK(got.packs.size() == 1);
    REQUIRE(got.files().size() == 2);
    const Json manifest = Json::parse(got.files().at("szpack.json"));
    // uuid.uuid5(uuid.UUID("6f0c4c5e-2f43-4f0e-9d2e-5b0a8c1e7d39"), "Items") of Python
    CHECK(manifest == Json{{"id", "754fa8e2-d67c-5cec-808e-a768b55f722a"},
                           {"name", "Items"},
                           {"version", "1.0.0"},
                           {"description", "Made from the table “items.csv”."},
                           {"sessionZeroVersion", "1.0.0"},
                           {"dependencies", Json::array()}});
    const Json dataset = got.dataset("items");
    CHECK(dataset["szType"] == "dataset");
    CHECK(dataset["name"] == "Items");
    CHECK(dataset["entries"].size() == 3);
    CHECK(got.entry("items", "long-sword") ==
          Json{{"id", "long-sword"},
               {"name", "Long Sword"},
               {"topLevelFields",
                {{"Cost", field("Number", 15)},
                 {"Weight", field("Number", 3)},
                 {"Code", field("Text", "007")},
                 {"Magic", field("Boolean", true)},
                 {"Notes", field("MultiText", "Sharp,\nand long")}}}});
    // An empty cell says nothing and is not written.
    CHECK(got.entry("items", "axte")["topLevelFields"] ==
          Json{{"Cost", field("Number", 10)},
               {"Code", field("Text", "009")},
               {"Magic", field("Boolean", false)},
               {"Notes", field("MultiText", "Says \"chop\"")}});
}

TEST_CASE("numbers are written digit for digit") {
    const Collected got = import_text("Name,N\na,0.1\nb,123456789.123456\n");
    const std::string& text = got.files().at("objects/datasets/items.json");
    CHECK_THAT(text, ContainsSubstring(R"("N":{"type":"Number","value":0.1})"));
    CHECK_THAT(text, ContainsSubstring(R"("N":{"type":"Number","value":123456789.123456})"));
}

TEST_CASE("the account tells what became of every row and column") {
    const Collected got = import_text(weapons);
    CHECK(got.account["read"] == 4);
    CHECK(got.account["written"] == 3);
    CHECK(got.account["left_out"] ==
          Json::parse(R"([{"what":"rows of items.csv","why":"they are empty","count":1}])"));
    CHECK(got.account["columns"][0] ==
          Json::parse(R"({"file":"items.csv","column":"Name","type":"the entry's name","why":"",
                          "values":3})"));
    CHECK(got.account["columns"][2] ==
          Json::parse(R"({"file":"items.csv","column":"Weight","type":"Number",
                          "why":"all 2 values are numbers","values":2})"));
    CHECK(got.account["columns"].size() == 6);
}

TEST_CASE("every guess is shown with its reason and the way to change it") {
    const Collected got = import_text(weapons);
    const auto notes = got.with_code("SZ-CSV-012");
    REQUIRE(notes.size() == 5);  // the name is no field
    CHECK(notes[0].severity == SZ_SEVERITY_NOTE);
    CHECK(notes[0].file == "items.csv");
    CHECK(notes[0].message == "“Cost” is read as Number: all 3 values are numbers.");
    CHECK(
        notes[0].hint ==
        "{\"types\": {\"Cost\": \"Text\"}} changes it: with --options, or in items.csv.json beside "
        "the file. The types are Text, MultiText, Number, Boolean, Select, Tags and List.");
    CHECK(notes[2].message ==
          "“Code” is read as Text: a Number would change how some of the numbers are written.");
    CHECK_THAT(notes[2].hint, ContainsSubstring(R"({"types": {"Code": "Number"}})"));
    const auto layout = got.with_code("SZ-CSV-017");
    REQUIRE(layout.size() == 4);  // separator, headings, name, pack
    CHECK(layout[0].message == "The cells are separated by “,”: the rows fit it best.");
    CHECK(layout[1].message == "Row 1 holds the headings: it holds short texts and no number.");
    CHECK(layout[2].message == "The entries are named by the column “Name”: its heading says so.");
    CHECK(
        layout[0].hint ==
        R"({"separator": ";"} changes it: with --options, or in items.csv.json beside the file.)");
    for (const Finding& note : layout) {
        CHECK_THAT(note.hint, ContainsSubstring("with --options, or in items.csv.json beside"));
    }
}

TEST_CASE("importing twice gives the same bytes, whatever the encoding of the table") {
    CHECK(import_text(weapons).files() == import_text(weapons).files());
    CHECK(import_text("\xEF\xBB\xBF" + weapons).files() == import_text(weapons).files());
    Folder folder;
    folder.add("items.csv", "Name,Cost\n\xC4xte,1\n");
    const Collected got = import(folder / "items.csv");
    CHECK(got.files() == import_text("Name,Cost\nÄxte,1\n").files());
    const auto warned = got.with_code("SZ-CSV-007");
    REQUIRE(warned.size() == 1);
    CHECK(warned[0].severity == SZ_SEVERITY_WARNING);
    CHECK(warned[0].line == 2);
    CHECK(warned[0].column == 1);
    CHECK_THAT(warned[0].hint, ContainsSubstring("with --options, or in items.csv.json"));
}

TEST_CASE("a changed table is the same pack: its id comes from its name") {
    const auto id = [](const Collected& got) {
        return Json::parse(got.files().at("szpack.json"))["id"].get<std::string>();
    };
    const std::string one = id(import_text("Name\na\n"));
    CHECK(id(import_text("Name\nb\nc\n")) == one);
    CHECK(id(import_text("Name\na\n", R"({"packName":"Other"})")) != one);
    CHECK(id(import_text("Name\na\n", R"({"packId":"mine"})")) == "mine");
}

TEST_CASE("rows of another length than the headings are reported and lose nothing") {
    const Collected got = import_text("Name,A,B\nx,1\ny,1,2,three,,five\nz,1,2,,\n");
    REQUIRE(got.status == SZ_OK);
    const auto shorter = got.with_code("SZ-CSV-010");
    REQUIRE(shorter.size() == 1);
    CHECK(shorter[0].severity == SZ_SEVERITY_WARNING);
    CHECK(shorter[0].line == 2);
    CHECK(shorter[0].column == 3);
    CHECK(shorter[0].message ==
          "Row 2 has 2 cells where 3 are expected; those from column 3 on are empty.");
    const auto longer = got.with_code("SZ-CSV-011");
    REQUIRE(longer.size() == 1);  // empty cells at the end say nothing
    CHECK(longer[0].line == 3);
    CHECK(longer[0].column == 7);
    const Json y = got.entry("items", "y")["topLevelFields"];
    CHECK(y["Column 4"] == field("Text", "three"));
    CHECK(y["Column 6"] == field("Text", "five"));
    CHECK_FALSE(y.contains("Column 5"));
}

TEST_CASE("headings become the only ones of their table, without dots in a field's name") {
    const Collected got = import_text("Name,Cost,,Cost,Nr.,a.b,a b\nx,1,2,3,4,5,6\n");
    const auto changed = got.with_code("SZ-CSV-009");
    REQUIRE(changed.size() == 2);
    CHECK(changed[0].message == "The column has no heading; it is called “Column 3”.");
    CHECK(changed[0].column == 11);
    CHECK(changed[1].column == 12);
    const Json x = got.entry("items", "x")["topLevelFields"];
    CHECK(x["Cost"]["value"] == 1);
    CHECK(x["Column 3"]["value"] == 2);
    CHECK(x["Cost 2"]["value"] == 3);
    CHECK(x["Nr"] == Json{{"type", "Number"}, {"name", "Nr."}, {"value", 4}});
    CHECK(x["a b"] == Json{{"type", "Number"}, {"name", "a.b"}, {"value", 5}});
    CHECK(x["a b 2"] == Json{{"type", "Number"}, {"name", "a b"}, {"value", 6}});
    const Collected cut =
        import_text("Name," + std::string(121, 'h') + "\nx,1\n", R"({"header":true})");
    CHECK(cut.with_code("SZ-CSV-009").size() == 1);
    CHECK(cut.entry("items", "x")["topLevelFields"].contains(std::string(120, 'h')));
    CHECK(import_text("Name," + std::string(120, 'h') + "\nx,1\n").with_code("SZ-CSV-009").empty());
}

TEST_CASE("a first row with a number in it holds no headings") {
    const Collected got = import_text("Sword,15\nDagger,2\n");
    CHECK(got.dataset("items")["entries"].size() == 2);
    CHECK(got.entry("items", "dagger")["topLevelFields"] == Json{{"Column 2", field("Number", 2)}});
    CHECK(got.with_code("SZ-CSV-017")[1].message ==
          "Row 1 is the first entry; the columns are numbered: a number, yes, no or a long text "
          "stands in it.");
}

TEST_CASE("entries are named by a heading, by different texts, or by their row") {
    CHECK(import_text("Cost,TITLE\n1,Axe\n").entry("items", "axe")["name"] == "Axe");
    const Collected texts = import_text("Kind,What\ntool,Axe\ntool,Bow\n");
    CHECK(texts.entry("items", "bow")["topLevelFields"] == Json{{"Kind", field("Text", "tool")}});
    const Collected rows = import_text("A,B\n1,2\n\n3,4\n");
    CHECK(rows.entry("items", "row-2")["name"] == "Row 2");
    CHECK(rows.entry("items", "row-4")["name"] == "Row 4");
    CHECK(import_text("Name,A\n,1\n").entry("items", "row-2")["name"] == "Row 2");
}

TEST_CASE("entries of one name have ids of their own, which is said") {
    const Collected got = import_text("Name,A\nBite,1\nBite,2\nbite,3\n");
    CHECK(got.entry("items", "bite-3")["topLevelFields"]["A"]["value"] == 3);
    const auto notes = got.with_code("SZ-CSV-016");
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].severity == SZ_SEVERITY_NOTE);
}

TEST_CASE("a name that is too long, or has several lines, is whole in a field") {
    const std::string name = std::string(199, 'n') + "é";  // 201 bytes
    const Collected got = import_text("Name,A\n" + name + ",1\n\"two\nlines\",2\n");
    const Json first = got.entry("items", std::string(100, 'n'));
    CHECK(first["name"] == std::string(199, 'n'));
    CHECK(first["topLevelFields"]["Name"]["value"] == name);
    const Json second = got.entry("items", "two-lines");
    CHECK(second["name"] == "two lines");
    CHECK(second["topLevelFields"]["Name"]["value"] == "two\nlines");
}

TEST_CASE("in a column of crosses an empty cell is a no, elsewhere it says nothing") {
    const Collected got = import_text("Name,Heavy,Known\na,x,yes\nb,,\n");
    CHECK(got.entry("items", "a")["topLevelFields"]["Heavy"] == field("Boolean", true));
    CHECK(got.entry("items", "b")["topLevelFields"] == Json{{"Heavy", field("Boolean", false)}});
}

TEST_CASE("a Select lists its options with every value") {
    const Collected got =
        import_text("Name,Rarity\na,Common\nb,Rare\nc,Common\nd,Rare\ne,Common\nf,Rare\n");
    CHECK(got.entry("items", "b")["topLevelFields"]["Rarity"] ==
          Json::parse(R"({"type":"Select","options":[{"id":"common","name":"Common"},
                          {"id":"rare","name":"Rare"}],"value":"rare"})"));
    CHECK(got.with_code("SZ-CSV-012")[0].message ==
          "“Rarity” is read as Select: 6 values are 2 different ones: Common, Rare.");
}

TEST_CASE("a folder of tables becomes one pack with a dataset for each") {
    Folder folder;
    folder.add("spells.csv", "Name,Level\nFireball,3\n");
    folder.add("monsters.TSV", "Name\tHP\nOx, grey\t12\n");
    folder.add("feats.txt", "Name\tText\nAlert\tLooks\n");
    folder.add("notes.txt", "nothing, really\n").add("LICENSE", "free\n");
    const Collected got = import(folder.path());
    REQUIRE(got.status == SZ_OK);
    CHECK(got.files().size() == 4);
    CHECK(got.entry("monsters", "ox-grey")["topLevelFields"]["HP"]["value"] == 12);
    CHECK(got.entry("feats", "alert")["topLevelFields"]["Text"]["value"] == "Looks");
    CHECK(got.account["read"] == 3);
    const auto others = got.with_code("SZ-CSV-018");
    REQUIRE(others.size() == 2);
    CHECK(others[0].file == "LICENSE");
    CHECK(others[1].file == "notes.txt");
}

TEST_CASE("files whose names differ in signs only are different datasets") {
    Folder folder;
    folder.add("a b.csv", "Name\nx\n").add("a-b.csv", "Name\ny\n");
    const Collected got = import(folder.path());
    CHECK(got.dataset("a-b")["entries"].contains("x"));
    CHECK(got.dataset("a-b-2")["entries"].contains("y"));
}

TEST_CASE("a table without rows gives a dataset without entries, and a warning") {
    for (const char* text : {"", "\n\n", "Name,Cost\n", ",,\n"}) {
        INFO(text);
        const Collected got = import_text(text);
        CHECK(got.status == SZ_OK);
        CHECK(got.dataset("items")["entries"] == Json::object());
        CHECK(got.with_code("SZ-CSV-020").size() == 1);
        CHECK(got.account["written"] == 0);
    }
}
