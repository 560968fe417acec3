// SPDX-License-Identifier: AGPL-3.0-or-later
// What the columns of a table are: their types, and which of them name the entries.
#include <algorithm>
#include <unordered_set>

#include "limits.hpp"
#include "table.hpp"
#include "words.hpp"

namespace csv {
namespace {

constexpr std::size_t headings_shown_max = 20;

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= limits::id_bytes_max && text.front() != '.' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
           });
}

}  // namespace

void AskedColumns::add(const std::string& by, const std::string& heading, bool is_found,
                       const std::string& file, const std::string& headings) {
    Asked& asked = all_[{by, heading}];
    asked.is_found = asked.is_found || is_found;
    asked.file = file;
    asked.headings = headings;
}

void AskedColumns::report(Faults& faults) const {
    for (const auto& [said, asked] : all_) {
        if (asked.is_found) continue;
        const auto& [by, heading] = said;
        faults.add({Severity::error,
                    "SZ-CSV-013",
                    by.empty() ? asked.file : by,
                    {},
                    {},
                    "The options name a column " + in_quotes(heading) + ", which is not there.",
                    "The columns of " + asked.file + " are " + asked.headings + "."});
    }
}

Cells Table::cells(const Column& column) const {
    Cells out;
    out.reserve(rows());
    for (std::size_t row = 0; row < rows(); ++row) out.push_back(trimmed(cell(row, column)));
    return out;
}

void Table::take_types(const Options& options, AskedColumns& asked) {
    for (Column& column : columns_) {
        const Cells all = cells(column);
        column.filled = static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [](std::string_view cell) { return !cell.empty(); }));
        column.reading = guess(all, separator_);
    }
    for (const auto& [heading, type] : options.types) {
        const Column* found = find(heading);
        asked.add(type.by, heading, found != nullptr, file_, headings());
        if (found == nullptr) continue;
        Column& column = columns_[found->index];
        column.reading = asked_reading(column, type.value);
        column.is_asked = true;
    }
}

Reading Table::asked_reading(const Column& column, Type type) const {
    return csv::asked(type, cells(column), separator_);
}

const Column* Table::find(std::string_view heading) const {
    const auto by = [this](auto&& is_same) {
        const auto found = std::find_if(columns_.begin(), columns_.end(), is_same);
        return found == columns_.end() ? nullptr : &*found;
    };
    const Column* exact = by([&](const Column& column) { return column.heading == heading; });
    if (exact != nullptr) return exact;
    const std::string small = lower(trimmed(heading));
    return by([&](const Column& column) { return lower(column.heading) == small; });
}

std::string Table::headings() const {
    std::string out;
    for (const Column& column : columns_) {
        if (column.index == headings_shown_max) return out + ", …";
        out += (out.empty() ? "" : ", ") + in_quotes(column.heading);
    }
    return out.empty() ? "none" : out;
}

bool Table::is_unique(const Column& column) const {
    std::unordered_set<std::string_view> seen;
    for (const std::string_view text : cells(column)) {
        if (text.empty() || !seen.insert(text).second) return false;
    }
    return !seen.empty();
}

void Table::take_name(const Options& options, AskedColumns& asked, Faults& faults) {
    std::string why;
    if (options.name) {
        name_ = find(options.name->value);
        asked.add(options.name->by, options.name->value, name_ != nullptr, file_, headings());
        why = "you asked for it";
    }
    if (name_ == nullptr) {
        why = "its heading says so";
        for (const char* heading : {"name", "title", "label"}) {
            const Column* found = find(heading);
            if (found != nullptr && (name_ == nullptr || found->index < name_->index))
                name_ = found;
        }
    }
    for (const Column& column : columns_) {
        if (name_ != nullptr) break;
        if (column.reading.type != Type::text || !is_unique(column)) continue;
        why = "it is the first column of different texts";
        name_ = &column;
    }
    if (columns_.empty()) return;
    add(faults, Severity::note, "SZ-CSV-017", {},
        name_ == nullptr
            ? "No column names the entries; they are called “Row 2” and so on, after their place."
            : "The entries are named by the column " + in_quotes(name_->heading) + ": " + why + ".",
        option_hint(R"({"name": "…"})", "names another column", file_));
}

void Table::take_ids(const Options& options, AskedColumns& asked, Faults& faults) {
    const Column* column = options.id ? find(options.id->value) : nullptr;
    if (options.id)
        asked.add(options.id->by, options.id->value, column != nullptr, file_, headings());
    UniqueIds ids;
    std::size_t repeated = 0;
    for (std::size_t row = 0; row < rows(); ++row) {
        const std::string_view key = column == nullptr ? "" : trimmed(cell(row, *column));
        const std::string wanted =
            is_id(key) ? std::string(key) : slug(key.empty() ? std::string_view(name(row)) : key);
        ids_.push_back(ids.take(wanted));
        const bool is_changed = column != nullptr && ids_.back() != key;
        if (is_changed) {
            add(faults, Severity::warning, "SZ-CSV-016", place(row, *column),
                "The id of row " + std::to_string(number(row)) + " is “" + ids_.back() +
                    "”: what the column says is empty, stands there twice or can be no id.",
                "An id has letters from A to Z, digits, '-', '_' and '.', and is the only one of "
                "its table.");
        }
        repeated += ids_.back() != wanted ? 1 : 0;
    }
    if (column == nullptr && repeated > 0) {
        add(faults, Severity::note, "SZ-CSV-016", {},
            counted(repeated, "time") +
                " the name of an earlier row stands there again; a number at the end makes the ids "
                "different.",
            option_hint(R"({"id": "…"})", "names a column of ids that stay when rows move", file_));
    }
}

void Table::report(Faults& faults) const {
    for (const Column& column : columns_) {
        const std::string type(name_of(column.reading.type));
        if (!is_field(column)) continue;
        std::string message =
            in_quotes(column.heading) + " is read as " + type + ": " + column.reading.why + ".";
        if (column.key != column.heading)
            message += " Its field is called “" + column.key +
                       "”, because a dot separates the parts of a path.";
        add(faults, Severity::note, "SZ-CSV-012", {}, std::move(message),
            option_hint("{\"types\": {\"" + std::string(shortened(column.heading, 60)) + "\": \"" +
                            std::string(name_of(column.reading.instead)) + "\"}}",
                        "changes it", file_) +
                " The types are " + type_names() + ".");
    }
}

}  // namespace csv
