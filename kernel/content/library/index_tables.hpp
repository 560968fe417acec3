// SPDX-License-Identifier: AGPL-3.0-or-later
// The tables of the index. `names` and `texts` are full-text indexes over columns that stand
// elsewhere, so text is kept once.
#pragma once

namespace sz::library {

// Survives a change of index_version.
inline constexpr const char* settings_table =
    "CREATE TABLE IF NOT EXISTS settings(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";

inline constexpr const char* drop_tables = R"(
DROP TABLE IF EXISTS names; DROP TABLE IF EXISTS texts; DROP TABLE IF EXISTS bodies;
    DROP TABLE IF EXISTS records;
DROP TABLE IF EXISTS entries; DROP TABLE IF EXISTS objects; DROP TABLE IF EXISTS packs;
)";

// entries.key is the name folded by Words. Entries of a pack, and of an object in it, have
// consecutive rows: a search in one pack is a search in a range of rows.
inline constexpr const char* make_tables = R"(
CREATE TABLE packs(row INTEGER PRIMARY KEY, id TEXT NOT NULL, version TEXT NOT NULL,
    name TEXT NOT NULL, author TEXT NOT NULL,
  license TEXT NOT NULL, description TEXT NOT NULL, icon TEXT NOT NULL, manifest TEXT NOT NULL,
  digest TEXT NOT NULL,
  installed_at INTEGER NOT NULL, first_entry INTEGER NOT NULL, end_entry INTEGER NOT NULL,
      datasets INTEGER NOT NULL,
  templates INTEGER NOT NULL, files INTEGER NOT NULL, bytes INTEGER NOT NULL, UNIQUE(id, version));
CREATE TABLE objects(row INTEGER PRIMARY KEY, pack INTEGER NOT NULL REFERENCES packs(row),
    id TEXT NOT NULL, type TEXT NOT NULL,
  name TEXT NOT NULL, description TEXT NOT NULL, icon TEXT NOT NULL, dataset_type TEXT NOT NULL,
  path TEXT NOT NULL,
  first_entry INTEGER NOT NULL, end_entry INTEGER NOT NULL, json TEXT NOT NULL);
CREATE INDEX objects_by_pack ON objects(pack);
CREATE TABLE entries(row INTEGER PRIMARY KEY, object INTEGER NOT NULL,
    id TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL,
  icon TEXT NOT NULL, key TEXT NOT NULL);
CREATE INDEX entries_by_id ON entries(object, id);
CREATE INDEX entries_by_name ON entries(object, key);
CREATE INDEX entries_by_key ON entries(key);
CREATE TABLE records(row INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE bodies(row INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE VIRTUAL TABLE names USING fts5(key, content = 'entries', content_rowid = 'row',
    prefix = '1 2 3',
  tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE texts USING fts5(text, content = 'bodies', content_rowid = 'row',
    prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 2');
)";

}  // namespace sz::library
