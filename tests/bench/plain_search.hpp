// SPDX-License-Identifier: AGPL-3.0-or-later
// What SQLite's FTS5 alone does with the same entries: one table in memory, no folding, no scopes,
// no answer to write.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace sz::bench {

class PlainSearch {
  public:
    // `folder`: an unpacked pack; the names and texts of its entries are read.
    explicit PlainSearch(const std::filesystem::path& folder);

    // How many of the best 50 entries there are for what was typed so far.
    [[nodiscard]] int count(const std::string& typed);

  private:
    struct Close {
        void operator()(sqlite3* database) const;
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3, Close> database_;
    std::unique_ptr<sqlite3_stmt, Close> query_;
};

}  // namespace sz::bench
