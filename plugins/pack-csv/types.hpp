// SPDX-License-Identifier: AGPL-3.0-or-later
// The field type of a column: guessed from its cells, or asked for.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

enum class Type { text, multi_text, number, boolean, select, tags, list };

[[nodiscard]] std::string_view name_of(Type type);  // "MultiText"
[[nodiscard]] std::optional<Type> type_of(std::string_view name);
[[nodiscard]] std::string type_names();  // "Text, MultiText, …", for a hint

struct Choice {
    std::string id, name;
};

// How the cells of a column become values.
struct Reading {
    Type type = Type::text;
    std::string why;              // a clause: "all 12 values are numbers"
    char point = '.';             // of a Number: '.' or ','
    char between = ';';           // of Tags and List: what separates the parts
    bool empty_is_false = false;  // of a Boolean whose cells are "x" or nothing
    std::vector<Choice> choices;  // of a Select, as they first appear
    Type instead = Type::text;    // what a person might rather have
};

// The cells of a column from the top, trimmed.
using Cells = std::vector<std::string_view>;

// A guess that loses nothing: what could be read in two ways is Text. `separator` is that of the
// file: where it is a comma, a decimal comma is not expected.
[[nodiscard]] Reading guess(const Cells& cells, char separator);

// The reading as `type`. Cells that do not fit it have no value (value_of).
[[nodiscard]] Reading asked(Type type, const Cells& cells, char separator);

// The JSON text of a cell's value. Nothing: the cell does not fit the type. `cell` is as it stands
// in the table; it is not blank, unless `empty_is_false`.
[[nodiscard]] std::optional<std::string> value_of(const Reading& reading, std::string_view cell);

}  // namespace csv
