// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/bench/plain_search.hpp"

#include <sqlite3.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/bench/measure.hpp"

namespace sz::bench {

namespace {

void append_texts(const Json& value, std::string& texts) {
    if (value.is_string()) texts += value.get_ref<const std::string&>() + ' ';
    if (value.is_structured())
        for (const Json& part : value) append_texts(part, texts);
}

void check(int code, sqlite3* database) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        stop_with({ErrorKind::internal, "SZ-BENCH-002", sqlite3_errmsg(database), {}, {}});
}

sqlite3_stmt* prepare(sqlite3* database, const char* sql) {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v2(database, sql, -1, &made, nullptr), database);
    return made;
}

void bind_text(sqlite3_stmt* statement, int place, const std::string& text) {
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
}

// "potion of h" as FTS5 wants it: every word, and the last one as a beginning.
std::string match_of(const std::string& typed) {
    std::istringstream words(typed);
    std::string match;
    for (std::string word; words >> word;) match += '"' + word + "\" ";
    if (!match.empty()) match.back() = '*';
    return match;
}

}  // namespace

void PlainSearch::Close::operator()(sqlite3* database) const { sqlite3_close(database); }
void PlainSearch::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

PlainSearch::PlainSearch(const std::filesystem::path& folder) {
    sqlite3* opened = nullptr;
    check(sqlite3_open(":memory:", &opened), opened);
    database_.reset(opened);
    check(sqlite3_exec(opened, "CREATE VIRTUAL TABLE t USING fts5(name, text, prefix='1 2 3')",
                       nullptr, nullptr, nullptr),
          opened);
    check(sqlite3_exec(opened, "BEGIN", nullptr, nullptr, nullptr), opened);
    const std::unique_ptr<sqlite3_stmt, Close> add(prepare(opened, "INSERT INTO t VALUES(?1, ?2)"));
    for (const auto& file : std::filesystem::directory_iterator(folder / "objects" / "datasets")) {
        const Json dataset = Json::parse(must(read_file(file.path(), std::uint64_t{1} << 30)));
        for (const Json& entry : dataset.at("entries")) {
            std::string texts;
            append_texts(entry, texts);
            bind_text(add.get(), 1, entry.value("name", ""));
            bind_text(add.get(), 2, texts);
            check(sqlite3_step(add.get()), opened);
            sqlite3_reset(add.get());
        }
    }
    check(sqlite3_exec(opened, "COMMIT", nullptr, nullptr, nullptr), opened);
    query_.reset(
        prepare(opened, "SELECT rowid, name FROM t WHERE t MATCH ?1 ORDER BY rank LIMIT 50"));
}

int PlainSearch::count(const std::string& typed) {
    bind_text(query_.get(), 1, match_of(typed));
    int rows = 0;
    while (sqlite3_step(query_.get()) == SQLITE_ROW) ++rows;
    sqlite3_reset(query_.get());
    return rows;
}

}  // namespace sz::bench
