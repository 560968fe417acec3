// SPDX-License-Identifier: AGPL-3.0-or-later
// How answers read on a terminal.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/base/result.hpp"
#include "kernel/base/text.hpp"

namespace sz::cli {

// A terminal is not to be steered by what a pack, or another program, says.
[[nodiscard]] std::string printable(std::string text);

// Columns of text, as wide as their widest cell; the last one is not padded.
class Table {
  public:
    explicit Table(std::vector<std::string> heading) { rows_.push_back(std::move(heading)); }
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    // Prints `empty` when there is no row.
    void print(std::ostream& out, const std::string& empty) const;

  private:
    std::vector<std::vector<std::string>> rows_;
};

// JSON as text, the one way in which szctl writes it: what is not UTF-8 (a file's name, say) is
// replaced by U+FFFD. `indent` -1: on one line.
[[nodiscard]] std::string json_text(const Json& value, int indent = -1);

// Is every text in it UTF-8, the keys too?
[[nodiscard]] bool is_utf8(const Json& value);

void print_error(std::ostream& out, const Error& error);

// "file:line:column: error: message [code]", then the hint indented.
void print_findings(std::ostream& out, const Json& findings);

// What was typed stands beside the answer when a person is to read it: {"words","options"}. As
// shell words; "" when there was none.
inline constexpr const char* asked_key = "asked";
[[nodiscard]] std::string asked_word(const Json& result, std::size_t number = 0);
[[nodiscard]] std::string asked_option(const Json& result, const char* name);

// A field of a sheet or an entry, {"type","value","text","problem"}: its text or why there is none;
// a table to roll on with a line for each row. Ends the line; `more` stands at its end.
void print_value(std::ostream& out, const Json& field, const std::string& indent,
                 const std::string& more = {});

// "1 pack", "2 packs".
[[nodiscard]] std::string count(std::size_t number, const std::string& one,
                                const std::string& many);

// A JSON value as a person writes it: text without quotes.
[[nodiscard]] std::string plain(const Json& value);

// A member as text, whatever its type; "" when missing.
[[nodiscard]] std::string cell(const Json& object, const char* key);

// An array member, or an empty array.
[[nodiscard]] const Json& items(const Json& object, const char* key);

}  // namespace sz::cli
