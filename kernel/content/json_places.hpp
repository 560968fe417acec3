// SPDX-License-Identifier: AGPL-3.0-or-later
// Where in a JSON text a pointer leads. Computed only when a finding needs it: parsing keeps no
// places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sz {

struct JsonPlace {
    std::uint32_t line = 0;    // from 1; 0: unknown
    std::uint32_t column = 0;  // from 1, in bytes
};

// The places of the values that `pointers` lead to, in the same order, in one pass over the text. A
// pointer that leads nowhere has the place of the nearest value above it. `text` should be JSON;
// anything else gives places as far as it is.
[[nodiscard]] std::vector<JsonPlace> json_places(std::string_view text,
                                                 const std::vector<std::string>& pointers);

struct DuplicateKey {
    std::string pointer;  // of the member that repeats an earlier one
    std::string key;
    JsonPlace place;                 // of the repeated key
    std::size_t begin = 0, end = 0;  // the whole member in the text, with the comma before it
};

// Every key that stands a second time in its object, in order.
[[nodiscard]] std::vector<DuplicateKey> duplicate_keys(std::string_view text);

// The text with white space instead of the repeated members, so that the rest can be read and every
// place stays the same.
[[nodiscard]] std::string without_duplicates(std::string_view text,
                                             const std::vector<DuplicateKey>& duplicates);

}  // namespace sz
