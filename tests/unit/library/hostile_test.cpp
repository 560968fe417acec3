// SPDX-License-Identifier: AGPL-3.0-or-later
// What a pack, or a path, could do to the library's time.
#include <sys/stat.h>

#include <algorithm>

#include "kernel/base/limits.hpp"
#include "kernel/content/library/entry_text.hpp"
#include "kernel/content/library/search.hpp"
#include "tests/unit/library/fixture.hpp"

using namespace sz;
using namespace sz::library;
using namespace sz::test;

namespace {

std::string repeated(const std::string& text, std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
}

struct Shelf {
    Words words = std::move(*Words::create());
    Index index{std::move(*Index::open(":memory:"))};
    Catalogue catalogue{index.database(), words};

    explicit Shelf(const PackMaker& pack) {
        REQUIRE(index.add(pack.checked(), {"digest", 0, 1, 1}, LibraryFields(),
                          [](auto, auto, auto) { return true; }));
        REQUIRE(catalogue.refresh());
    }
    Result<Hits> find(const std::string& text, Search::Watch watch = Search::until_deadline) {
        return Search(index.database(), words, std::move(watch))
            .find(text, *catalogue.scope({}, {}), 50);
    }
};

PackMaker two_hundred() {
    PackMaker pack;
    for (int i = 0; i < 200; ++i) {
        const auto number = std::to_string(i);
        pack.entry("things", "thing-" + number, "Thing " + number,
                   {{"description", "It burns with fire."}});
    }
    return pack;
}

}  // namespace

TEST_CASE_METHOD(LibraryFixture, "a pipe is no pack, and nobody waits for its writer") {
    const auto pipe = dir / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const auto result = task("pack.import", {{"paths", {pipe.string()}}});
    REQUIRE(result);
    CHECK(result->at("ok") == false);
    CHECK(result->at("findings").at(0).at("code") == "SZ-LIB-032");
}

TEST_CASE_METHOD(LibraryFixture, "a link to a pack that a person gives is followed") {
    const auto file = arms().write(dir / "arms.szp");
    std::filesystem::create_symlink(file, dir / "link.szp");
    const auto result = task("pack.import", {{"paths", {(dir / "link.szp").string()}}});
    REQUIRE(result);
    CHECK(result->at("ok") == true);
}

TEST_CASE("the first part of a long text can be found, what stands behind it not") {
    const auto filler = repeated("ab ", limits::entry_text_bytes_max / 3);
    PackMaker pack;
    pack.entry("things", "a", "A", {{"description", "needle " + filler}});
    pack.entry("things", "b", "B", {{"description", filler + "needle"}});
    Shelf shelf(pack);
    const auto found = shelf.find("needle");
    REQUIRE(found);
    REQUIRE(found->hits.size() == 1);
    CHECK(shelf.catalogue.entry_json(found->hits[0].row)->at("id") == "a");
}

TEST_CASE("a text is cut between characters") {
    const LibraryFields fields;
    EntryText text(fields);
    const auto cut = text.of({{"name", "A"}, {"description", repeated("ü", 40'000)}});
    // "A", a line break, and as many of two bytes as fit into what is left.
    CHECK(cut.size() == limits::entry_text_bytes_max);
    const auto odd = text.of({{"name", "AB"}, {"description", repeated("ü", 40'000)}});
    CHECK(odd.size() == limits::entry_text_bytes_max - 1);
}

TEST_CASE("a word that fills a text counts no more than one that stands in it often") {
    PackMaker pack;
    pack.entry("things", "a", "A", {{"description", repeated("fire ", 400) + repeated("x ", 600)}});
    pack.entry("things", "b", "B", {{"description", repeated("fire ", 900) + repeated("x ", 100)}});
    Shelf shelf(pack);
    const auto found = shelf.find("fire");
    REQUIRE(found);
    REQUIRE(found->hits.size() == 2);
    CHECK(found->hits[0].score == found->hits[1].score);
}

TEST_CASE("a search that is stopped gives what it has and says that there is more") {
    Shelf shelf(two_hundred());
    REQUIRE(shelf.find("fire")->hits.size() == 200);
    std::size_t questions = 0;
    const auto stopped =
        shelf.find("fire", [&]() -> Search::GoesOn { return [&] { return ++questions < 10; }; });
    REQUIRE(stopped);
    CHECK(questions == 10);
    CHECK(stopped->has_more);
    CHECK(!stopped->hits.empty());
    CHECK(stopped->hits.size() < 200);
    CHECK(shelf.find("fire")->hits.size() == 200);  // the next one is not stopped
}
