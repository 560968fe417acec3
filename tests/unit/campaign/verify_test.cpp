// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/store/database.hpp"
#include "tests/unit/campaign/evening.hpp"

using namespace sz;
using namespace sz::test;

namespace {

// A small campaign with something in every column: several streams, a refusal, secrets, an undo.
void play(Evening& evening) {
    evening.begun();
    Evening::must(evening.change("core.stats.strength", "add", {2}));
    Evening::must(evening.change("core.stats.doom", "set", {4}));
    Evening::must(evening.submit(evening.signed_by(
        evening.player, std::string(32, 'a'), 1,
        {{thorn_id, "core.things.pack", "insert", Json::array({"rope", 0, "a"}), {}}})));
    (void)evening.submit(
        evening.signed_by(evening.player, std::string(32, 'a'), 2,
                          {{thorn_id, "core.stats.curse", "set", Json::array({4}), {}}}));
    Evening::must(evening.undo(5));
    evening.close();
}

struct Cell {
    std::string table, column;
    std::int64_t row;
    std::size_t bytes;
    bool is_number;
};

// Every stored value of every table; rows by their place in the order of the primary key.
std::vector<Cell> cells(Database& database) {
    std::vector<std::pair<std::string, std::string>> columns;
    REQUIRE(
        database.query("SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) "
                       "c WHERE m.type = 'table'",
                       {}, [&](const Row& row) {
                           columns.emplace_back(row.text(0), row.text(1));
                           return true;
                       }));
    std::vector<Cell> all;
    for (const auto& [table, column] : columns) {
        std::int64_t number = 0;
        REQUIRE(database.query(
            "SELECT length(CAST(" + column + " AS BLOB)), typeof(" + column + ") FROM " + table, {},
            [&](const Row& row) {
                all.push_back({table, column, number++, static_cast<std::size_t>(row.integer(0)),
                               row.text(1) == "integer"});
                return true;
            }));
    }
    return all;
}

// The value with one byte changed, or null when it is empty.
Value changed(const Value& value, std::size_t byte) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number + 1;
    const bool is_blob = std::holds_alternative<Blob>(value);
    std::string bytes = is_blob ? std::get<Blob>(value).bytes : std::get<std::string>(value);
    bytes[byte] = static_cast<char>(bytes[byte] ^ 1);
    return is_blob ? Value(Blob{bytes}) : Value(bytes);
}

struct StoredRow {
    std::string table;
    std::vector<std::string> columns;
    std::vector<Value> values;
};

StoredRow read_row(Database& database, const Cell& cell) {
    StoredRow row{cell.table, {}, {}};
    std::string list;
    REQUIRE(database.query(
        "SELECT name FROM pragma_table_info(?)", {cell.table}, [&](const Row& found) {
            row.columns.emplace_back(found.text(0));
            list += row.columns.back() + ", typeof(" + row.columns.back() + "), ";
            return true;
        }));
    REQUIRE(database.query("SELECT " + list + "0 FROM " + cell.table + " LIMIT 1 OFFSET ?",
                           {cell.row}, [&](const Row& found) {
                               for (int i = 0; i < static_cast<int>(row.columns.size()); ++i) {
                                   const auto type = found.text(2 * i + 1);
                                   if (type == "integer")
                                       row.values.emplace_back(found.integer(2 * i));
                                   else if (type == "blob")
                                       row.values.emplace_back(
                                           Blob{std::string(found.text(2 * i))});
                                   else
                                       row.values.emplace_back(std::string(found.text(2 * i)));
                               }
                               return false;
                           }));
    return row;
}

// Makes the row `from` the row that it is with `value` in `column`.
Status replace(Database& database, const StoredRow& from, std::size_t column, const Value& value) {
    std::string where;
    for (const std::string& name : from.columns)
        where += (where.empty() ? "" : " AND ") + name + " IS ?";
    std::vector<Value> values{value};
    values.insert(values.end(), from.values.begin(), from.values.end());
    return database.execute(
        "UPDATE " + from.table + " SET " + from.columns[column] + " = ? WHERE " + where, values);
}

}  // namespace

TEST_CASE("whichever stored byte changes, verify finds it") {
    Evening evening;
    play(evening);
    REQUIRE_FALSE(verify_file(evening.file()).first_bad);
    auto database = Database::open(evening.file(), {.durability = Durability::normal});
    REQUIRE(database);
    const std::vector<Cell> all = cells(*database);
    CHECK(all.size() > 200);
    std::size_t flips = 0;
    for (const Cell& cell : all) {
        const StoredRow before = read_row(*database, cell);
        const auto column = static_cast<std::size_t>(
            std::find(before.columns.begin(), before.columns.end(), cell.column) -
            before.columns.begin());
        // A few bytes of each value: all of them would take minutes and meet the same checks.
        const std::size_t stride = cell.is_number ? cell.bytes + 1 : 1 + cell.bytes / 3;
        for (std::size_t byte = 0; byte < cell.bytes; byte += stride) {
            INFO(cell.table << "." << cell.column << " row " << cell.row << " byte " << byte);
            StoredRow after = before;
            after.values[column] = changed(before.values[column], byte);
            if (!replace(*database, before, column, after.values[column]))
                continue;  // two rows of one key cannot be
            ++flips;
            CHECK(verify_file(evening.file()).first_bad);
            REQUIRE(replace(*database, after, column, before.values[column]));
        }
    }
    CHECK(flips > 400);
    CHECK_FALSE(verify_file(evening.file()).first_bad);
}

TEST_CASE("verify says which event is the first bad one, and why") {
    Evening evening;
    play(evening);
    {
        auto database = Database::open(evening.file(), {});
        REQUIRE(database);
        REQUIRE(
            database->execute("UPDATE parts SET content = replace(content, '\"set\":4', "
                              "'\"set\":5') WHERE event = 6 AND kind = 'effects'",
                              {}));
    }
    const Proof proof = verify_file(evening.file());
    REQUIRE(proof.first_bad);
    CHECK(proof.first_bad->index == 6);
    CHECK(proof.events == 5);
    CHECK(proof.first_bad->reason.find("hash chain") != std::string::npos);
}

TEST_CASE("rows that are lost or added are found") {
    for (const char* change :
         {"DELETE FROM events WHERE idx = 8", "DELETE FROM parts WHERE event = 2 AND n = 0",
          "DELETE FROM verdicts WHERE event = 0", "DELETE FROM state WHERE key LIKE 'f/%motto'",
          "DELETE FROM streams WHERE id = 1", "DELETE FROM cache", "DELETE FROM campaign",
          "INSERT INTO parts VALUES(99, 0, 'effects', 'gm', x'00', x'00')",
          "INSERT INTO state VALUES('m/somebody', '{}')", "INSERT INTO streams VALUES(9, 'a', 'b')",
          "INSERT INTO cache SELECT * FROM cache"}) {
        INFO(change);
        Evening evening;
        play(evening);
        {
            auto database = Database::open(evening.file(), {});
            REQUIRE(database);
            REQUIRE(database->script(change));
        }
        CHECK(verify_file(evening.file()).first_bad);
    }
}

TEST_CASE(
    "a stored state that does not belong to the ledger is folded anew when the campaign opens") {
    for (const char* change :
         {"UPDATE state SET text = replace(text, '\"value\":4', '\"value\":5')",
          "DELETE FROM state", "DELETE FROM cache", "UPDATE cache SET idx = 2",
          "UPDATE state SET text = 'x' WHERE key LIKE 'i/%'"}) {
        INFO(change);
        Evening evening;
        play(evening);
        {
            auto database = Database::open(evening.file(), {});
            REQUIRE(database);
            REQUIRE(database->script(change));
        }
        REQUIRE(evening.reopen());
        CHECK(evening.value("core.stats.doom") == 4);
        CHECK(evening.value("core.stats.strength") == 10);
        CHECK_FALSE(verify_file(evening.file()).first_bad);
    }
}

TEST_CASE("a ledger that does not hold does not open, and its file stays") {
    Evening evening;
    play(evening);
    {
        auto database = Database::open(evening.file(), {});
        REQUIRE(database);
        REQUIRE(database->script(
            "UPDATE parts SET audience = 'gm' WHERE event = 3; DELETE FROM cache"));
    }
    const auto size = std::filesystem::file_size(evening.file());
    const Status opened = evening.reopen();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == "SZ-CAMPAIGN-002");
    CHECK(opened.error().message.find("event 3") != std::string::npos);
    CHECK(std::filesystem::file_size(evening.file()) == size);
}
