// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/store/words.hpp"

#include <vector>

#include "kernel/store/database.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using sz::Database;
using sz::Words;

TEST_CASE("words are folded as a person compares names") {
    const auto words = Words::create();
    REQUIRE(words);
    CHECK(words->key("Fire-Ball") == "fire ball");
    CHECK(words->key("  Potion of  Healing, +1 ") == "potion of healing 1");
    CHECK(words->key("\xc3\x89p\xc3\xa9"
                     "e") == "epee");                             // Épée
    CHECK(words->key("\xce\x91\xce\xa3") == "\xce\xb1\xcf\x83");  // ΑΣ to ας without its final form
    CHECK(words->key("").empty());
    CHECK(words->key("+ - *").empty());
}

TEST_CASE("words know their place and can be stopped") {
    const auto words = Words::create();
    REQUIRE(words);
    std::vector<std::size_t> places;
    words->each("a \xc3\xa9t\xc3\xa9, end",
                [&](std::string_view folded, std::size_t begin, std::size_t end) {
                    places.push_back(begin);
                    places.push_back(end);
                    return folded != "ete";
                });
    CHECK(places == std::vector<std::size_t>{0, 1, 2, 7});
}

TEST_CASE("bytes that are no UTF-8 and bytes of zero do no harm") {
    const auto words = Words::create();
    REQUIRE(words);
    CHECK(words->key(std::string("a\0b", 3)) == "a b");
    (void)words->key("\xff\xfe\xc3");
}

TEST_CASE("the row that says a word more often in fewer words ranks higher") {
    auto database = Database::open(":memory:", {});
    REQUIRE(database);
    REQUIRE(database->script(
        "CREATE VIRTUAL TABLE t USING fts5(x);"
        "INSERT INTO t VALUES('an axe among many other things that lie about in the hall'),"
        "('axe axe'),('nothing of the kind'),('a bow'),('a pike'),('a spear')"));
    std::vector<std::int64_t> order;
    REQUIRE(
        database->query("SELECT rowid, bounded_rank(t) FROM t WHERE t MATCH 'axe' ORDER BY 2 DESC",
                        {}, [&](const sz::Row& row) {
                            order.push_back(row.integer(0));
                            return true;
                        }));
    CHECK(order == std::vector<std::int64_t>{2, 1});
}

TEST_CASE("a rare word weighs more than a common one") {
    auto database = Database::open(":memory:", {});
    REQUIRE(database);
    REQUIRE(database->script(
        "CREATE VIRTUAL TABLE t USING fts5(x);"
        "INSERT INTO t "
        "VALUES('sword'),('sword'),('sword'),('wyvern'),('bow'),('pike'),('spear'),('axe')"));
    const auto order_of = [&](const char* match, std::int64_t ends_in_beginning) {
        std::vector<std::int64_t> order;
        REQUIRE(database->query(
            "SELECT rowid FROM t WHERE t MATCH ?1 ORDER BY bounded_rank(t, ?2) DESC, rowid",
            {std::string(match), ends_in_beginning}, [&](const sz::Row& row) {
                order.push_back(row.integer(0));
                return true;
            }));
        return order;
    };
    CHECK(order_of("sword OR wyvern", 0) == std::vector<std::int64_t>{4, 1, 2, 3});
    CHECK(order_of("sword OR wyv *", 0) == std::vector<std::int64_t>{4, 1, 2, 3});
    // What is still being typed weighs like the commonest of the others, and is not counted.
    CHECK(order_of("sword OR wyv *", 1) == std::vector<std::int64_t>{1, 2, 3, 4});
}

TEST_CASE("a row's rank is that of its present length, whoever changed it") {
    const sz::test::TempDir folder;
    auto reader = Database::open(folder.path() / "words.sqlite", {});
    auto writer = Database::open(folder.path() / "words.sqlite", {});
    REQUIRE(reader);
    REQUIRE(writer);
    REQUIRE(reader->script(
        "CREATE VIRTUAL TABLE t USING fts5(x); CREATE VIRTUAL TABLE u USING fts5(x);"
        "INSERT INTO t VALUES('axe'),('axe of stone and bone'),('bow'),('pike'),('spear');"
        "INSERT INTO u VALUES('axe of stone and bone'),('axe'),('bow'),('pike'),('spear')"));
    const auto best = [&](const std::string& table) {
        const auto row = reader->integer("SELECT rowid FROM " + table + " WHERE " + table +
                                         " MATCH 'axe' ORDER BY bounded_rank(" + table + ", 0, '" +
                                         table + "') DESC");
        return row.value();
    };
    CHECK(best("t") == 1);
    CHECK(best("u") == 2);  // another table's rows have their own lengths
    CHECK(best("t") == 1);
    REQUIRE(
        writer->script("UPDATE t SET x = 'axe of stone and bone' WHERE rowid = 1;"
                       "UPDATE t SET x = 'axe' WHERE rowid = 2"));
    CHECK(best("t") == 2);
    REQUIRE(
        reader->script("UPDATE t SET x = 'axe' WHERE rowid = 1;"
                       "UPDATE t SET x = 'axe of stone and bone' WHERE rowid = 2"));
    CHECK(best("t") == 1);
    const auto taken_back = [&]() -> sz::Status {
        SZ_TRY(
            reader->script("UPDATE t SET x = 'axe of stone and bone' WHERE rowid = 1;"
                           "UPDATE t SET x = 'axe' WHERE rowid = 2"));
        CHECK(best("t") == 2);
        return sz::fail(sz::ErrorKind::cancelled, "TEST", "Taken back.");
    };
    CHECK_FALSE(reader->transaction(taken_back));
    CHECK(best("t") == 1);
}
