// SPDX-License-Identifier: AGPL-3.0-or-later
// Packs read in another language: merged, searched, fallen back from, and without their
// translation.
#include "kernel/content/library/languages.hpp"

#include "tests/unit/library/fixture.hpp"

using namespace sz::test;
using sz::Json;

namespace {

PackMaker translation(const std::string& language, const std::string& id,
                      const std::string& range = "^1.0.0") {
    PackMaker pack(id, "In " + language);
    pack.says("packType", "translation").says("language", language);
    return pack.says("translates", "org.example.arms").needs("org.example.arms", range);
}

void add_texts(PackMaker& pack, const std::string& id, Json texts) {
    texts["id"] = id;
    texts["szType"] = "translation";
    texts["schemaVersion"] = "1.0.0";
    pack.file("objects/translations/" + id + ".json", texts.dump());
}

PackMaker german(const std::string& id = "org.example.arms-de") {
    PackMaker pack = translation("de", id);
    add_texts(pack, "weapons", R"({"name": "Waffen",
        "fields": {"damage": {"name": "Schaden"}},
        "groups": {"stats": {"name": "Werte"}},
        "entries": {"sword": {"name": "Schwert", "description": "Eine Klinge aus gutem Stahl.",
            "groups": {"stats": {"fields": {"rarity": {"value": "Häufig"}}}}}}})"_json);
    add_texts(pack, "hero", R"({"name": "Heldin", "sections": {"core": {"groups": {"main": {
        "fields": {"might": {"name": "Stärke"}}}}}}})"_json);
    return pack;
}

const Json in_de = {{"language", "de"}};

Json with(Json a, const Json& b) {
    a.update(b);
    return a;
}

Json sword(LibraryFixture& library, const Json& more = in_de) {
    return library.get("library.entry",
                       with({{"pack", "Arms"}, {"dataset", "weapons"}, {"entry", "sword"}}, more));
}

Texts names_of(const Json& list) {
    Texts names;
    for (const auto& one : list) names.push_back(one.at("name"));
    return names;
}

Json arms_link(const std::string& entry) {
    return {{"datapackId", "org.example.arms"},
            {"datasetId", "weapons"},
            {"entryId", entry},
            {"version", "^1.0.0"}};
}

}  // namespace

TEST_CASE("an entry is read in the language that is asked for, text by text") {
    LibraryFixture library;
    library.import(german());  // before what it translates: the order does not matter
    library.import(arms());
    const Json entry = sword(library);
    CHECK(entry.at("name") == "Schwert");
    CHECK(entry.at("description") == "Eine Klinge aus gutem Stahl.");
    CHECK(entry.at("dataset") == Json{{"id", "weapons"}, {"name", "Waffen"}});
    CHECK(entry.at("fields").at(0).at("name") == "Schaden");
    CHECK(entry.at("fields").at(0).at("value") == 10);
    CHECK(entry.at("fields").at(1).at("group") == Json{{"id", "stats"}, {"name", "Werte"}});
    CHECK(entry.at("fields").at(1).at("text") == "Häufig");
    // Not translated: as it is.
    const Json bow = library.get(
        "library.entry",
        {{"pack", "Arms"}, {"dataset", "weapons"}, {"entry", "bow"}, {"language", "de"}});
    CHECK(bow.at("name") == "Long Bow");
    CHECK(bow.at("fields").at(0).at("name") == "Schaden");
    for (const char* language : {"", "fr", "en", "not a tag"})
        CHECK(sword(library, {{"language", language}}).at("name") == "Sword");
    CHECK(sword(library, Json::object()).at("name") == "Sword");
}

TEST_CASE("the person's language counts where none is asked for") {
    LibraryFixture library;
    library.import(arms());
    library.import(german());
    library.language = "de-AT";
    CHECK(sword(library, Json::object()).at("name") == "Schwert");
    CHECK(sword(library, {{"language", ""}}).at("name") == "Sword");
    sz::Result<Json> hero = Json(), entry = Json(), linked = Json();
    library.thread->run_and_wait([&] {
        hero = library.library->find_template("character-template", "Arms/Heldin");
        entry = library.library->find_entry("Arms", "Waffen", "Schwert");
        linked = library.library->linked_entry(arms_link("sword"));
    });
    REQUIRE(hero);
    CHECK(hero->at("id") == "hero");
    CHECK(hero->at("name") == "Heldin");
    CHECK(hero->at("sections").at(0).at("name") == "Core");
    CHECK(hero->at("sections").at(0).at("groups").at(0).at("fields").at(0).at("name") == "Stärke");
    REQUIRE(entry);
    CHECK(entry->at("entry").at("id") == "sword");
    CHECK(entry->at("entry").at("name") == "Schwert");
    CHECK(entry->at("dataset").at("name") == "Waffen");
    REQUIRE(linked);  // what is computed from is the same for everybody
    CHECK(linked->at("name") == "Sword");
}

TEST_CASE("search finds the translated words and the original ones, each entry once") {
    LibraryFixture library;
    library.import(arms());
    library.import(german());
    CHECK(library.found("Schw", in_de) == Texts{"Schwert"});
    CHECK(library.found("sword", in_de) == Texts{"Schwert", "Shield"});
    CHECK(library.found("Klinge", in_de) == Texts{"Schwert"});
    CHECK(library.found("häufig", in_de) == Texts{"Schwert"});
    CHECK(library.found("Klinge").empty());
    CHECK(library.found("Schw", {{"language", "fr"}}).empty());
    CHECK(library.found("Klinge", {{"language", "de"}, {"pack", "Arms"}}) == Texts{"Schwert"});
    CHECK(library.found("Klinge", {{"language", "de"}, {"pack", "Arms"}, {"dataset", "armour"}})
              .empty());
    const Json hit =
        library.get("library.search", {{"text", "Stahl"}, {"language", "de"}}).at("hits").at(0);
    CHECK(hit.at("pack") == "org.example.arms");
    CHECK(hit.at("entry") == "sword");
    CHECK(hit.at("dataset_name") == "Waffen");
    CHECK(hit.at("snippet") == "Eine Klinge aus gutem Stahl. Häufig");
}

TEST_CASE("lists and links say translated names; a dataset's entries are in their order") {
    LibraryFixture library;
    auto pack = arms();
    pack.entry("weapons", "axe", "Axe");
    library.import(pack);
    auto texts = german();
    library.import(texts);
    const Json weapons{{"pack", "Arms"}, {"dataset", "weapons"}};
    CHECK(names_of(library.get("library.entries", weapons).at("entries")) ==
          Texts{"Axe", "Long Bow", "Sword"});
    CHECK(names_of(library.get("library.entries", with(weapons, in_de)).at("entries")) ==
          Texts{"Axe", "Long Bow", "Schwert"});
    CHECK(names_of(library
                       .get("library.entries",
                            with(weapons, {{"language", "de"}, {"offset", 2}, {"limit", 1}}))
                       .at("entries")) == Texts{"Schwert"});
    CHECK(
        names_of(library.get("library.datasets", with({{"pack", "Arms"}}, in_de)).at("datasets")) ==
        Texts{"The armour", "Waffen"});
    CHECK(names_of(library.get("library.templates", in_de).at("templates")) == Texts{"Heldin"});
    CHECK(library.get("library.resolve", with({{"link", arms_link("sword")}}, in_de)).at("name") ==
          "Schwert");
    CHECK(library
              .get("library.get", {{"pack", "Arms"},
                                   {"dataset", "Waffen"},
                                   {"path", "sword.stats.rarity"},
                                   {"language", "de"}})
              .at("value") == "Häufig");
    CHECK(library.get("library.datasets", {{"pack", "In de"}}).at("datasets").empty());
}

TEST_CASE(
    "without its translation a pack is read in its own words, and search forgets the others") {
    LibraryFixture library;
    library.import(arms());
    library.import(german());
    REQUIRE(sword(library).at("name") == "Schwert");
    REQUIRE(library.call("pack.remove", {{"pack", "org.example.arms-de"}}));
    CHECK(sword(library).at("name") == "Sword");
    CHECK(library.found("Klinge", in_de).empty());
    CHECK(library.found("sword", in_de) == Texts{"Sword", "Shield"});
    // And the other way round: a translation of nothing is found nowhere.
    library.import(german());
    REQUIRE(library.call("pack.remove", {{"pack", "org.example.arms"}}));
    CHECK(library.found("Klinge", in_de).empty());
    CHECK(library.found("Klinge", {{"language", "de"}, {"pack", "In de"}}).empty());
}

TEST_CASE("a region's translation comes before its language's, and lets it fill the gaps") {
    LibraryFixture library;
    library.import(arms());
    library.import(german());
    PackMaker austrian = translation("de-AT", "org.example.arms-at");
    add_texts(austrian, "weapons", R"({"entries": {"sword": {"name": "Schwertl"}}})"_json);
    library.import(austrian);
    CHECK(sword(library, {{"language", "de-at"}}).at("name") == "Schwertl");
    CHECK(sword(library, {{"language", "de-AT"}}).at("description") ==
          "Eine Klinge aus gutem Stahl.");
    CHECK(sword(library).at("name") == "Schwert");
}

TEST_CASE("a translation is for the versions that its dependency admits") {
    LibraryFixture library;
    library.import(arms("1.0.0"));
    library.import(arms("2.0.0"));
    library.import(german());
    CHECK(sword(library).at("name") == "Sword");  // of 2.0.0
    CHECK(library
              .get("library.entry", {{"pack", "Arms@1.0.0"},
                                     {"dataset", "weapons"},
                                     {"entry", "sword"},
                                     {"language", "de"}})
              .at("name") == "Schwert");
    CHECK(library.found("Klinge", in_de).empty());
    CHECK(library.found("Klinge", {{"language", "de"}, {"pack", "Arms@1.0.0"}}) ==
          Texts{"Schwert"});
}

TEST_CASE("a pack in the wanted language is not translated into it") {
    LibraryFixture library;
    auto pack = arms();
    pack.says("language", "de");
    library.import(pack);
    library.import(german());
    CHECK(sword(library).at("name") == "Sword");
    CHECK(sword(library, {{"language", "de-CH"}}).at("name") == "Sword");
}

TEST_CASE("ids that differ in case alone have translations of their own") {
    LibraryFixture library;
    auto pack = arms();
    pack.entry("weapons", "axe", "Hand Axe").entry("weapons", "Axe", "War Axe");
    library.import(pack);
    PackMaker texts = translation("de", "org.example.arms-de");
    add_texts(texts, "weapons", R"({"entries": {"axe": {"name": "Beil"}}})"_json);
    library.import(texts);
    const Json weapons{{"pack", "Arms"}, {"dataset", "weapons"}, {"language", "de"}};
    CHECK(names_of(library.get("library.entries", weapons).at("entries")) ==
          Texts{"Beil", "Long Bow", "Sword", "War Axe"});
    CHECK(library.get("library.entry", with(weapons, {{"entry", "Axe"}})).at("name") == "War Axe");
    CHECK(library.get("library.entry", with(weapons, {{"entry", "axe"}})).at("name") == "Beil");
    const Json hits = library.get("library.search", with({{"text", "beil"}}, in_de)).at("hits");
    REQUIRE(hits.size() == 1);
    CHECK(hits[0].at("entry") == "axe");
}

TEST_CASE("eight translations are put over a pack, and no more") {
    LibraryFixture library;
    library.import(arms());
    constexpr auto most = sz::library::Languages::overlays_max;
    for (std::size_t i = 0; i <= most; ++i) {
        PackMaker one = translation("de", "org.example.de-" + std::to_string(i));
        const std::string entry = i < most - 1 ? "nobody" : i == most - 1 ? "sword" : "bow";
        add_texts(one, "weapons", {{"entries", {{entry, {{"name", "Der " + entry}}}}}});
        library.import(one);
    }
    CHECK(library.found("Der", in_de) == Texts{"Der sword"});
}

TEST_CASE("a new translation begins with every text, written once, under the pack's licence") {
    LibraryFixture library;
    library.import(arms());
    const auto dir = (library.dir / "fr").string();
    const Json params{{"dir", dir}, {"name", "Armes"}, {"translates", "Arms"}, {"language", "fr"}};
    const auto made = library.task("pack.new", params);
    REQUIRE(made);
    const auto read = [&](const std::string& path) {
        std::ifstream stream(dir + "/" + path);
        return Json::parse(stream);
    };
    const Json manifest = read("szpack.json");
    CHECK(manifest.at("language") == "fr");
    CHECK(manifest.at("translates") == "org.example.arms");
    CHECK(manifest.at("license") == "CC-BY-SA-4.0");
    CHECK(manifest.at("dependencies").at(0).at("version") == "^1.0.0");
    CHECK(read("objects/translations/weapons.json").at("entries") ==
          R"({"bow": {"name": "Long Bow"},
              "sword": {"name": "Sword", "description": "A blade of good steel.",
                "groups": {"stats": {"fields": {"rarity": {"value": "Common"}}}}}})"_json);
    CHECK(read("objects/translations/weapons.json").at("groups") ==
          R"({"stats": {"name": "Stats", "fields": {"rarity": {"name": "rarity"}}}})"_json);
    const auto code = [&](Json changes) {
        auto wanted = with(params, changes);
        wanted["dir"] = (library.dir / "other").string();
        const auto result = library.task("pack.new", wanted);
        return result ? "made" : result.error().code;
    };
    CHECK(code({{"language", "fr_FR"}}) == "SZ-LIB-039");
    CHECK(code({{"id", "a b"}}) == "SZ-LIB-034");
    CHECK(library.code("pack.new", with(params, {{"translates", "Nobody"}})) == "SZ-LIB-001");
    library.import(german());
    CHECK(code({{"translates", "In de"}}) == "SZ-LIB-040");
    CHECK_FALSE(std::filesystem::exists(library.dir / "other"));
}
