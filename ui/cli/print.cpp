// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/cli/print.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

namespace sz::cli {

namespace {

// Letters on the screen, not bytes: continuation bytes of UTF-8 do not count.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

// Where an error is. A conflict says it for programs, as a JSON object.
std::string place_of(const std::string& where) {
    if (!where.starts_with('{')) return where;
    const auto details = parse_json(where);
    if (!details || !details->is_object()) return where;
    const std::string event = cell(*details, "event");
    const std::string at = cell(*details, "at");
    if (event.empty() || event == "0") return at;
    return "event " + event + (at.empty() ? "" : ", " + at);
}

}  // namespace

std::string printable(std::string text) {
    std::replace_if(
        text.begin(), text.end(),
        [](char c) { return (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == 127; }, '?');
    return text;
}

void Table::print(std::ostream& out, const std::string& empty) const {
    if (rows_.size() == 1) {
        out << empty << '\n';
        return;
    }
    std::vector<std::size_t> widths(rows_.front().size(), 0);
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width_of(row[i]));
    }
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out << printable(row[i]);
            if (i + 1 < row.size()) out << std::string(widths[i] + 2 - width_of(row[i]), ' ');
        }
        out << '\n';
    }
}

std::string json_text(const Json& value, int indent) {
    return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

bool is_utf8(const Json& value) {
    // What the library replaces and what it leaves out is the same: nothing, when all is UTF-8.
    return json_text(value) == value.dump(-1, ' ', false, Json::error_handler_t::ignore);
}

void print_error(std::ostream& out, const Error& error) {
    out << "szctl: " << printable(error.message);
    if (!error.code.empty()) out << " [" << error.code << ']';
    if (const std::string place = place_of(error.where); !place.empty())
        out << "\n  at " << printable(place);
    if (!error.hint.empty()) out << "\n  " << printable(error.hint);
    out << '\n';
}

void print_findings(std::ostream& out, const Json& findings) {
    for (const Json& finding : findings) {
        const std::string file = string_or(finding, "file");
        if (!file.empty()) out << printable(file) << ':';
        if (const auto line = finding.value("line", 0); line > 0)
            out << line << ':' << finding.value("column", 0) << ':';
        if (!file.empty()) out << ' ';
        out << string_or(finding, "severity") << ": " << printable(string_or(finding, "message"))
            << " [" << string_or(finding, "code") << "]\n";
        if (const std::string hint = string_or(finding, "hint"); !hint.empty())
            out << "  " << printable(hint) << '\n';
    }
}

std::string asked_word(const Json& result, std::size_t number) {
    const Json asked = result.value(asked_key, Json::object());
    const Json& words = items(asked, "words");
    return number < words.size() ? shell_word(plain(words[number])) : std::string();
}

std::string asked_option(const Json& result, const char* name) {
    const Json asked = result.value(asked_key, Json::object());
    const std::string typed = cell(asked.value("options", Json::object()), name);
    return typed.empty() ? typed : shell_word(typed);
}

void print_value(std::ostream& out, const Json& field, const std::string& indent,
                 const std::string& more) {
    if (const std::string problem = cell(field, "problem"); !problem.empty()) {
        out << "! " << problem << more << '\n';
        return;
    }
    const Json value = field.value("value", Json());
    const bool is_table = cell(field, "type") == "RandomTable" && value.is_object();
    if (!is_table || items(value, "rows").empty()) {
        out << cell(field, "text") << more << '\n';
        return;
    }
    out << cell(value, "dice") << more << '\n';
    std::vector<std::string> ranges;
    std::size_t widest = 0;
    for (const Json& row : items(value, "rows")) {
        const std::string from = cell(row, "from");
        const std::string to = cell(row, "to");
        ranges.push_back(to.empty() || to == from ? from : from + "–" + to);
        widest = std::max(widest, width_of(ranges.back()));
    }
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        std::string text = cell(items(value, "rows")[i], "text");
        std::replace(text.begin(), text.end(), '\n', ' ');
        out << indent << ranges[i] << std::string(widest + 2 - width_of(ranges[i]), ' ') << text
            << '\n';
    }
}

std::string count(std::size_t number, const std::string& one, const std::string& many) {
    return std::to_string(number) + ' ' + (number == 1 ? one : many);
}

std::string plain(const Json& value) {
    if (value.is_string()) return printable(value.get<std::string>());
    return value.is_null() ? std::string() : json_text(value);
}

std::string cell(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() ? std::string() : plain(*found);
}

const Json& items(const Json& object, const char* key) {
    static const Json none = Json::array();
    const auto found = object.find(key);
    return found == object.end() || !found->is_array() ? none : *found;
}

}  // namespace sz::cli
