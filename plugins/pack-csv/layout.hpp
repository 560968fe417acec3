// SPDX-License-Identifier: AGPL-3.0-or-later
// What a text says about how it is to be read: its separator, and whether it begins with headings.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "tokens.hpp"

namespace csv {

struct Layout {
    char separator = ',';
    std::size_t body = 0;  // where the rows begin: behind a line such as "sep=;"
    std::string_view why;  // a clause
};

// `asked` is what a person wants; `is_tsv` says that the file's name ends so.
[[nodiscard]] Layout layout_of(std::string_view text, std::optional<char> asked, bool is_tsv);

// Short texts of one line, none of them a number, true, false, yes or no.
[[nodiscard]] bool is_headings(std::span<const Cell> row);

}  // namespace csv
