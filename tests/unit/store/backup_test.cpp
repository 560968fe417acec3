// SPDX-License-Identifier: AGPL-3.0-or-later
#include <filesystem>

#include "kernel/store/backup.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using sz::Database;
using sz::DatabaseBackup;
namespace fs = std::filesystem;

namespace {

Database filled(const fs::path& file, int rows) {
    auto database = Database::open(file, {});
    REQUIRE(database);
    REQUIRE(database->script("CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT)"));
    for (int i = 0; i < rows; ++i)
        REQUIRE(database->execute("INSERT INTO t(body) VALUES(?)", {std::string(2000, 'x')}));
    return std::move(*database);
}

std::int64_t rows_in(const fs::path& file) {
    auto copy = Database::open(file, {});
    REQUIRE(copy);
    REQUIRE(copy->check());
    auto rows = copy->integer("SELECT count(*) FROM t");
    REQUIRE(rows);
    return rows->value_or(-1);
}

}  // namespace

TEST_CASE("a copy made in steps holds what was written between them") {
    const sz::test::TempDir dir;
    Database source = filled(dir / "a.sqlite", 100);
    auto backup = DatabaseBackup::begin(source, dir / "copy.sqlite");
    REQUIRE(backup);
    int steps = 0;
    for (bool is_complete = false; !is_complete; ++steps) {
        auto stepped = backup->step(5);
        REQUIRE(stepped);
        is_complete = *stepped;
        if (steps < 4) REQUIRE(source.execute("INSERT INTO t(body) VALUES('more')"));
    }
    CHECK(steps >= 10);  // 100 rows of 2000 bytes are more than 50 pages
    CHECK(backup->pages_left() == 0);
    CHECK(rows_in(dir / "copy.sqlite") == 104);
    CHECK((fs::status(dir / "copy.sqlite").permissions() & fs::perms::others_read) ==
          fs::perms::none);
}

TEST_CASE("a copy that was not completed is removed") {
    const sz::test::TempDir dir;
    Database source = filled(dir / "a.sqlite", 100);
    {
        auto backup = DatabaseBackup::begin(source, dir / "copy.sqlite");
        REQUIRE(backup);
        REQUIRE(backup->step(5));
        CHECK(fs::exists(dir / "copy.sqlite"));
    }
    CHECK_FALSE(fs::exists(dir / "copy.sqlite"));
    REQUIRE(source.execute("INSERT INTO t(body) VALUES('more')"));
}

TEST_CASE("a copy is never written over something that is there") {
    const sz::test::TempDir dir;
    Database source = filled(dir / "a.sqlite", 1);
    const auto backup = DatabaseBackup::begin(source, dir / "a.sqlite");
    REQUIRE_FALSE(backup);
    CHECK(backup.error().code == "SZ-STORE-001");
    CHECK_FALSE(DatabaseBackup::begin(source, dir / "no-folder" / "a.sqlite"));
    CHECK(rows_in(dir / "a.sqlite") == 1);
}
