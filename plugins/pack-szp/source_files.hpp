// SPDX-License-Identifier: AGPL-3.0-or-later
// What reading an archive and reading a folder have in common: which of the files found belong to
// the pack, under which name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "names.hpp"

namespace szp {

struct SourceFile {
    std::string path;  // inside the source; after choose_files: inside the pack
    bool is_folder = false;
    std::uint64_t key = 0;  // number in an archive, or whatever the reader needs to find it again
    std::string location;   // on disk, for folders
};

// Checks all names, leaves out what is hidden, takes the wrapping folder off, and orders the files
// by path.
[[nodiscard]] std::vector<SourceFile> choose_files(std::vector<SourceFile> found,
                                                   const Limits& limits, Faults& faults);

}  // namespace szp
