// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>
#include <filesystem>
#include <fstream>
#include <thread>

#include "kernel/store/database.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using sz::Blob;
using sz::Database;
using sz::Durability;
using sz::Row;
using sz::Status;
using sz::Value;
namespace fs = std::filesystem;

namespace {

Database open(const fs::path& file, Durability durability = Durability::full) {
    auto opened = Database::open(file, {.durability = durability});
    REQUIRE(opened);
    return std::move(*opened);
}

std::string text_of(Database& database, std::string_view sql) {
    std::string text;
    REQUIRE(database.query(sql, {}, [&](const Row& row) {
        text = std::string(row.text(0));
        return false;
    }));
    return text;
}

}  // namespace

TEST_CASE("values of every kind come back as they went in") {
    const sz::test::TempDir dir;
    Database database = open(dir / "a.sqlite");
    REQUIRE(database.script("CREATE TABLE t(a, b, c, d, e)"));
    REQUIRE(database.execute("INSERT INTO t VALUES(?,?,?,?,?)",
                             {nullptr, std::int64_t{-9223372036854775807}, 0.5,
                              std::string("caf\xc3\xa9\0x", 7), Blob{std::string("\0\1", 2)}}));
    REQUIRE(database.last_row_id() == 1);
    int rows = 0;
    REQUIRE(database.query("SELECT a, b, c, d, e FROM t", {}, [&](const Row& row) {
        ++rows;
        CHECK(row.is_null(0));
        CHECK(row.integer(1) == -9223372036854775807);
        CHECK(row.real(2) == 0.5);
        CHECK(row.text(3) == std::string_view("caf\xc3\xa9\0x", 7));
        CHECK(row.text(4) == std::string_view("\0\1", 2));
        return true;
    }));
    CHECK(rows == 1);
}

TEST_CASE("borrowed text is stored, the empty one as text") {
    Database database = open(":memory:");
    REQUIRE(database.script("CREATE TABLE t(a, b)"));
    REQUIRE(database.execute_borrowed("INSERT INTO t VALUES(?,?)",
                                      {std::string_view("sword"), std::string_view()}));
    CHECK(text_of(database, "SELECT a || typeof(b) FROM t") == "swordtext");
}

TEST_CASE("a query may run the same statement inside its own rows") {
    Database database = open(":memory:");
    REQUIRE(database.script("CREATE TABLE t(a); INSERT INTO t VALUES(1),(2),(3)"));
    int pairs = 0;
    REQUIRE(database.query("SELECT a FROM t", {}, [&](const Row&) {
        return database.query("SELECT a FROM t", {}, [&](const Row&) { return ++pairs > 0; })
            .has_value();
    }));
    CHECK(pairs == 9);
}

TEST_CASE("a query stops when it is told to") {
    Database database = open(":memory:");
    REQUIRE(database.script("CREATE TABLE t(a); INSERT INTO t VALUES(1),(2),(3)"));
    int seen = 0;
    REQUIRE(database.query("SELECT a FROM t", {}, [&](const Row&) { return ++seen < 2; }));
    CHECK(seen == 2);
}

TEST_CASE("a single number is nothing when there is no row or it is null") {
    Database database = open(":memory:");
    CHECK(database.integer("SELECT 7").value() == 7);
    CHECK(database.integer("SELECT NULL").value() == std::nullopt);
    CHECK(database.integer("SELECT 1 WHERE 0").value() == std::nullopt);
}

TEST_CASE("a transaction that fails leaves nothing") {
    Database database = open(":memory:");
    REQUIRE(database.script("CREATE TABLE t(a)"));
    const Status failed = database.transaction([&]() -> Status {
        REQUIRE(database.execute("INSERT INTO t VALUES(1)", {}));
        return sz::fail(sz::ErrorKind::input, "X-1", "no");
    });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == "X-1");
    CHECK(database.integer("SELECT count(*) FROM t").value() == 0);
    CHECK(database.transaction([&] { return database.execute("INSERT INTO t VALUES(2)", {}); }));
    CHECK(database.integer("SELECT count(*) FROM t").value() == 1);
}

TEST_CASE("a transaction inside another is refused") {
    Database database = open(":memory:");
    const Status outer =
        database.transaction([&] { return database.transaction([] { return Status{}; }); });
    REQUIRE_FALSE(outer);
    CHECK(outer.error().code == "SZ-STORE-003");
    CHECK(database.transaction([] { return Status{}; }));
}

TEST_CASE(
    "reading together sees one state, whatever is written meanwhile, and ends with its work") {
    const sz::test::TempDir dir;
    Database writer = open(dir / "a.sqlite");
    Database reader = open(dir / "a.sqlite");
    REQUIRE(writer.script("CREATE TABLE t(x); INSERT INTO t VALUES(1)"));
    const auto sum = [&] { return reader.integer("SELECT sum(x) FROM t").value().value(); };
    REQUIRE(reader.read_together([&]() -> Status {
        CHECK(sum() == 1);
        REQUIRE(writer.execute("INSERT INTO t VALUES(10)"));
        CHECK(sum() == 1);
        return {};
    }));
    CHECK(sum() == 11);
    CHECK_FALSE(reader.read_together([&] { return reader.execute("SELECT nothing"); }));
    REQUIRE(reader.read_together([] { return Status(); }));  // the one that failed is over
}

TEST_CASE("errors use a person's words and name no SQL") {
    Database database = open(":memory:");
    REQUIRE(
        database.script("CREATE TABLE secret_table(a UNIQUE); INSERT INTO secret_table VALUES(1)"));
    const Status twice = database.execute("INSERT INTO secret_table VALUES(1)", {});
    REQUIRE_FALSE(twice);
    CHECK(twice.error().code == "SZ-STORE-003");
    CHECK(twice.error().kind == sz::ErrorKind::conflict);
    CHECK_THAT(twice.error().message, !ContainsSubstring("secret_table"));
    const Status nonsense = database.execute("SELEC 1", {});
    REQUIRE_FALSE(nonsense);
    CHECK_THAT(nonsense.error().message, !ContainsSubstring("SELEC"));
    CHECK_FALSE(database.execute("INSERT INTO secret_table VALUES(?)", {}));
}

TEST_CASE("the files are the owner's alone and journaled ahead") {
    const sz::test::TempDir dir;
    Database database = open(dir / "a.sqlite");
    REQUIRE(database.script("CREATE TABLE t(a)"));
    CHECK(text_of(database, "PRAGMA journal_mode") == "wal");
    CHECK(database.integer("PRAGMA synchronous").value() == 2);
    for (const char* name : {"a.sqlite", "a.sqlite-wal"}) {
        INFO(name);
        CHECK((fs::status(dir / name).permissions() & fs::perms::all) ==
              (fs::perms::owner_read | fs::perms::owner_write));
    }
}

TEST_CASE("what can be rebuilt is synchronised less often") {
    const sz::test::TempDir dir;
    Database database = open(dir / "a.sqlite", Durability::normal);
    CHECK(database.integer("PRAGMA synchronous").value() == 1);
}

TEST_CASE("closing leaves one complete file") {
    const sz::test::TempDir dir;
    { REQUIRE(open(dir / "a.sqlite").script("CREATE TABLE t(a); INSERT INTO t VALUES(5)")); }
    CHECK_FALSE(fs::exists(dir / "a.sqlite-wal"));
    Database again = open(dir / "a.sqlite");
    CHECK(again.integer("SELECT a FROM t").value() == 5);
}

TEST_CASE("a file that is no database is refused and left as it is") {
    const sz::test::TempDir dir;
    const std::string rubbish(5000, 'x');
    { std::ofstream(dir / "a.sqlite") << rubbish; }
    const auto opened = Database::open(dir / "a.sqlite", {});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == "SZ-STORE-002");
    CHECK(fs::file_size(dir / "a.sqlite") == 5000);
}

TEST_CASE("a file damaged in the middle is refused") {
    const sz::test::TempDir dir;
    {
        Database database = open(dir / "a.sqlite");
        REQUIRE(database.script(
            "CREATE TABLE t(a); CREATE INDEX i ON t(a);"
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000)"
            "INSERT INTO t SELECT printf('%020d', x) FROM n"));
    }
    {
        std::fstream file(dir / "a.sqlite", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096 * 3);
        file << std::string(4096 * 2, '\x7f');
    }
    const auto opened = Database::open(dir / "a.sqlite", {});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == "SZ-STORE-002");
}

TEST_CASE("a folder that is not there is said in words") {
    const sz::test::TempDir dir;
    const auto opened = Database::open(dir / "missing/a.sqlite", {});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == "SZ-STORE-001");
    CHECK(opened.error().kind == sz::ErrorKind::environment);
}

TEST_CASE("a read-only database reads and does not write") {
    const sz::test::TempDir dir;
    { REQUIRE(open(dir / "a.sqlite").script("CREATE TABLE t(a); INSERT INTO t VALUES(5)")); }
    auto opened = Database::open(dir / "a.sqlite", {.read_only = true});
    REQUIRE(opened);
    CHECK(opened->integer("SELECT a FROM t").value() == 5);
    CHECK_FALSE(opened->execute("INSERT INTO t VALUES(6)", {}));
}

TEST_CASE("migrations run once each, in order, and a newer file is refused") {
    const sz::test::TempDir dir;
    constexpr std::array<std::string_view, 2> both{
        "CREATE TABLE a(x)", "ALTER TABLE a ADD COLUMN y; INSERT INTO a VALUES(1, 2)"};
    {
        Database database = open(dir / "a.sqlite");
        REQUIRE(database.migrate(std::span(both).first(1)));
        CHECK(database.integer("PRAGMA user_version").value() == 1);
    }
    {
        Database database = open(dir / "a.sqlite");
        REQUIRE(database.migrate(both));
        REQUIRE(database.migrate(both));
        CHECK(database.integer("SELECT count(*) FROM a").value() == 1);
    }
    Database database = open(dir / "a.sqlite");
    const Status older = database.migrate(std::span(both).first(1));
    REQUIRE_FALSE(older);
    CHECK(older.error().code == "SZ-STORE-004");
}

TEST_CASE("a migration that fails leaves the version before it") {
    const sz::test::TempDir dir;
    constexpr std::array<std::string_view, 2> broken{"CREATE TABLE a(x)",
                                                     "CREATE TABLE b(x); NONSENSE"};
    Database database = open(dir / "a.sqlite");
    REQUIRE_FALSE(database.migrate(broken));
    CHECK(database.integer("PRAGMA user_version").value() == 1);
    CHECK(database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'b'").value() == 0);
}

TEST_CASE("a query that runs long is interrupted from another thread") {
    Database database = open(":memory:");
    std::thread other;
    bool begun = false;
    const Status ended = database.query(
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n", {},
        [&](const Row&) {
            if (!begun) other = std::thread([&] { database.interrupt(); });
            begun = true;
            return true;
        });
    other.join();
    REQUIRE_FALSE(ended);
    CHECK(ended.error().kind == sz::ErrorKind::cancelled);
    CHECK(database.integer("SELECT 1").value() == 1);
}
