// SPDX-License-Identifier: AGPL-3.0-or-later
// A file as a table: headings, rows, the type of each column, the id and the name of each row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "faults.hpp"
#include "options.hpp"
#include "tokens.hpp"
#include "types.hpp"

namespace csv {

struct Column {
    std::size_t index = 0;
    std::string heading;  // the only one of its table
    std::string key;      // the same without dots: the name of the field
    Reading reading;
    bool is_asked = false;  // somebody asked for its type
    std::size_t filled = 0;
};

// Columns that options name. An option may speak for several files: it is wrong when none of them
// has the column.
class AskedColumns {
  public:
    void add(const std::string& by, const std::string& heading, bool is_found,
             const std::string& file, const std::string& headings);
    void report(Faults& faults) const;

  private:
    struct Asked {
        bool is_found = false;
        std::string file, headings;
    };
    std::map<std::pair<std::string, std::string>, Asked> all_;
};

class Table {
  public:
    // Reads the bytes of `file` and says all there is to say about them. False: a fault says why.
    [[nodiscard]] bool read(std::string file, std::string bytes, const Options& options,
                            AskedColumns& asked, Faults& faults);

    Table() = default;
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
    // The one that holds the entries' names, if there is one. It is no field unless its type was
    // asked for.
    [[nodiscard]] const Column* name() const { return name_; }
    [[nodiscard]] bool is_field(const Column& column) const {
        return &column != name_ || column.is_asked;
    }

    // Rows that are not empty. The headings count nowhere.
    [[nodiscard]] std::size_t rows() const { return rows_.size(); }
    [[nodiscard]] std::uint64_t read_rows() const { return tokens_.size() - heading_rows_; }
    [[nodiscard]] std::uint64_t empty_rows() const { return empty_rows_; }
    // As a spreadsheet counts them: from 1, the headings and empty rows included.
    [[nodiscard]] std::size_t number(std::size_t row) const { return rows_[row] + 1; }
    [[nodiscard]] std::string_view cell(std::size_t row, const Column& column) const;
    [[nodiscard]] Place place(std::size_t row, const Column& column) const;
    [[nodiscard]] const std::string& id(std::size_t row) const { return ids_[row]; }
    // Of at most limits::name_bytes_max bytes, in one line.
    [[nodiscard]] std::string name(std::size_t row) const;

    // Adds a fault about this file.
    void add(Faults& faults, Severity severity, std::string_view code, Place place,
             std::string message, std::string hint) const;

  private:
    bool decode(std::string bytes, const Options& options, Faults& faults);
    bool split(const Options& options, Faults& faults);
    void take_headings(bool has_headings, Faults& faults);
    void take_rows(std::size_t first);
    void take_types(const Options& options, AskedColumns& asked);
    [[nodiscard]] Reading asked_reading(const Column& column, Type type) const;
    [[nodiscard]] const Column* find(std::string_view heading) const;
    void take_name(const Options& options, AskedColumns& asked, Faults& faults);
    void take_ids(const Options& options, AskedColumns& asked, Faults& faults);
    void report(Faults& faults) const;
    void report_rows(Faults& faults) const;
    [[nodiscard]] std::string headings() const;
    [[nodiscard]] Place place(std::size_t at) const { return lines_.place(body_ + at); }
    [[nodiscard]] Cells cells(const Column& column) const;
    [[nodiscard]] bool is_unique(const Column& column) const;

    std::string file_, text_;
    std::size_t body_ = 0;  // where the rows begin in the text
    Lines lines_;
    Tokens tokens_;
    char separator_ = ',';
    std::vector<Column> columns_;
    std::vector<std::uint32_t> rows_;  // in tokens_
    std::size_t expected_ = 0;         // cells of a row, by the first one
    std::uint64_t heading_rows_ = 0, empty_rows_ = 0;
    const Column* name_ = nullptr;
    std::vector<std::string> ids_;
};

}  // namespace csv
