// SPDX-License-Identifier: AGPL-3.0-or-later
#include "table.hpp"

#include <algorithm>
#include <set>

#include "layout.hpp"
#include "limits.hpp"
#include "words.hpp"

namespace csv {
namespace {

using TokenFault = Tokens::Wrong;

struct Words {
    std::string_view code;
    std::string message, hint;
};

Words words_of(const Decoded& decoded, const std::string& file) {
    switch (decoded.wrong) {
        case Decoded::Wrong::not_utf8:
            return {"SZ-CSV-003", "This byte is not UTF-8.",
                    "Save the table as UTF-8. " + option_hint(R"({"encoding": "windows-1252"})",
                                                              "says another encoding", file)};
        case Decoded::Wrong::not_windows1252:
            return {"SZ-CSV-003", "This byte means nothing in Windows-1252, and it is not UTF-8.",
                    "Save the table as UTF-8."};
        case Decoded::Wrong::not_utf16:
            return {"SZ-CSV-003", "These bytes are not UTF-16.", "Save the table as UTF-8."};
        case Decoded::Wrong::no_mark:
            return {"SZ-CSV-003",
                    "The file does not begin with a byte order mark, so either "
                    "order of its bytes is possible.",
                    "Say \"utf-16le\" or \"utf-16be\" instead of \"utf-16\"."};
        default: break;
    }
    const bool is_nul = decoded.text[decoded.at] == '\0';
    return {"SZ-CSV-004", is_nul ? "A NUL byte stands here." : "A control character stands here.",
            is_nul ? "The file may be no table, or UTF-16 without a byte order mark. " +
                         option_hint(R"({"encoding": "utf-16le"})", "says the latter", file)
                   : "Remove it: a cell holds text, tabs and line ends only."};
}

Words words_of(TokenFault wrong) {
    static const std::string split = "Divide the table into several files.";
    switch (wrong) {
        case TokenFault::open_quote:
            return {"SZ-CSV-005", "The quotation mark that opens this cell is never closed.",
                    "Put one behind the cell. One that belongs to the cell is written twice: "
                    "\"\"."};
        case TokenFault::after_quote:
            return {"SZ-CSV-006",
                    "Something stands behind the quotation mark that closes the "
                    "cell.",
                    "Put the whole cell into quotation marks, and write each one inside it "
                    "twice: \"\"."};
        case TokenFault::rows:
            return {"SZ-CSV-002", "The table has more than 100,000 rows.", split};
        case TokenFault::columns:
            return {"SZ-CSV-002", "The row has more than 256 cells.",
                    "Check the separator, or divide the table into several files."};
        case TokenFault::cells:
            return {"SZ-CSV-002", "The table has more than 1,000,000 cells.", split};
        case TokenFault::cell_bytes:
            return {"SZ-CSV-002", "The cell has more than 256 KiB.",
                    "Check the quotation marks, or shorten it."};
        case TokenFault::nothing: break;
    }
    return {};
}

bool is_tsv(std::string_view file) {
    return file.size() >= 4 && lower(file.substr(file.size() - 4)) == ".tsv";
}

std::string spelled(char separator) {
    return separator == '\t' ? "a tab" : "“" + std::string(1, separator) + "”";
}

std::string one_line(std::string_view text) {
    std::string out = with_line_feeds(trimmed(text));
    std::replace(out.begin(), out.end(), '\n', ' ');
    std::replace(out.begin(), out.end(), '\t', ' ');
    return out;
}

// A dot separates the parts of a path, so the name of a field has none.
std::string without_dots(std::string heading) {
    std::replace(heading.begin(), heading.end(), '.', ' ');
    return std::string(trimmed(heading));
}

}  // namespace

void Table::add(Faults& faults, Severity severity, std::string_view code, Place place,
                std::string message, std::string hint) const {
    faults.add({severity, code, file_, {}, place, std::move(message), std::move(hint)});
}

bool Table::decode(std::string bytes, const Options& options, Faults& faults) {
    const auto wanted = options.encoding ? std::optional(options.encoding->value) : std::nullopt;
    const std::string raw = bytes;
    Decoded decoded = csv::decode(std::move(bytes), wanted);
    if (decoded.wrong != Decoded::Wrong::nothing) {
        const bool is_control = decoded.wrong == Decoded::Wrong::control;
        Words words = words_of(decoded, file_);
        add(faults, Severity::error, words.code,
            Lines(is_control ? decoded.text : raw).place(decoded.at), std::move(words.message),
            std::move(words.hint));
        return false;
    }
    if (decoded.guessed_at) {
        add(faults, Severity::warning, "SZ-CSV-007", Lines(raw).place(*decoded.guessed_at),
            "The file is not UTF-8 (this byte is the first that does not fit), so it was read as "
            "Windows-1252.",
            "Check letters such as é and ü in what came out; better save the table as UTF-8. " +
                option_hint(R"({"encoding": "windows-1252"})", "says that it is right", file_));
    }
    text_ = std::move(decoded.text);
    lines_ = Lines(text_);
    return true;
}

bool Table::split(const Options& options, Faults& faults) {
    const auto wanted = options.separator ? std::optional(options.separator->value) : std::nullopt;
    const Layout layout = layout_of(text_, wanted, is_tsv(file_));
    body_ = layout.body;
    separator_ = layout.separator;
    tokens_ = Tokens(std::string_view(text_).substr(body_), separator_);
    if (tokens_.wrong() != TokenFault::nothing) {
        Words words = words_of(tokens_.wrong());
        add(faults, Severity::error, words.code, place(tokens_.wrong_at()),
            std::move(words.message),
            words.hint + " (The separator is " + spelled(separator_) + ": " +
                std::string(layout.why) + ".)");
        return false;
    }
    add(faults, Severity::note, "SZ-CSV-017", {},
        "The cells are separated by " + spelled(separator_) + ": " + std::string(layout.why) + ".",
        option_hint(R"({"separator": ";"})", "changes it", file_));
    return true;
}

void Table::take_headings(bool has_headings, Faults& faults) {
    std::size_t first = 0;
    while (first < tokens_.size() && is_blank(tokens_.row(first))) ++first;
    empty_rows_ = first;
    heading_rows_ = has_headings ? 1 : 0;
    const auto row = first < tokens_.size() ? tokens_.row(first) : std::span<const Cell>{};
    expected_ = row.size();
    while (expected_ > 0 && is_blank(row[expected_ - 1].text)) --expected_;
    take_rows(has_headings ? first + 1 : first);

    std::size_t width = expected_;
    for (const std::uint32_t index : rows_) {
        const auto cells = tokens_.row(index);
        for (std::size_t i = cells.size(); i > width; --i) {
            if (!is_blank(cells[i - 1].text)) width = i;
        }
    }
    UniqueIds names(' '), keys(' ');
    for (std::size_t i = 0; i < width; ++i) {
        const std::string number = "Column " + std::to_string(i + 1);
        const bool is_headed = has_headings && i < expected_;
        const std::string given = is_headed ? one_line(row[i].text) : "";
        std::string wanted(trimmed(shortened(given, limits::heading_bytes_max)));
        if (wanted.empty()) wanted = number;
        Column column;
        column.index = i;
        column.heading = names.take(wanted);
        const std::string key = without_dots(column.heading);
        column.key = keys.take(key.empty() ? number : key);
        if (is_headed && column.heading != given) {
            add(faults, Severity::warning, "SZ-CSV-009", place(row[i].at),
                given.empty()
                    ? "The column has no heading; it is called " + in_quotes(column.heading) + "."
                    : "The heading " + in_quotes(given) +
                          " stands there twice or is too long; this column is called " +
                          in_quotes(column.heading) + ".",
                "Give each column a heading of its own, of at most 120 bytes.");
        }
        columns_.push_back(std::move(column));
    }
}

void Table::take_rows(std::size_t first) {
    for (std::size_t i = first; i < tokens_.size(); ++i) {
        if (is_blank(tokens_.row(i)))
            ++empty_rows_;
        else
            rows_.push_back(static_cast<std::uint32_t>(i));
    }
}

void Table::report_rows(Faults& faults) const {
    for (const std::uint32_t at : tokens_.inner_quotes()) {
        add(faults, Severity::warning, "SZ-CSV-008", place(at),
            "A quotation mark stands inside a cell that does not begin with one; it was kept.",
            "Put the whole cell into quotation marks, and write each one inside it twice: \"\".");
    }
    for (const std::uint32_t index : rows_) {
        const auto row = tokens_.row(index);
        const std::string said = "Row " + std::to_string(index + 1) + " has " +
                                 counted(row.size(), "cell") + " where " +
                                 std::to_string(expected_) + " are expected";
        if (row.size() < expected_) {
            add(faults, Severity::warning, "SZ-CSV-010", place(row.back().at),
                said + "; those from column " + std::to_string(row.size() + 1) + " on are empty.",
                "Write a separator for every cell, also for an empty one.");
            continue;
        }
        const auto more =
            std::find_if(row.begin() + static_cast<std::ptrdiff_t>(expected_), row.end(),
                         [](const Cell& cell) { return !is_blank(cell.text); });
        if (more == row.end()) continue;
        add(faults, Severity::warning, "SZ-CSV-011", place(more->at),
            said + "; what stands beyond them is kept in columns of its own, from “" +
                columns_[static_cast<std::size_t>(more - row.begin())].heading + "” on.",
            "Put a cell that holds the separator into quotation marks, or give the column a "
            "heading.");
    }
}

bool Table::read(std::string file, std::string bytes, const Options& options, AskedColumns& asked,
                 Faults& faults) {
    file_ = std::move(file);
    if (!decode(std::move(bytes), options, faults) || !split(options, faults)) return false;
    std::size_t first = 0;
    while (first < tokens_.size() && is_blank(tokens_.row(first))) ++first;
    const bool is_empty = first == tokens_.size();
    const bool has_headings =
        !is_empty && (options.header ? options.header->value : is_headings(tokens_.row(first)));
    take_headings(has_headings, faults);
    if (!is_empty) {
        const bool is_said = options.header.has_value();
        const std::string number = "Row " + std::to_string(first + 1);
        add(faults, Severity::note, "SZ-CSV-017", place(tokens_.row(first).front().at),
            number +
                (has_headings ? " holds the headings"
                              : " is the first entry; the columns are numbered") +
                (is_said        ? ": you asked for it."
                 : has_headings ? ": it holds short texts and no number."
                                : ": a number, yes, no or a long text stands in it."),
            option_hint(has_headings ? R"({"header": false})" : R"({"header": true})", "changes it",
                        file_));
    }
    if (rows_.empty()) {
        add(faults, Severity::warning, "SZ-CSV-020", {}, "The table has no row with a value.",
            "Check the file, and whether its first row holds headings.");
    }
    take_types(options, asked);
    take_name(options, asked, faults);
    take_ids(options, asked, faults);
    report(faults);
    report_rows(faults);
    return true;
}

std::string_view Table::cell(std::size_t row, const Column& column) const {
    const auto cells = tokens_.row(rows_[row]);
    return column.index < cells.size() ? cells[column.index].text : std::string_view{};
}

Place Table::place(std::size_t row, const Column& column) const {
    const auto cells = tokens_.row(rows_[row]);
    return place(cells[std::min(column.index, cells.size() - 1)].at);
}

std::string Table::name(std::size_t row) const {
    const std::string name = name_ == nullptr ? std::string{} : one_line(cell(row, *name_));
    if (name.empty()) return "Row " + std::to_string(number(row));
    return std::string(shortened(name, limits::name_bytes_max));
}

}  // namespace csv
