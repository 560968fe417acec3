// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "limits.hpp"
#include "numbers.hpp"
#include "words.hpp"

namespace csv {
namespace {

constexpr std::size_t line_bytes_max = 200;  // longer text is taken for Markdown
// A Select is guessed from at least this many cells, where each choice stands three times on
// average.
constexpr std::size_t select_cells_min = 6;
constexpr std::size_t select_choices_max = 12;  // every entry repeats them
constexpr std::size_t choice_bytes_max = 40;
// Tags are guessed where several cells have parts, and the parts stand there again and again.
constexpr std::size_t tag_cells_min = 3;
constexpr std::size_t tag_bytes_max = 30;

struct TypeName {
    std::string_view name;
    Type type;
};
constexpr std::array all_types{
    TypeName{"Text", Type::text},     TypeName{"MultiText", Type::multi_text},
    TypeName{"Number", Type::number}, TypeName{"Boolean", Type::boolean},
    TypeName{"Select", Type::select}, TypeName{"Tags", Type::tags},
    TypeName{"List", Type::list}};

std::string all_of(std::size_t count, std::string_view are) {
    return count == 1 ? "the one value is " + std::string(are)
                      : "all " + counted(count, "value") + " are " + std::string(are);
}

std::optional<bool> truth_of(std::string_view cell) {
    const std::string word = lower(trimmed(cell));
    if (word == "true" || word == "yes" || word == "x" || word == "1") return true;
    if (word == "false" || word == "no" || word == "0" || word.empty()) return false;
    return std::nullopt;
}

// true/false, yes/no, or x and nothing; not a mixture of them.
bool is_boolean(const Cells& filled, bool has_empty) {
    std::set<std::string> words;
    for (const std::string_view cell : filled) {
        if (cell.size() > 5) return false;
        words.insert(lower(cell));
        if (words.size() > 2) return false;
    }
    const auto only = [&words](const char* yes, const char* no) {
        return std::all_of(words.begin(), words.end(),
                           [&](const std::string& word) { return word == yes || word == no; });
    };
    return only("true", "false") || only("yes", "no") || (only("x", "x") && has_empty);
}

// The parts of a cell, each once. Empty if one of them is.
std::vector<std::string_view> parts_of(std::string_view cell, char between) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = cell.find(between);
        const std::string_view part = trimmed(cell.substr(0, end));
        if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
        if (end == std::string_view::npos) return parts;
        cell.remove_prefix(end + 1);
    }
}

bool is_tags(const Cells& filled, char between) {
    std::set<std::string_view> different;
    std::size_t cells = 0, all = 0;
    for (const std::string_view cell : filled) {
        if (cell.size() > (tag_bytes_max + 2) * 20) return false;
        const auto parts = parts_of(cell, between);
        cells += parts.size() > 1 ? 1 : 0;
        all += parts.size();
        for (const std::string_view part : parts) {
            if (part.empty() || part.size() > tag_bytes_max ||
                std::count(part.begin(), part.end(), ' ') > 1)
                return false;
        }
        different.insert(parts.begin(), parts.end());
    }
    return cells >= tag_cells_min && different.size() * 2 <= all;
}

bool is_select(const Cells& filled) {
    std::set<std::string_view> different;
    for (const std::string_view cell : filled) {
        if (cell.size() > choice_bytes_max) return false;
        different.insert(cell);
        if (different.size() > select_choices_max) return false;
    }
    return filled.size() >= select_cells_min && different.size() > 1 &&
           different.size() * 3 <= filled.size();
}

std::vector<Choice> choices_of(const Cells& filled) {
    std::vector<Choice> choices;
    std::set<std::string_view> seen;
    UniqueIds ids;
    for (const std::string_view cell : filled) {
        if (!seen.insert(cell).second) continue;
        choices.push_back({ids.take(slug(cell)), std::string(cell)});
        if (choices.size() > limits::choices_max) break;
    }
    return choices;
}

bool is_long(const Cells& filled) {
    return std::any_of(filled.begin(), filled.end(), [](std::string_view cell) {
        return cell.size() > line_bytes_max || cell.find_first_of("\r\n") != cell.npos;
    });
}

Cells filled_of(const Cells& cells) {
    Cells out;
    std::copy_if(cells.begin(), cells.end(), std::back_inserter(out),
                 [](std::string_view cell) { return !cell.empty(); });
    return out;
}

Reading text(std::string why) {
    Reading reading;
    reading.why = std::move(why);
    return reading;
}

// Text that somebody may want as a Number all the same.
Reading no_number(std::string why) {
    Reading reading = text(std::move(why));
    reading.instead = Type::number;
    return reading;
}

// The reading of cells that look like numbers; nothing if they do not.
std::optional<Reading> number(const Cells& filled, char separator) {
    for (const char point : {'.', ','}) {
        if (point == ',' && separator == ',') break;
        switch (numbers_of(filled, point, separator != ',')) {
            case Numbers::none: continue;
            case Numbers::would_change:
                return no_number("a Number would change how some of the numbers are written");
            case Numbers::ambiguous:
                return no_number("“" + std::string(1, point) +
                                 "” may stand before thousands or before a fraction");
            case Numbers::all: break;
        }
        Reading reading = text(all_of(filled.size(), "numbers"));
        if (filled.size() == 1) reading.why = "the one value is a number";
        if (point == ',') reading.why += ", with a decimal comma";
        reading.type = Type::number;
        reading.point = point;
        return reading;
    }
    return std::nullopt;
}

std::string json_of(const std::vector<std::string_view>& parts) {
    JsonOut out;
    out.open('[');
    for (const std::string_view part : parts) {
        if (!part.empty()) out.text_value(with_line_feeds(part));
    }
    out.close(']');
    return std::move(out.text);
}

std::string json_of(std::string_view value) {
    JsonOut out;
    out.text_value(value);
    return std::move(out.text);
}

}  // namespace

std::string_view name_of(Type type) {
    return std::find_if(all_types.begin(), all_types.end(),
                        [type](const TypeName& known) { return known.type == type; })
        ->name;
}

std::optional<Type> type_of(std::string_view name) {
    for (const TypeName& known : all_types) {
        if (known.name == name) return known.type;
    }
    return std::nullopt;
}

std::string type_names() {
    std::string out;
    for (const TypeName& known : all_types)
        out += (out.empty()                   ? ""
                : &known == &all_types.back() ? " and "
                                              : ", ") +
               std::string(known.name);
    return out;
}

Reading guess(const Cells& cells, char separator) {
    const Cells filled = filled_of(cells);
    if (filled.empty()) return no_number("no row has a value");
    if (is_boolean(filled, filled.size() < cells.size())) {
        Reading reading = text(all_of(filled.size(), "yes or no"));
        reading.type = Type::boolean;
        reading.empty_is_false = lower(filled.front()) == "x";
        if (reading.empty_is_false) reading.why = "every cell is “x” or empty, which means no";
        return reading;
    }
    if (auto reading = number(filled, separator)) return *reading;
    if (is_long(filled)) {
        Reading reading = text("a value has several lines, or more than 200 bytes");
        reading.type = Type::multi_text;
        return reading;
    }
    for (const char between : {';', '|'}) {
        if (!is_tags(filled, between)) continue;
        Reading reading = text("short words with “" + std::string(1, between) +
                               "” between them stand there again and again");
        reading.type = Type::tags;
        reading.between = between;
        return reading;
    }
    if (is_select(filled)) {
        Reading reading = text("");
        reading.choices = choices_of(filled);
        reading.type = Type::select;
        reading.why = counted(filled.size(), "value") + " are " +
                      std::to_string(reading.choices.size()) + " different ones:";
        for (const Choice& choice : reading.choices)
            reading.why += (&choice == &reading.choices.front() ? " " : ", ") + choice.name;
        return reading;
    }
    Reading reading = text("the values are short texts");
    reading.instead = Type::multi_text;
    return reading;
}

Reading asked(Type type, const Cells& cells, char separator) {
    Reading reading = text("you asked for it");
    reading.type = type;
    reading.instead = type == Type::text ? Type::multi_text : Type::text;
    const Cells filled = filled_of(cells);
    const auto has = [&filled](char c) {
        return std::any_of(filled.begin(), filled.end(),
                           [c](std::string_view cell) { return cell.find(c) != cell.npos; });
    };
    if (type == Type::number && separator != ',' && has(',') && !has('.')) reading.point = ',';
    if (type == Type::tags || type == Type::list)
        reading.between = has(';') ? ';' : has('|') ? '|' : ',';
    if (type == Type::select) reading.choices = choices_of(filled);
    if (type == Type::boolean && !filled.empty())
        reading.empty_is_false = std::all_of(
            filled.begin(), filled.end(), [](std::string_view cell) { return lower(cell) == "x"; });
    return reading;
}

std::optional<std::string> value_of(const Reading& reading, std::string_view cell) {
    switch (reading.type) {
        case Type::text:
        case Type::multi_text: return json_of(with_line_feeds(cell));
        case Type::number: {
            const auto number = decimal_of(trimmed(cell), reading.point);
            return number ? number_text(*number) : std::nullopt;
        }
        case Type::boolean: {
            const auto truth = truth_of(cell);
            if (!truth) return std::nullopt;
            return *truth ? "true" : "false";
        }
        case Type::select: {
            const std::string_view wanted = trimmed(cell);
            const auto found =
                std::find_if(reading.choices.begin(), reading.choices.end(),
                             [&](const Choice& choice) { return choice.name == wanted; });
            if (found == reading.choices.end()) return std::nullopt;
            return json_of(std::string_view(found->id));
        }
        case Type::tags:
        case Type::list: {
            const auto parts = parts_of(trimmed(cell), reading.between);
            if (parts.size() > limits::tags_max) return std::nullopt;
            return json_of(parts);
        }
    }
    return std::nullopt;
}

}  // namespace csv
