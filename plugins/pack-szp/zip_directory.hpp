// SPDX-License-Identifier: AGPL-3.0-or-later
// The structure of a ZIP archive (PKWARE APPNOTE 6.3), read strictly and before anything is
// unpacked.
//
// libzip unpacks, but it hides what an attacker plays with: names with a zero byte in them, a
// second description of each file that says something else, files that share their bytes, bytes
// between the files. All of that is refused here.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "faults.hpp"
#include "limits.hpp"

namespace szp {

struct ZipEntry {
    std::string name;  // as it stands, without the '/' at the end of a folder
    bool is_folder = false;
    std::uint64_t compressed = 0, size = 0;  // bytes, as promised
    std::uint16_t flags = 0, method = 0;
    std::uint32_t crc = 0;
    std::uint32_t attributes = 0;  // external; the upper half is a Unix mode
    std::uint64_t offset = 0;      // of the local header
};

inline constexpr std::uint16_t zip_stored = 0;
inline constexpr std::uint16_t zip_deflated = 8;

// The archive's entries in the order of its directory, or nothing when they cannot be known.
// Reports every fault that it finds: structure, encryption, kinds of compression and of files,
// overlaps, sizes and ratio. Names are checked elsewhere.
[[nodiscard]] std::optional<std::vector<ZipEntry>> read_zip_directory(std::istream& archive,
                                                                      std::uint64_t archive_bytes,
                                                                      const Limits& limits,
                                                                      Faults& faults);

}  // namespace szp
