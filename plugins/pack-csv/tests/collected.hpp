// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tests of this importer share.
#pragma once

#include "plugins/pack-csv/csv_format.hpp"
#include "tests/support/collected.hpp"

namespace csv::test {

using Json = nlohmann::json;
using sz::test::Bounds;
using sz::test::Collected;
using sz::test::Finding;
using sz::test::Folder;

inline Collected import(const std::filesystem::path& source, const std::string& options = "{}",
                        Bounds bounds = {}) {
    return sz::test::collect(CsvFormat(), source, options, bounds);
}

// The import of one table, which is called "items.csv".
inline Collected import_text(const std::string& text, const std::string& options = "{}") {
    Folder folder;
    folder.add("items.csv", text);
    return import(folder / "items.csv", options);
}

// The type of each column that is a field, by its heading, as the account says.
inline std::map<std::string, std::string> types_of(const Collected& got) {
    std::map<std::string, std::string> types;
    for (const Json& column : got.account.at("columns"))
        types[column.at("column")] = column.at("type");
    return types;
}

}  // namespace csv::test
