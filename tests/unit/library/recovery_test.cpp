// SPDX-License-Identifier: AGPL-3.0-or-later
// The library after accidents: the index is always made to agree with the folders.
#include <fstream>

#include "kernel/store/database.hpp"
#include "tests/unit/library/fixture.hpp"

using namespace sz::test;
using sz::Json;
namespace fs = std::filesystem;

namespace {

void write_at(const fs::path& file, std::streamoff at, const std::string& bytes) {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(at);
    out << bytes;
}

int damaged_files(const LibraryFixture& library) {
    int count = 0;
    for (const auto& each : fs::directory_iterator(library.folders.root)) {
        const std::string name = each.path().filename().string();
        if (name.starts_with("library.sqlite.damaged-") && !name.ends_with("-wal") &&
            !name.ends_with("-shm"))
            ++count;
    }
    return count;
}

void check_complete(LibraryFixture& library) {
    CHECK(library.listed() == Texts{"org.example.arms@1.0.0"});
    CHECK(library.found("sword") == Texts{"Sword", "Shield"});
    CHECK(library
              .get("library.get",
                   {{"pack", "Arms"}, {"dataset", "weapons"}, {"path", "sword.damage"}})
              .at("value") == 10);
}

}  // namespace

TEST_CASE("without its index the library is made again from the packs") {
    LibraryFixture library;
    library.import(arms());
    library.close();
    fs::remove(library.folders.library());
    library.open();
    check_complete(library);
    CHECK(library.get("pack.list")
              .at("packs")
              .at(0)
              .at("installed_at")
              .get<std::string>()
              .starts_with("20"));
}

TEST_CASE("an index that is no database is kept aside and made again") {
    LibraryFixture library;
    library.import(arms());
    library.close();
    std::ofstream(library.folders.library()) << std::string(10'000, 'x');
    library.open();
    check_complete(library);
    CHECK(damaged_files(library) == 1);
    library.reopen();
    check_complete(library);
    CHECK(damaged_files(library) == 1);
}

TEST_CASE("an index that is damaged in the middle is kept aside and made again") {
    LibraryFixture library;
    library.import(arms());
    library.close();
    const auto size = fs::file_size(library.folders.library());
    for (std::uintmax_t at = 4096; at + 4096 < size; at += 2 * 4096) {
        write_at(library.folders.library(), static_cast<std::streamoff>(at),
                 std::string(4096, '\x5a'));
    }
    library.open();
    check_complete(library);
    CHECK(damaged_files(library) == 1);
}

TEST_CASE("damage that shows while the library is open is mended too") {
    LibraryFixture library;
    library.import(arms());
    library.close();
    {
        // A row that points to text that is not there: the file itself is sound, so opening finds
        // nothing.
        auto database = sz::Database::open(library.folders.library(), {});
        REQUIRE(database);
        REQUIRE(database->execute("DELETE FROM bodies", {}));
        REQUIRE(database->execute("DELETE FROM texts_data WHERE id > 10", {}).has_value() ==
                false);  // shadow tables are guarded
    }
    library.open();
    const auto first = library.call("library.search", {{"text", "steel"}});
    if (!first) CHECK(first.error().code == "SZ-STORE-002");
    CHECK(library.listed() == Texts{"org.example.arms@1.0.0"});
}

TEST_CASE("an index of another version is made again, and the settings stay") {
    LibraryFixture library;
    library.import(arms());
    library.close();
    {
        auto database = sz::Database::open(library.folders.library(), {});
        REQUIRE(database);
        REQUIRE(
            database->script("PRAGMA user_version = 999; DROP TABLE records; DELETE FROM entries;"
                             "INSERT INTO settings VALUES('kept', 'yes')"));
    }
    library.open();
    check_complete(library);
    CHECK(damaged_files(library) == 0);
    library.close();
    auto database = sz::Database::open(library.folders.library(), {});
    REQUIRE(database);
    CHECK(database->integer("SELECT count(*) FROM settings WHERE key = 'kept'").value() == 1);
    CHECK(database->integer("PRAGMA user_version").value() == 1);
}

TEST_CASE("a pack whose folder has gone is forgotten") {
    LibraryFixture library;
    library.import(arms());
    library.import(PackMaker("org.example.other", "Other").entry("a", "x", "Sword of others"));
    library.close();
    fs::remove_all(library.folders.packs() / "org.example.arms");
    library.open();
    CHECK(library.listed() == Texts{"org.example.other@1.0.0"});
    CHECK(library.found("sword") == Texts{"Sword of others"});
}

TEST_CASE("a pack's folder without rows is indexed, and leftovers are swept") {
    LibraryFixture library;
    library.import(arms());
    library.close();
    fs::create_directories(library.folders.packs() / ".import-crash/objects");
    fs::create_directories(library.folders.packs() / "org.example.copy");
    fs::copy(library.folders.packs() / "org.example.arms/1.0.0",
             library.folders.packs() / "org.example.copy/1.0.0", fs::copy_options::recursive);
    library.open();
    CHECK(library.listed() ==
          Texts{"org.example.arms@1.0.0"});  // the copy calls itself otherwise than its folder
    CHECK_FALSE(fs::exists(library.folders.packs() / ".import-crash"));
}

TEST_CASE(
    "a folder that no longer passes the check is left alone, not listed, and replaced by the next "
    "import") {
    LibraryFixture library;
    library.import(arms());
    library.close();
    fs::remove(library.folders.library());
    const auto file =
        library.folders.packs() / "org.example.arms/1.0.0/objects/datasets/weapons.json";
    std::ofstream(file) << "{";
    library.open();
    CHECK(library.listed().empty());
    CHECK(fs::exists(file));
    library.import(arms());
    check_complete(library);
}

TEST_CASE("calls that come while the index is made again wait for it") {
    LibraryFixture library;
    library.import(arms());
    library.close();
    fs::remove(library.folders.library());
    library.open();
    CHECK(library.found("sword") == Texts{"Sword", "Shield"});  // the first call after opening
    CHECK(library.told() ==
          std::vector<Json>{{{"reason", "imported"},
                             {"packs", {{{"id", "org.example.arms"}, {"version", "1.0.0"}}}}}});
}
