// SPDX-License-Identifier: AGPL-3.0-or-later
// What the bus tells of installed packs: datasets, entries, images, templates, links.
#include <fstream>

#include "tests/unit/library/fixture.hpp"

using namespace sz::test;
using sz::Json;
namespace fs = std::filesystem;

namespace {

Json link_to(const std::string& entry, const std::string& version = "1.0.0") {
    return {{"datapackId", "org.example.arms"},
            {"datasetId", "weapons"},
            {"entryId", entry},
            {"version", version}};
}

PackMaker shop() {
    PackMaker pack("org.example.shop", "Shop");
    pack.needs("org.example.arms", "^1.0.0");
    pack.entry(
        "wares", "crate", "Crate",
        {{"topLevelFields",
          {{"best", field("DatasetLink", link_to("sword", "^1.0.0"))},
           {"all", field("Links", Json::array({link_to("bow"), link_to("sword")}))},
           {"note", field("Text", "heavy")}}},
         {"groups",
          Json::array(
              {{{"id", "price"}, {"name", "Price"}, {"fields", {{"gold", field("Number", 12)}}}}})},
         {"tags", {"wood"}}});
    return pack;
}

}  // namespace

TEST_CASE("a whole entry shows its fields, and links by the names of their targets") {
    LibraryFixture library;
    library.import(arms());
    library.import(shop());
    const Json entry =
        library.get("library.entry", {{"pack", "Shop"}, {"dataset", "wares"}, {"entry", "Crate"}});
    CHECK(entry.at("pack") ==
          Json{{"id", "org.example.shop"}, {"name", "Shop"}, {"version", "1.0.0"}});
    CHECK(entry.at("dataset") == Json{{"id", "wares"}, {"name", "The wares"}});
    CHECK(entry.at("id") == "crate");
    CHECK(entry.at("tags") == Json::array({"wood"}));
    Json texts = Json::object();
    for (const auto& each : entry.at("fields"))
        texts[each.at("id").get<std::string>()] = each.at("text");
    CHECK(texts ==
          Json{{"best", "Sword"}, {"all", "Long Bow, Sword"}, {"note", "heavy"}, {"gold", "12"}});
    const Json& gold = entry.at("fields").at(3);
    CHECK(gold == Json{{"group", {{"id", "price"}, {"name", "Price"}}},
                       {"id", "gold"},
                       {"name", "gold"},
                       {"type", "Number"},
                       {"value", 12},
                       {"text", "12"},
                       {"mentions", Json::array()}});
    CHECK(entry.at("fields").at(1).at("value").at("entryId") ==
          "sword");  // the value itself keeps the id
}

TEST_CASE("a link into a pack that is not installed shows its id and says which pack is missing") {
    LibraryFixture library;
    library.import(shop());
    const Json entry =
        library.get("library.entry", {{"pack", "Shop"}, {"dataset", "wares"}, {"entry", "crate"}});
    CHECK(entry.at("fields").at(1).at("text") == "sword");
    const auto missing = library.call("library.resolve", {{"link", link_to("sword")}});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == "SZ-LIB-010");
    CHECK_THAT(missing.error().message, ContainsSubstring("org.example.arms"));
    CHECK(missing.error().where == "org.example.arms@1.0.0");
}

TEST_CASE("a link is resolved to the newest version that its range allows") {
    LibraryFixture library;
    for (const char* version : {"1.0.0", "1.10.0", "1.9.0", "2.0.0"}) library.import(arms(version));
    const auto version = [&](const std::string& range) {
        const auto found = library.call("library.resolve", {{"link", link_to("sword", range)}});
        return found ? found->at("version").get<std::string>() : found.error().code;
    };
    CHECK(version("1.0.0") == "1.0.0");
    CHECK(version("^1.0.0") == "1.10.0");
    CHECK(version("~1.9.0") == "1.9.0");
    CHECK(version("") == "2.0.0");
    CHECK(version("3.0.0") == "SZ-LIB-010");
    CHECK(library.get("library.resolve", {{"link", link_to("bow", "1.0.0")}}) ==
          Json{{"pack", "org.example.arms"},
               {"version", "1.0.0"},
               {"dataset", "weapons"},
               {"entry", "bow"},
               {"name", "Long Bow"}});
    CHECK(library.code("library.resolve", {{"link", link_to("spoon")}}) == "SZ-LIB-004");
}

TEST_CASE("a link takes no version that the szpack.json around it does not admit") {
    LibraryFixture library;
    for (const char* version : {"1.0.0", "1.2.0", "1.3.0", "2.0.0"}) library.import(arms(version));
    PackMaker careful("org.example.careful", "Careful");
    careful.dataset("x").needs("org.example.arms", "~1.2.0");
    library.import(careful);
    const auto version = [&](const std::string& range, const std::string& from) {
        const auto found =
            library.call("library.resolve", {{"link", link_to("sword", range)}, {"from", from}});
        return found ? found->at("version").get<std::string>() : found.error().code;
    };
    CHECK(version("^1.0.0", "Careful") == "1.2.0");
    CHECK(version("", "Careful") == "1.2.0");
    CHECK(version("^1.3.0", "Careful") == "SZ-LIB-010");
    // In the pack itself, the version that the link stands in; unless the link wants another.
    CHECK(version("^1.0.0", "Arms@1.0.0") == "1.0.0");
    CHECK(version("", "Arms@1.2.0") == "1.2.0");
    CHECK(version("^2.0.0", "Arms@1.0.0") == "2.0.0");
    CHECK(version("^1.0.0", "Nobody") == "SZ-LIB-001");
}

TEST_CASE("the entry that is shown names what its pack's own range leads to") {
    LibraryFixture library;
    library.import(arms("1.0.0"));
    auto renamed = arms("1.1.0");
    renamed.entry("weapons", "sword", "Renamed Sword");
    library.import(renamed);
    PackMaker careful("org.example.careful", "Careful");
    careful.needs("org.example.arms", "1.0.0")
        .entry("x", "y", "Y",
               {{"topLevelFields", {{"to", field("DatasetLink", link_to("sword", "^1.0.0"))}}}});
    library.import(careful);
    const Json entry =
        library.get("library.entry", {{"pack", "Careful"}, {"dataset", "x"}, {"entry", "y"}});
    CHECK(entry.at("fields").at(0).at("text") == "Sword");
}

TEST_CASE("datasets and entries are listed, entries by name and a page at a time") {
    LibraryFixture library;
    library.import(arms());
    const Json datasets = library.get("library.datasets", {{"pack", "Arms"}}).at("datasets");
    REQUIRE(datasets.size() == 2);
    CHECK(datasets.at(0) == Json{{"id", "armour"},
                                 {"name", "The armour"},
                                 {"description", ""},
                                 {"type", "things"},
                                 {"entries", 1},
                                 {"icon", ""}});
    const Json all = library.get("library.entries", {{"pack", "Arms"}, {"dataset", "weapons"}});
    CHECK(all == Json{{"total", 2},
                      {"entries",
                       {{{"id", "bow"}, {"name", "Long Bow"}, {"icon", ""}},
                        {{"id", "sword"}, {"name", "Sword"}, {"icon", "sword.gif"}}}}});
    const Json second = library.get(
        "library.entries", {{"pack", "Arms"}, {"dataset", "weapons"}, {"offset", 1}, {"limit", 1}});
    CHECK(second.at("total") == 2);
    CHECK(second.at("entries").at(0).at("id") == "sword");
    CHECK(library.get("library.entries", {{"pack", "Arms"}, {"dataset", "weapons"}, {"offset", 2}})
              .at("entries")
              .empty());
}

TEST_CASE("an image is a file below media/images and nothing else") {
    LibraryFixture library;
    PackMaker pack = arms();
    pack.file("media/images/deep/axe.gif", "GIF89a").file("media/secret.txt", "no");
    library.import(pack);
    const auto image = [&](const std::string& path) {
        return library.code("library.image", {{"pack", "Arms"}, {"path", path}});
    };
    const auto root = library.folders.packs() / "org.example.arms" / "1.0.0";
    const fs::path file = library.get("library.image", {{"pack", "Arms"}, {"path", "sword.gif"}})
                              .at("file")
                              .get<std::string>();
    CHECK(fs::equivalent(file, root / "media/images/sword.gif"));
    CHECK(file.is_absolute());
    CHECK(image("deep/axe.gif") == "answered");
    for (const char* path :
         {"missing.gif", "../secret.txt", "deep/../../secret.txt", "/etc/hostname", "deep", "..",
          ".", "deep\\axe.gif", "../../szpack.json"}) {
        INFO(path);
        CHECK(image(path) == "SZ-LIB-006");
    }
    fs::create_symlink(root / "szpack.json", root / "media/images/link.gif");
    CHECK(image("link.gif") == "SZ-LIB-006");
}

TEST_CASE("templates are listed with the reference that finds them") {
    LibraryFixture library;
    library.import(arms("1.0.0"));
    library.import(arms("1.1.0"));
    const Json list =
        library.get("library.templates", {{"kind", "character-template"}}).at("templates");
    REQUIRE(list.size() == 1);
    CHECK(list.at(0) ==
          Json{{"pack", {{"id", "org.example.arms"}, {"name", "Arms"}, {"version", "1.1.0"}}},
               {"id", "hero"},
               {"name", "Hero"},
               {"description", "Somebody."},
               {"icon", ""},
               {"kind", "character-template"},
               {"reference", "org.example.arms@1.1.0/hero"}});
    CHECK(library.get("library.templates", {{"kind", "session-template"}}).at("templates").empty());
    CHECK(library.get("library.templates").at("templates").size() == 1);
}

TEST_CASE("campaigns get a template as it stands, with the pack it is from") {
    LibraryFixture library;
    library.import(arms("1.0.0"));
    library.import(arms("1.1.0"));
    const auto find = [&](const std::string& kind, const std::string& reference) {
        sz::Result<Json> found = Json();
        library.thread->run_and_wait(
            [&] { found = library.library->find_template(kind, reference); });
        return found;
    };
    const auto found = find("character-template", "Arms/Hero");
    REQUIRE(found);
    CHECK(found->at("pack") ==
          Json{{"id", "org.example.arms"}, {"name", "Arms"}, {"version", "1.1.0"}});
    CHECK(found->at("sections").at(0).at("groups").at(0).at("fields").at(0).at("id") == "might");
    CHECK(find("character-template", "org.example.arms@1.0.0/hero")->at("pack").at("version") ==
          "1.0.0");
    CHECK(find("character-template", "Legs/hero").error().code == "SZ-LIB-001");
    CHECK(find("character-template", "Arms/villain").error().code == "SZ-LIB-003");
    CHECK(find("session-template", "Arms/hero").error().code == "SZ-LIB-003");
    CHECK(find("character-template", "hero").error().code == "SZ-LIB-003");
}

TEST_CASE("campaigns get an entry as it stands, with the pack and the dataset it is from") {
    LibraryFixture library;
    library.import(arms("1.0.0"));
    library.import(arms("1.1.0"));
    const auto find = [&](const char* pack, const char* dataset, const char* entry) {
        sz::Result<Json> found = Json();
        library.thread->run_and_wait(
            [&] { found = library.library->find_entry(pack, dataset, entry); });
        return found;
    };
    const auto found = find("Arms", "weapons", "Sword");
    REQUIRE(found);
    CHECK(found->at("pack") ==
          Json{{"id", "org.example.arms"}, {"name", "Arms"}, {"version", "1.1.0"}});
    CHECK(found->at("dataset").at("id") == "weapons");
    CHECK(found->at("entry").at("name") == "Sword");
    CHECK(found->at("entry").at("topLevelFields").is_object());
    CHECK(find("org.example.arms@1.0.0", "weapons", "Sword")->at("pack").at("version") == "1.0.0");
    CHECK(find("Legs", "weapons", "x").error().code == "SZ-LIB-001");
    CHECK(find("Arms", "hero", "x").error().code == "SZ-LIB-003");
    CHECK(find("Arms", "weapons", "Spear").error().code == "SZ-LIB-004");
}

TEST_CASE("a pack whose name holds a slash is found") {
    LibraryFixture library;
    PackMaker pack("org.example.both", "Fire/Ice");
    library.import(pack.character("hero", "Hero"));
    library.thread->run_and_wait(
        [&] { CHECK(library.library->find_template("character-template", "Fire/Ice/hero")); });
}

TEST_CASE("a search tells all that a list of hits shows") {
    LibraryFixture library;
    library.import(arms());
    const Json result = library.get("library.search", {{"text", "sword"}});
    REQUIRE(result.at("hits").size() == 2);
    CHECK(result.at("total") == 2);
    CHECK(result.at("more") == false);
    const Json& hit = result.at("hits").at(0);
    CHECK(hit.at("pack") == "org.example.arms");
    CHECK(hit.at("pack_name") == "Arms");
    CHECK(hit.at("version") == "1.0.0");
    CHECK(hit.at("dataset") == "weapons");
    CHECK(hit.at("dataset_name") == "The weapons");
    CHECK(hit.at("entry") == "sword");
    CHECK(hit.at("name") == "Sword");
    CHECK(hit.at("icon") == "sword.gif");
    CHECK(hit.at("snippet") == "A blade of good steel. Common");
    CHECK(hit.at("score") > result.at("hits").at(1).at("score"));
    CHECK(library.found("sword", {{"limit", 1}}) == Texts{"Sword"});
    CHECK(library.found("sword", {{"limit", 1}, {"offset", 1}}) == Texts{"Shield"});
    CHECK(library.found("sword", {{"offset", 2}}).empty());
    CHECK(library.code("library.search", {{"text", std::string(1001, 'a')}}) == "SZ-BUS-002");
    CHECK(library.code("library.search", {{"text", "a"}, {"limit", 1001}}) == "SZ-BUS-002");
    CHECK(library.code("library.search", {{"text", std::string(1000, 'a')}, {"limit", 1000}}) ==
          "answered");
}
