// SPDX-License-Identifier: AGPL-3.0-or-later
// The text of a table as rows of cells: RFC 4180, and what real files do beside it. Separators are
// any character; lines end in CR LF, LF or CR; spaces around quotation marks are passed over; a
// quotation mark inside a cell that does not begin with one is kept as it stands. An empty line is
// a row of one empty cell.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "limits.hpp"

namespace csv {

struct Cell {
    std::string_view text;  // belongs to the text that was read, or to the Tokens
    std::uint32_t at = 0;   // offset of its first byte, a quotation mark included
};

class Tokens {
  public:
    enum class Wrong {
        nothing,
        open_quote,   // at the quotation mark that is never closed
        after_quote,  // at what stands between a closing quotation mark and the separator
        rows,         // more than limits::rows_max
        columns,
        cells,
        cell_bytes
    };

    Tokens() = default;
    // `text` outlives it. Stops at the first thing wrong, or after `rows` rows.
    Tokens(std::string_view text, char separator, std::size_t rows = limits::rows_max + 1);

    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] std::span<const Cell> row(std::size_t index) const {
        const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
        return std::span(cells_).subspan(begin, ends_[index] - begin);
    }
    [[nodiscard]] Wrong wrong() const { return wrong_; }
    [[nodiscard]] std::size_t wrong_at() const { return wrong_at_; }
    // Offsets of the first quotation mark inside each cell that does not begin with one.
    [[nodiscard]] const std::vector<std::uint32_t>& inner_quotes() const { return inner_quotes_; }

  private:
    [[nodiscard]] bool at_end(std::size_t at) const {
        return at >= text_.size() || text_[at] == separator_ || text_[at] == '\n' ||
               text_[at] == '\r';
    }
    bool fail(Wrong wrong, std::size_t at);
    bool plain(std::size_t& at);
    bool quoted(std::size_t begin, std::size_t& at);
    bool add(std::string_view text, std::size_t at);
    bool end_row(std::size_t& at);

    std::string_view text_;
    char separator_ = ',';
    std::array<bool, 256> stops_{};  // bytes that end a run of plain ones
    std::vector<Cell> cells_;
    std::vector<std::size_t> ends_;     // of the rows, in cells_
    std::deque<std::string> unquoted_;  // cells whose doubled quotation marks became one
    std::vector<std::uint32_t> inner_quotes_;
    Wrong wrong_ = Wrong::nothing;
    std::size_t wrong_at_ = 0;
};

// Is it empty, or nothing but spaces and line ends?
[[nodiscard]] bool is_blank(std::string_view text);
[[nodiscard]] bool is_blank(std::span<const Cell> row);

}  // namespace csv
