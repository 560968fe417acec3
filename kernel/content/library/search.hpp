// SPDX-License-Identifier: AGPL-3.0-or-later
// Search as a person types. Names come before texts: first the entry that is called so, then those
// whose name begins so, then those whose name has all the words, then those that have them
// anywhere, each by BM25. The last word may be a beginning; "words in quotes" stand together.
//
// A key press costs about the same in a library of any size: each way of finding looks at a bounded
// number of rows.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/content/library/catalogue.hpp"
#include "kernel/store/database.hpp"
#include "kernel/store/words.hpp"

namespace sz::library {

// What a person typed, in words. No part of it is ever syntax of the index.
struct SearchText {
    struct Term {
        std::string words;             // folded, joined with spaces: one word or a phrase
        bool is_beginning = false;     // its last word may go on
        std::size_t last_letters = 0;  // of its last word
    };
    std::vector<Term> terms;
    std::string key;  // all words joined

    [[nodiscard]] static SearchText parse(std::string_view text, const Words& words);
    // The MATCH expressions over the names and over the texts; terms[0] AND terms[1] …
    [[nodiscard]] std::string match_names() const;
    [[nodiscard]] std::string match_texts() const;
};

struct Hit {
    std::int64_t row;
    double score;
};

struct Hits {
    std::vector<Hit> hits;  // best first
    bool has_more = false;  // there are more than were looked at
};

class Search {
  public:
    static constexpr std::size_t words_max = 16;        // further words are left out
    static constexpr std::size_t looked_at_max = 1000;  // rows a way of finding ranks

    // Made for each search; asked now and then whether it goes on.
    using GoesOn = std::function<bool()>;
    using Watch = std::function<GoesOn()>;
    // Says no after limits::search_ms_max.
    [[nodiscard]] static GoesOn until_deadline();

    // `database` is for reading only: a search may stop what it does.
    Search(Database& database, const Words& words, Watch watch = until_deadline)
        : database_(database), words_(words), watch_(std::move(watch)) {}

    // `wanted` hits are needed; entries that only mention the words are looked for when names do
    // not give enough. Stopped by its watch it gives what it has found, and says that there is
    // more.
    [[nodiscard]] Result<Hits> find(std::string_view text, const std::vector<RowRange>& scope,
                                    std::size_t wanted);

  private:
    Database& database_;
    const Words& words_;
    Watch watch_;
};

}  // namespace sz::library
