// SPDX-License-Identifier: AGPL-3.0-or-later
// Names, ids and JSON text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace csv {

[[nodiscard]] std::string_view trimmed(std::string_view text);  // of spaces, tabs and line ends

// ASCII letters only: the locale must not change what comes out.
[[nodiscard]] std::string lower(std::string_view text);

// At most `bytes_max` bytes of UTF-8 text, never half a character.
[[nodiscard]] std::string_view shortened(std::string_view text, std::size_t bytes_max);

// What can be an id, of at most limits::id_bytes_max bytes: "Éowyn’s Bow" → "eowyn-s-bow". A text
// without a Latin letter or digit gives "entry-" and twelve digits that only depend on the text.
[[nodiscard]] std::string slug(std::string_view text);

// "magic-items" → "Magic items": a file's name as a title.
[[nodiscard]] std::string title_of(std::string_view stem);

// A UUID (version 5) of a text: the same everywhere.
[[nodiscard]] std::string uuid_of(std::string_view text);

// Every line end as LF.
[[nodiscard]] std::string with_line_feeds(std::string_view text);

// A short text in quotation marks for a message; long ones are cut, line ends become spaces.
[[nodiscard]] std::string in_quotes(std::string_view text);

// 1 → "1 row", 1234 → "1,234 rows".
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view one);

// How a person says an option, and what it does: "{"header": true} changes it: with --options, or
// in items.csv.json beside the file."
[[nodiscard]] std::string option_hint(std::string_view option, std::string_view does,
                                      std::string_view file);

// Gives each id once: "bite", "bite-2", "bite-3"; with a gap of ' ': "Cost", "Cost 2".
class UniqueIds {
  public:
    explicit UniqueIds(char gap = '-') : gap_(gap) {}
    std::string take(std::string wanted);

  private:
    char gap_;
    std::unordered_map<std::string, std::uint64_t> next_;  // the number to try for an id's next use
};

// Writes compact JSON and counts its values.
class JsonOut {
  public:
    void key(std::string_view name);
    void member(std::string_view name, std::string_view value);
    void text_value(std::string_view value);
    void raw_value(std::string_view json);  // a number, true, false, or JSON text of `values`
    void open(char bracket);
    void close(char bracket) { text += bracket; }

    std::string text;
    std::uint64_t values = 0;

  private:
    // Before a member or an item: a comma if something stands before it.
    void next() {
        if (text.empty()) return;
        if (const char last = text.back(); last != '{' && last != '[' && last != ':') text += ',';
    }
};

}  // namespace csv
