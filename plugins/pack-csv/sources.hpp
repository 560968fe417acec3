// SPDX-License-Identifier: AGPL-3.0-or-later
// The files of an import: one table, or those of a folder, and the files of options beside them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "faults.hpp"

namespace csv {

enum class Ending { none, csv, tsv, txt };
[[nodiscard]] Ending ending_of(const std::filesystem::path& file);  // in upper or lower case

struct Sources {
    enum class Outcome { done, unreadable, too_large };
    std::vector<std::filesystem::path> files;
    bool is_folder = false;
};

// The tables at `path`, in byte order of their names. In a folder: .csv and .tsv files, and .txt
// files with a tab in the first line or a file of options beside them; notes say what else is
// there. Links in the folder are not followed.
[[nodiscard]] Sources::Outcome list(const std::filesystem::path& path, Sources& out,
                                    Faults& faults);

// The bytes of a file. `total` is what was read so far.
[[nodiscard]] Sources::Outcome load(const std::filesystem::path& file, std::size_t& total,
                                    std::string& out, Faults& faults);

// The text of the file of options beside `path` (PATH.json), if there is one.
[[nodiscard]] std::optional<std::string> options_beside(const std::filesystem::path& path,
                                                        Faults& faults);
[[nodiscard]] std::string name_of_options(const std::filesystem::path& path);  // "spells.csv.json"

// The first bytes of a file, or of what it links to; a pipe has none.
[[nodiscard]] std::string head_of(const std::filesystem::path& file, std::size_t bytes);

// The name of a file or folder in UTF-8, also if its path ends in '/'. Bytes that are no UTF-8
// become '?'.
[[nodiscard]] std::string name_of(const std::filesystem::path& path);
// The same without its ending.
[[nodiscard]] std::string stem_of(const std::filesystem::path& path);

}  // namespace csv
