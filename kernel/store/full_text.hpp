// SPDX-License-Identifier: AGPL-3.0-or-later
// SQLite's FTS5 from inside: its API and a ranking function of ours. Inside kernel/store only.
#pragma once

#include <sqlite3.h>

namespace sz {

// FTS5's API of a connection, nullptr when SQLite was built without it.
[[nodiscard]] fts5_api* full_text_of(sqlite3* connection);

// Adds the auxiliary function `bounded_rank(table[, ends_in_beginning[, name]])` to a connection:
// BM25 (Robertson and Zaragoza, 2009; k1 = 1.2, b = 0.75) as FTS5's own bm25(), but greater is
// better, and the number of rows that hold a word is counted up to a bound only. A common beginning
// ("s", "the") would otherwise be counted through the whole index at every key press. Nor is
// counted how often exactly a word stands in a row that is full of it. `ends_in_beginning` (0 or 1,
// 0 when left out): the query's last phrase is the beginning of a word, so that its rows are not
// counted at all. `name`: the table's name as a text; with it the connection remembers how long the
// ranked rows are until the file changes.
[[nodiscard]] bool register_bounded_rank(sqlite3* connection);

}  // namespace sz
