// SPDX-License-Identifier: AGPL-3.0-or-later
// A line of an entry's text around the first of the words that were searched for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/content/library/search.hpp"
#include "kernel/store/words.hpp"

namespace sz::library {

// Made for each search, because every hit of a key press wants its line.
class Snippets {
  public:
    // Words are not cut, so that it may be some more; but texts without spaces end somewhere, too.
    static constexpr std::size_t letters_looked_at = 4096;
    static constexpr std::size_t bytes_looked_at_max = 4 * letters_looked_at;

    Snippets(const Words& words, const SearchText& text);

    // `body` as the index keeps it: its first line is the entry's name, which the hit has anyway.
    [[nodiscard]] std::string line_of(std::string_view body) const;

    // Where the first of the words begins; 0 when none stands there.
    [[nodiscard]] std::size_t place_in(std::string_view body) const;

  private:
    struct Wanted {
        std::string word;           // folded; of a phrase the first
        bool is_beginning = false;  // it may go on
    };
    [[nodiscard]] bool is_wanted(std::string_view folded) const;
    [[nodiscard]] bool is_wanted_ascii(std::string_view word) const;

    const Words& words_;
    std::vector<Wanted> wanted_;
};

}  // namespace sz::library
