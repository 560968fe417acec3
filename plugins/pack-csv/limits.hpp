// SPDX-License-Identifier: AGPL-3.0-or-later
// The importer's own limits on tables and on what becomes of them, kept below what the kernel takes
// of a pack. Each is tested at the limit and one past it.
#pragma once

#include <cstddef>

namespace csv::limits {

inline constexpr std::size_t mib = std::size_t{1} << 20;

// What is read.
inline constexpr std::size_t files_max = 64;
inline constexpr std::size_t file_bytes_max = 16 * mib;
inline constexpr std::size_t total_bytes_max = 64 * mib;
inline constexpr std::size_t options_bytes_max = std::size_t{64} << 10;  // of a file of options
inline constexpr std::size_t rows_max = 100'000;     // of a file: lines of cells, headings included
inline constexpr std::size_t columns_max = 256;      // of a row
inline constexpr std::size_t cells_max = 1'000'000;  // of a file
inline constexpr std::size_t cell_bytes_max = std::size_t{256} << 10;

// What is written.
inline constexpr std::size_t name_bytes_max = 200;     // of a pack, a dataset, an entry
inline constexpr std::size_t heading_bytes_max = 120;  // it becomes the key of a field
inline constexpr std::size_t id_bytes_max = 100;       // before a number that makes it the only one
inline constexpr std::size_t choices_max = 100;        // of a Select that was asked for
inline constexpr std::size_t tags_max = 100;           // of a cell
inline constexpr std::size_t dataset_bytes_max = 16 * mib;
inline constexpr std::size_t pack_bytes_max = 120 * mib;   // of all datasets
inline constexpr std::size_t pack_values_max = 3'900'000;  // JSON values of all datasets

}  // namespace csv::limits
