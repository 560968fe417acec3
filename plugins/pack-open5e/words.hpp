// SPDX-License-Identifier: AGPL-3.0-or-later
// Names and numbers from one spelling to another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace open5e {

// "Adult Black Dragon" → "adult-black-dragon". Letters, digits, '_' and '-' only, so that it can be
// an id; never empty.
[[nodiscard]] std::string slug(std::string_view text);

// "hit_points" → "hitPoints". Letters and digits only; never empty.
[[nodiscard]] std::string camel_case(std::string_view text);

// "hitPoints" → "Hit points".
[[nodiscard]] std::string sentence_case(std::string_view camel);

// "sleight-of-hand" → "Sleight of Hand".
[[nodiscard]] std::string title_case(std::string_view slug);

// At most `bytes_max` bytes of UTF-8 text, never half a character.
[[nodiscard]] std::string_view shortened(std::string_view text, std::size_t bytes_max);

// The shortest spelling of a decimal number: "0.250" → "0.25", "-0.0" → "0". Nothing for what is no
// number, or has more than 15 significant digits, which a Number field cannot hold exactly.
[[nodiscard]] std::optional<std::string> decimal_text(std::string_view text);

// Gives each id once: "bite", "bite-2", "bite-3".
class UniqueIds {
  public:
    [[nodiscard]] bool has(const std::string& id) const { return next_.contains(id); }
    std::string take(std::string wanted);

  private:
    std::unordered_map<std::string, std::uint64_t> next_;  // the number to try for an id's next use
};

}  // namespace open5e
