// SPDX-License-Identifier: AGPL-3.0-or-later
// What a person says about a table.
#include "collected.hpp"
#include "tests/support/catch.hpp"

using namespace csv::test;

namespace {

// The one finding about options that are not understood.
Finding refused(const std::string& text, const std::string& options) {
    const Collected got = import_text(text, options);
    CHECK(got.status == SZ_ERR_INVALID);
    const auto found = got.with_code("SZ-CSV-013");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == SZ_SEVERITY_ERROR);
    return found[0];
}

const std::string table = "Name,Cost\nSword,015\nBow,7\n";

}  // namespace

TEST_CASE("a type can be changed") {
    const auto value = [](const std::string& type) {
        const Collected got = import_text(table, R"({"types":{"Cost":")" + type + R"("}})");
        REQUIRE(got.status == SZ_OK);
        CHECK(got.with_code("SZ-CSV-012")[0].message ==
              "“Cost” is read as " + type + ": you asked for it.");
        return got.entry("items", "sword")["topLevelFields"]["Cost"];
    };
    CHECK(value("Text") == Json::parse(R"({"type":"Text","value":"015"})"));
    CHECK(value("MultiText") == Json::parse(R"({"type":"MultiText","value":"015"})"));
    CHECK(value("Number") == Json::parse(R"({"type":"Number","value":15})"));
    CHECK(value("Tags") == Json::parse(R"({"type":"Tags","value":["015"]})"));
    CHECK(value("List") ==
          Json::parse(R"({"type":"List","itemType":{"type":"Text"},"value":["015"]})"));
    CHECK(value("Select") == Json::parse(R"({"type":"Select","options":[{"id":"015","name":"015"},
                          {"id":"7","name":"7"}],"value":"015"})"));
}

TEST_CASE("a cell that does not fit the type that was asked for is an error at its place") {
    const Collected got =
        import_text("Name,Cost\nSword,15\nBow,\"1,5\"\nNet,?\n", R"({"types":{"cost":"Number"}})");
    CHECK(got.status == SZ_ERR_INVALID);
    const auto wrong = got.with_code("SZ-CSV-015");
    REQUIRE(wrong.size() == 2);
    CHECK(wrong[0].line == 3);
    CHECK(wrong[0].column == 5);
    CHECK(wrong[0].message == "Row 3, column “Cost”: “1,5” does not fit Number.");
    CHECK(wrong[1].line == 4);
}

TEST_CASE("separator, headings, encoding, name and id can be said") {
    const Collected got = import_text("a,b;c\nd,e;f\n", R"({"separator":";","header":false})");
    CHECK(types_of(got).at("Column 2") == "Text");
    CHECK(got.dataset("items")["entries"].size() == 2);
    CHECK(import_text("a\tb\n", R"({"separator":"tab","header":true})").account["columns"].size() ==
          2);
    CHECK(import_text("Name\n\xC4x\n", R"({"encoding":"windows-1252"})")
              .entry("items", "ax")["name"] == "Äx");
    CHECK(import_text("Name\n\xC4x\n", R"({"encoding":"utf-8"})").with_code("SZ-CSV-003").size() ==
          1);
    CHECK(import_text("Name,Code\nx,Q 1\n", R"({"name":"code"})").entry("items", "q-1")["name"] ==
          "Q 1");
}

TEST_CASE("a column of ids is taken as it is, and told where it cannot be") {
    const Collected got = import_text("Key,Name\nA.1,x\nA.1,y\nb c,z\n,w\n", R"({"id":"Key"})");
    const Json entries = got.dataset("items")["entries"];
    CHECK(entries["A.1"]["name"] == "x");
    CHECK(entries["A.1"]["topLevelFields"]["Key"]["value"] == "A.1");
    CHECK(entries["A.1-2"]["name"] == "y");
    CHECK(entries["b-c"]["name"] == "z");
    CHECK(entries["w"]["name"] == "w");
    const auto changed = got.with_code("SZ-CSV-016");
    REQUIRE(changed.size() == 3);
    CHECK(changed[0].severity == SZ_SEVERITY_WARNING);
    CHECK(changed[0].line == 3);
}

TEST_CASE("the pack and the dataset can be named") {
    const Collected got = import_text(table, R"({"packName":"P","packId":"p.1","version":"2.0.0",
        "author":"A","license":"CC0-1.0","datasetName":"D","$schema":"x"})");
    const Json manifest = Json::parse(got.files().at("szpack.json"));
    CHECK(manifest["name"] == "P");
    CHECK(manifest["id"] == "p.1");
    CHECK(manifest["version"] == "2.0.0");
    CHECK(manifest["author"] == "A");
    CHECK(manifest["license"] == "CC0-1.0");
    CHECK(got.dataset("items")["name"] == "D");
    CHECK(got.dataset("items")["version"] == "2.0.0");
}

TEST_CASE("options that are not understood name what there is") {
    CHECK(refused(table, R"({"separtor":";"})").message ==
          "There is no option “separtor” (in the options of this import).");
    CHECK_THAT(refused(table, R"({"separtor":";"})").hint,
               ContainsSubstring("separator, header, encoding, name, id, types"));
    CHECK_THAT(refused(table, R"({"types":{"Cost":"Numbr"}})").hint,
               ContainsSubstring("Text, MultiText, Number, Boolean, Select, Tags and List"));
    CHECK_THAT(refused(table, R"({"types":{"Price":"Text"}})").hint,
               ContainsSubstring("The columns of items.csv are “Name”, “Cost”."));
    CHECK_THAT(refused(table, R"({"name":"Price"})").message, ContainsSubstring("“Price”"));
    CHECK_THAT(refused(table, R"({"id":"Price"})").message, ContainsSubstring("“Price”"));
    for (const char* wrong :
         {R"({"separator":"::"})", R"({"separator":3})", R"({"header":"yes"})",
          R"({"encoding":"latin-9"})", R"({"types":[]})", R"({"version":"1"})",
          R"({"packId":"a b"})", R"({"packName":""})", R"({"author":3})", "[]", "{", ""}) {
        INFO(wrong);
        if (*wrong != '\0') refused(table, wrong);
    }
}

TEST_CASE("options beside the table count, and those of the import count more") {
    Folder folder;
    folder.add("items.csv", "Name;Cost\nx;007\n");
    folder.add("items.csv.json",
               R"({"types":{"Cost":"Number"},"separator":";","version":"1.2.3"})");
    const Collected beside = import(folder / "items.csv");
    CHECK(types_of(beside).at("Cost") == "Number");
    CHECK(beside.with_code("SZ-CSV-014").empty());
    const Collected both =
        import(folder / "items.csv", R"({"types":{"Cost":"Text"},"separator":";"})");
    CHECK(types_of(both).at("Cost") == "Text");
    CHECK(Json::parse(both.files().at("szpack.json"))["version"] == "1.2.3");
    const auto won = both.with_code("SZ-CSV-014");
    REQUIRE(won.size() == 1);
    CHECK(won[0].file == "items.csv.json");
    const Collected version = import(folder / "items.csv", R"({"version":"2.0.0"})");
    CHECK(Json::parse(version.files().at("szpack.json"))["version"] == "2.0.0");
    REQUIRE(version.with_code("SZ-CSV-014").size() == 1);
    CHECK_THAT(version.with_code("SZ-CSV-014")[0].message,
               ContainsSubstring("“2.0.0” from the options of this import is used"));
    CHECK(won[0].message ==
          "The type of “Cost”: “Text” from the options of this import is used, not “Number” from "
          "items.csv.json.");
}

TEST_CASE("a file of options that is wrong is named") {
    Folder folder;
    folder.add("items.csv", table).add("items.csv.json", "{\"header\":}");
    const Collected got = import(folder / "items.csv");
    CHECK(got.status == SZ_ERR_INVALID);
    REQUIRE(got.with_code("SZ-CSV-013").size() == 1);
    CHECK(got.with_code("SZ-CSV-013")[0].file == "items.csv.json");
}

TEST_CASE("a file of options may have 64 KiB") {
    Folder folder;
    folder.add("items.csv", table);
    folder.add("items.csv.json", "{}" + std::string(65'534, ' '));
    CHECK(import(folder / "items.csv").status == SZ_OK);
    folder.add("items.csv.json", "{}" + std::string(65'535, ' '));
    CHECK(import(folder / "items.csv").with_code("SZ-CSV-002").size() == 1);
}

TEST_CASE("each table of a folder has options of its own, and the folder has some for all") {
    sz::test::TempDir dir;
    std::filesystem::create_directory(dir / "vale");
    const auto add = [&](const std::string& name, const std::string& text) {
        std::ofstream(dir / name, std::ios::binary) << text;
    };
    add("vale/a.csv", "Name,Cost\nx,7\n");
    add("vale/b.csv", "Name,Cost,Size\ny,7,8\n");
    add("vale/a.csv.json", R"({"types":{"Cost":"Text"},"datasetName":"First","author":"no"})");
    add("vale.json", R"({"types":{"Cost":"MultiText","Size":"Text"},"packName":"The Vale"})");
    const Collected got = import(dir / "vale");
    REQUIRE(got.status == SZ_OK);
    CHECK(got.entry("a", "x")["topLevelFields"]["Cost"]["type"] == "Text");
    CHECK(got.entry("b", "y")["topLevelFields"]["Cost"]["type"] == "MultiText");
    CHECK(got.entry("b", "y")["topLevelFields"]["Size"]["type"] == "Text");
    CHECK(got.dataset("a")["name"] == "First");
    CHECK(Json::parse(got.files().at("szpack.json"))["name"] == "The Vale");
    CHECK_FALSE(Json::parse(got.files().at("szpack.json")).contains("author"));
    CHECK(got.with_code("SZ-CSV-014").size() == 2);  // Cost, and the author
    CHECK(got.with_code("SZ-CSV-018").empty());      // a.csv.json is no stranger
    CHECK(import(dir.path() / "vale/", R"({"datasetName":"All"})").status == SZ_ERR_INVALID);
    // A column that no table has is wrong.
    const auto wrong =
        import(dir / "vale", R"({"types":{"Weight":"Text"}})").with_code("SZ-CSV-013");
    CHECK(wrong.size() == 1);
}
