// SPDX-License-Identifier: AGPL-3.0-or-later
#include "dataset.hpp"

#include "limits.hpp"
#include "words.hpp"

namespace csv {
namespace {

constexpr std::size_t rows_a_look = 128;  // then it asks whether to go on
constexpr std::size_t closing_bytes = 3;  // "}}" and a line end behind the last entry

std::string wanted_by(Type type) {
    switch (type) {
        case Type::number: return "a number of up to 15 digits such as 3 or -2.5";
        case Type::boolean: return "true, false, yes, no, x, 1, 0 or nothing";
        default: return "up to 100 parts";
    }
}

void misfit(const Table& table, std::size_t row, const Column& column, Faults& faults) {
    const Type type = column.reading.type;
    table.add(faults, Severity::error, "SZ-CSV-015", table.place(row, column),
              "Row " + std::to_string(table.number(row)) + ", column " + in_quotes(column.heading) +
                  ": " + in_quotes(table.cell(row, column)) + " does not fit " +
                  std::string(name_of(type)) + ".",
              "A " + std::string(name_of(type)) + " takes " + wanted_by(type) +
                  ". Change the cell, or read the column as Text.");
}

// How many texts a JSON list of texts holds; 0 for a value that is no list.
std::uint64_t values_in(std::string_view json) {
    if (json.front() != '[') return 0;
    std::uint64_t texts = 0;
    bool inside = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (json[i] == '\\') {
            ++i;
        } else if (json[i] == '"') {
            inside = !inside;
            texts += inside ? 1 : 0;
        }
    }
    return texts;
}

void write_field(JsonOut& out, const Column& column, const std::string& value,
                 const std::string& choices) {
    out.key(column.key);
    out.open('{');
    out.member("type", name_of(column.reading.type));
    if (column.key != column.heading) out.member("name", column.heading);
    if (column.reading.type == Type::list) {
        out.key("itemType");
        out.open('{');
        out.member("type", "Text");
        out.close('}');
    }
    if (column.reading.type == Type::select) {
        out.key("options");
        out.raw_value(choices);
        out.values += 3 * column.reading.choices.size();
    }
    out.key("value");
    out.raw_value(value);
    out.values += values_in(value);
    out.close('}');
}

std::string text_of(const std::vector<Choice>& choices) {
    JsonOut out;
    out.open('[');
    for (const Choice& choice : choices) {
        out.open('{');
        out.member("id", choice.id);
        out.member("name", choice.name);
        out.close('}');
    }
    out.close(']');
    return std::move(out.text);
}

// Is the name all that the cell says? Else the cell is a field too.
bool is_said(const Table& table, std::size_t row) {
    return trimmed(table.cell(row, *table.name())) == table.name(row);
}

void write_entry(JsonOut& out, const Table& table, std::size_t row,
                 const std::vector<std::string>& choices, Faults& faults) {
    out.key(table.id(row));
    out.open('{');
    out.member("id", table.id(row));
    out.member("name", table.name(row));
    out.key("topLevelFields");
    out.open('{');
    for (const Column& column : table.columns()) {
        const std::string_view cell = table.cell(row, column);
        if (is_blank(cell) && !column.reading.empty_is_false) continue;
        if (!table.is_field(column) && is_said(table, row)) continue;
        if (const auto value = value_of(column.reading, cell))
            write_field(out, column, *value, choices[column.index]);
        else
            misfit(table, row, column, faults);
    }
    out.close('}');
    out.close('}');
}

// A Select that was asked for and has too many choices. One fault for the column.
bool has_choices(const Table& table, const Column& column, Faults& faults) {
    if (column.reading.choices.size() <= limits::choices_max) return true;
    table.add(faults, Severity::error, "SZ-CSV-015", table.place(0, column),
              "The column " + in_quotes(column.heading) +
                  " has more than 100 different texts, which is too many for a Select.",
              "Read the column as Text: every entry would repeat the choices.");
    return false;
}

void too_large(const Table& table, std::size_t row, Faults& faults) {
    table.add(
        faults, Severity::error, "SZ-CSV-002", table.place(row, table.columns().front()),
        "With row " + std::to_string(table.number(row)) +
            " the dataset is larger than a pack may hold: 16 MiB of JSON, or 3,900,000 values "
            "with the other tables.",
        "Divide the table into several files and import them one by one. A column that is "
        "read as Select takes the most room: read it as Text.");
}

}  // namespace

bool write_dataset(const Table& table, const DatasetName& name, const std::function<bool()>& go_on,
                   Faults& faults, std::uint64_t& values, DatasetText& written) {
    std::vector<std::string> choices;
    for (const Column& column : table.columns()) {
        if (!has_choices(table, column, faults)) return false;
        choices.push_back(text_of(column.reading.choices));
    }
    JsonOut out;
    out.open('{');
    out.member("id", name.id);
    out.member("szType", "dataset");
    out.member("datasetType", shortened(name.id, 64));
    out.member("name", name.title);
    out.member("description", "Made from the table “" + table.file() + "”.");
    out.member("version", name.version);
    out.member("schemaVersion", "1.0.0");
    out.key("entries");
    out.open('{');
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (row % rows_a_look == 0 && !go_on()) return false;
        write_entry(out, table, row, choices, faults);
        ++written.entries;
        if (out.text.size() <= limits::dataset_bytes_max - closing_bytes &&
            values + out.values <= limits::pack_values_max)
            continue;
        too_large(table, row, faults);
        return false;
    }
    out.close('}');
    out.close('}');
    out.text += '\n';
    values += out.values;
    written.text = std::move(out.text);
    return !faults.failed();
}

}  // namespace csv
