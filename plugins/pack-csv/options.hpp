// SPDX-License-Identifier: AGPL-3.0-or-later
// What a person decided about an import: given with it, or kept in a file of options. The options
// of PATH stand in PATH.json beside it, whether PATH is a file or a folder.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "encoding.hpp"
#include "faults.hpp"
#include "types.hpp"

namespace csv {

// A value and who gave it: the name of a file of options, or "" for the import's own.
template <class T>
struct Said {
    T value;
    std::string by;
};

struct Options {
    // Of a table.
    std::optional<Said<char>> separator;
    std::optional<Said<bool>> header;
    std::optional<Said<Encoding>> encoding;
    std::optional<Said<std::string>> name, id;  // headings
    std::map<std::string, Said<Type>> types;    // by heading
    std::optional<Said<std::string>> dataset_name;
    // Of the pack.
    std::optional<Said<std::string>> pack_name, pack_id, author, license, version;
};

// Reads a JSON object of options. What is not understood is reported and left out. `by` as in Said.
[[nodiscard]] Options options_of(std::string_view json, const std::string& by, Faults& faults);

// What `first` says, and what `second` says where `first` says nothing. A note for each difference.
[[nodiscard]] Options joined(const Options& first, const Options& second, Faults& faults);

// Takes out what is said about the pack, which the options of one of its tables cannot; a warning
// that names `where` for each.
void only_table(Options& options, const std::string& where, Faults& faults);

}  // namespace csv
