// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be put right in the copy of a damaged database without guessing. The format's numbers
// are those of https://www.sqlite.org/fileformat2.html, section 1.3.
#pragma once

#include <filesystem>

#include "kernel/base/result.hpp"

namespace sz::campaign {

// Copies the file and the write-ahead log beside it. SZ-FILE-0xx.
[[nodiscard]] Status copy_database(const std::filesystem::path& from,
                                   const std::filesystem::path& to);

// The first 100 bytes are those of `model`, a file that was just made: every campaign's file begins
// alike. The length that they promise is what is there, in whole pages. SZ-FILE-004.
[[nodiscard]] Status mend_header(const std::filesystem::path& file,
                                 const std::filesystem::path& model);

// All of the first page, which says where each table begins, too: every campaign's tables are made
// in one order. SZ-FILE-004.
[[nodiscard]] Status mend_first_page(const std::filesystem::path& file,
                                     const std::filesystem::path& model);

}  // namespace sz::campaign
