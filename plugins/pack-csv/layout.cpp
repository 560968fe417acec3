// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layout.hpp"

#include <algorithm>
#include <array>

#include "limits.hpp"
#include "numbers.hpp"
#include "words.hpp"

namespace csv {
namespace {

constexpr std::array separators{',', ';', '\t', '|'};
constexpr std::size_t looked_at_rows = 50;

bool is_separator(char c) {
    return std::find(separators.begin(), separators.end(), c) != separators.end();
}

// The line "sep=;" that spreadsheets write before a table. Zero: there is none.
std::size_t separator_line(std::string_view text) {
    if (text.size() < 5 || lower(text.substr(0, 4)) != "sep=" || !is_separator(text[4])) return 0;
    const std::string_view rest = text.substr(5);
    if (rest.empty()) return 5;
    if (rest.starts_with("\r\n")) return 7;
    return rest.front() == '\n' || rest.front() == '\r' ? 6 : 0;
}

struct Fit {
    std::size_t permille = 0;  // of the rows that are as wide as the first
    std::size_t width = 0;     // of the first
};

Fit fit_of(std::string_view text, char separator) {
    const Tokens tokens(text, separator, looked_at_rows);
    Fit fit;
    // Where it stumbles, there is a row that does not fit.
    std::size_t rows = tokens.wrong() == Tokens::Wrong::nothing ? 0 : 1, same = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto row = tokens.row(i);
        if (is_blank(row)) continue;
        if (fit.width == 0) fit.width = row.size();
        ++rows;
        same += row.size() == fit.width ? 1 : 0;
    }
    if (rows > 0 && fit.width > 1) fit.permille = same * 1000 / rows;
    return fit;
}

}  // namespace

Layout layout_of(std::string_view text, std::optional<char> asked, bool is_tsv) {
    const std::size_t body = separator_line(text);
    if (asked) return {*asked, body, "you asked for it"};
    if (body > 0) return {text[4], body, "the first line says so"};
    if (is_tsv) return {'\t', 0, "the name ends in .tsv"};
    Fit best;
    char separator = ',';
    for (const char candidate : separators) {
        const Fit fit = fit_of(text, candidate);
        if (fit.permille < best.permille ||
            (fit.permille == best.permille && fit.width <= best.width))
            continue;
        best = fit;
        separator = candidate;
    }
    if (best.permille == 0) return {',', 0, "no separator was found, so there is one column"};
    return {separator, 0, "the rows fit it best"};
}

bool is_headings(std::span<const Cell> row) {
    return !is_blank(row) && std::all_of(row.begin(), row.end(), [](const Cell& cell) {
        const std::string_view text = trimmed(cell.text);
        if (text.size() > limits::heading_bytes_max || text.find_first_of("\r\n") != text.npos)
            return false;
        if (decimal_of(text, '.') || decimal_of(text, ',')) return false;
        const std::string word = lower(text);
        return word != "true" && word != "false" && word != "yes" && word != "no";
    });
}

}  // namespace csv
