// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/search.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/library/packs.hpp"

using namespace sz;
using namespace sz::library;
using sz::test::PackMaker;
using Texts = std::vector<std::string>;

namespace {

struct SearchFixture {
    Words words = std::move(*Words::create());
    Index index;
    Catalogue catalogue{index.database(), words};
    Search search{index.database(), words};

    SearchFixture() : index(std::move(*Index::open(":memory:"))) {}

    void add(const PackMaker& pack) {
        REQUIRE(index.add(pack.checked(), {"digest", 0, 1, 1}, test::LibraryFields(),
                          [](auto, auto, auto) { return true; }));
        REQUIRE(catalogue.refresh());
    }
    Hits find(const std::string& text, const std::string& pack = {},
              const std::string& dataset = {}) {
        const auto scope = catalogue.scope(pack, dataset);
        REQUIRE(scope);
        auto hits = search.find(text, *scope, 50);
        if (!hits) FAIL(hits.error().message);
        return std::move(*hits);
    }
    Texts names(const std::string& text, const std::string& pack = {},
                const std::string& dataset = {}) {
        Texts found;
        for (const Hit& hit : find(text, pack, dataset).hits) found.push_back(name_of(hit.row));
        return found;
    }
    std::string name_of(std::int64_t row) {
        std::string name;
        REQUIRE(index.database().query("SELECT name FROM entries WHERE row = ?1", {row},
                                       [&](const Row& found) {
                                           name = std::string(found.text(0));
                                           return false;
                                       }));
        return name;
    }
};

PackMaker bestiary() {
    PackMaker pack;
    pack.entry("beasts", "a", "Young Fire Drake", {{"description", "A drake. It spits fire."}});
    pack.entry("beasts", "b", "Fire", {{"description", "It burns."}});
    pack.entry("beasts", "c", "Fire Elemental");
    pack.entry("beasts", "d", "Firefly", {{"description", "It glows."}});
    pack.entry("beasts", "e", "Salamander",
               {{"description", "It lives in fire, eats fire, is fire."}});
    pack.entry(
        "beasts", "f", "Camp",
        {{"description",
          "Around the fire the wanderers sit, and they tell of wolves and of the long road."}});
    pack.entry("beasts", "g", "Épée",
               {{"topLevelFields", {{"use", test::field("Text", "for duels at dawn")}}}});
    pack.entry("beasts", "h", "Owl");
    return pack;
}

}  // namespace

TEST_CASE(
    "the entry called so comes first, then beginnings of names, words in names, words in texts") {
    SearchFixture library;
    library.add(bestiary());
    CHECK(library.names("fire") ==
          Texts{"Fire", "Firefly", "Fire Elemental", "Young Fire Drake", "Salamander", "Camp"});
}

TEST_CASE("every beginning of a name finds it") {
    SearchFixture library;
    library.add(bestiary());
    const std::string name = "young fire drake";
    for (std::size_t letters = 1; letters <= name.size(); ++letters) {
        INFO(name.substr(0, letters));
        CHECK(library.names(name.substr(0, letters)).at(0) == "Young Fire Drake");
    }
}

TEST_CASE("only the last word may be a beginning, and a space ends it") {
    SearchFixture library;
    library.add(bestiary());
    CHECK(library.names("fir dr").empty());
    CHECK(library.names("fire dr") == Texts{"Young Fire Drake"});
    CHECK(library.names("fir ").empty());
    CHECK(library.names("drake you") == Texts{"Young Fire Drake"});
}

TEST_CASE("words may stand in the name and in the text of one entry") {
    SearchFixture library;
    library.add(bestiary());
    CHECK(library.names("drake spits") == Texts{"Young Fire Drake"});
    CHECK(library.names("camp wolv") == Texts{"Camp"});
}

TEST_CASE("quotes keep words together") {
    SearchFixture library;
    library.add(bestiary());
    CHECK(library.names("\"long road\"") == Texts{"Camp"});
    CHECK(library.names("\"road long\"").empty());
    CHECK(library.names("road long") == Texts{"Camp"});
    CHECK(library.names("\"the long ro") == Texts{"Camp"});  // not yet closed
}

TEST_CASE("case and accents do not matter") {
    SearchFixture library;
    library.add(bestiary());
    CHECK(library.names("EPEE") == Texts{"Épée"});
    CHECK(library.names("épée") == Texts{"Épée"});
}

TEST_CASE("what a field's type gives for search is found") {
    SearchFixture library;
    library.add(bestiary());
    CHECK(library.names("duels") == Texts{"Épée"});
}

TEST_CASE("what a person types is never syntax of the index") {
    SearchFixture library;
    library.add(bestiary());
    for (const char* text : {"\"",
                             "\"\"",
                             "*",
                             "fire*",
                             "NOT",
                             "fire AND",
                             "OR OR",
                             "NEAR(fire drake)",
                             "name:fire",
                             "{x} : y",
                             "^fire",
                             "(",
                             "')--",
                             "a\"b\"c",
                             "-fire",
                             "+ -",
                             "\xff\xfe",
                             "\xc3",
                             "fire NOT drake",
                             "drake OR"}) {
        INFO(text);
        (void)library.find(text);
    }
    CHECK(library.names("fire*") == library.names("fire"));
    CHECK(library.names("-owl") == Texts{"Owl"});
    CHECK(library.names("(owl)") == Texts{"Owl"});
    CHECK(library.names("name:owl").empty());
    CHECK(library.names("drake OR").empty());  // a word like any other
}

TEST_CASE("nothing typed finds nothing") {
    SearchFixture library;
    library.add(bestiary());
    CHECK(library.names("").empty());
    CHECK(library.names(" \t\n").empty());
    CHECK(library.names("!?").empty());
}

TEST_CASE("words past the limit are left out") {
    SearchFixture library;
    library.add(bestiary());
    std::string text;
    for (std::size_t i = 0; i < Search::words_max - 1; ++i) text += "fire ";
    CHECK_FALSE(library.names(text + "drake").empty());
    CHECK(library.names(text + "nonsense").empty());
    CHECK_FALSE(library.names(text + "drake nonsense").empty());
}

TEST_CASE("a search keeps to a pack, a dataset, and the newest versions") {
    SearchFixture library;
    library.add(PackMaker("one", "One", "1.0.0").entry("a", "x", "Owl").entry("b", "y", "Owlet"));
    library.add(PackMaker("two", "Two", "1.0.0").entry("a", "z", "Owl old"));
    library.add(PackMaker("two", "Two", "1.10.0").entry("a", "z", "Owl new"));
    library.add(PackMaker("two", "Two", "1.9.0").entry("a", "z", "Owl middling"));
    CHECK(library.names("owl") == Texts{"Owl", "Owlet", "Owl new"});
    CHECK(library.names("owl", "One") == Texts{"Owl", "Owlet"});
    CHECK(library.names("owl", "One", "b") == Texts{"Owlet"});
    CHECK(library.names("owl", {}, "a") == Texts{"Owl", "Owl new"});
    CHECK(library.names("owl", "two@1.9.0") == Texts{"Owl middling"});
    CHECK(library.names("owl", "two@~1.9.0") == Texts{"Owl middling"});
    CHECK(library.catalogue.scope("three", {}).error().code == "SZ-LIB-001");
    CHECK(library.catalogue.scope({}, "c").error().code == "SZ-LIB-003");
}

TEST_CASE("a pack that is removed is no longer found") {
    SearchFixture library;
    library.add(bestiary());
    library.add(PackMaker("two", "Two").entry("a", "x", "Fire drill"));
    REQUIRE(library.index.remove("org.example.arms", "1.0.0"));
    REQUIRE(library.catalogue.refresh());
    CHECK(library.names("fire") == Texts{"Fire drill"});
    CHECK(library.names("burns").empty());
    CHECK(library.index.database()
              .integer("SELECT count(*) FROM texts WHERE texts MATCH 'fire'")
              .value() == 1);
}

TEST_CASE("a search looks at a bounded number of rows and says so") {
    for (const std::size_t entries : {Search::looked_at_max, Search::looked_at_max + 1}) {
        SearchFixture library;
        PackMaker pack;
        for (std::size_t i = 0; i < entries; ++i)
            pack.entry("many", "e" + std::to_string(i), "Goblin " + std::to_string(i));
        pack.entry("many", "king", "Goblin");
        library.add(pack);
        const Hits exact = library.find("goblin");
        CHECK(library.name_of(exact.hits.at(0).row) == "Goblin");
        CHECK(exact.has_more);
        const Hits few = library.find("goblin 7");
        CHECK_FALSE(few.has_more);
    }
    SearchFixture library;
    PackMaker pack;
    for (std::size_t i = 0; i < Search::looked_at_max; ++i) {
        pack.entry("many", "e" + std::to_string(i), "Thing " + std::to_string(i),
                   {{"description", "It is green."}});
    }
    library.add(pack);
    CHECK(library.find("green").hits.size() == Search::looked_at_max);
    CHECK_FALSE(library.find("green").has_more);
}
