// SPDX-License-Identifier: AGPL-3.0-or-later
// Keys and texts from one spelling to another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace datasworn {

// "Face Danger!" → "face_danger". a to z, digits and '_' only, so that it can be part of an id;
// never empty.
[[nodiscard]] std::string slug(std::string_view text);

// "quest_starter" → "questStarter". Letters and digits only; never empty.
[[nodiscard]] std::string camel_case(std::string_view key);

// "quest_starter" → "Quest starter".
[[nodiscard]] std::string sentence_case(std::string_view key);

// "site_domains" → "site domains".
[[nodiscard]] std::string spaced(std::string_view key);

// At most `bytes_max` bytes of UTF-8 text, never half a character.
[[nodiscard]] std::string_view shortened(std::string_view text, std::size_t bytes_max);

// Without control characters other than tab and line end, which fields do not take; lines end in
// "\n".
[[nodiscard]] std::string clean(std::string_view text);

// The same on one line, without white space at its ends.
[[nodiscard]] std::string one_line(std::string_view text);

// Adds `part` to `out`, with `between` before it if neither is empty.
void append(std::string& out, std::string_view part, std::string_view between);

// Gives each id once: "strike", "strike-2", "strike-3".
class UniqueIds {
  public:
    std::string take(std::string wanted);

  private:
    std::unordered_map<std::string, std::uint64_t> next_;  // the number to try for an id's next use
};

}  // namespace datasworn
