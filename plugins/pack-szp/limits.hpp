// SPDX-License-Identifier: AGPL-3.0-or-later
// How much an archive or a folder may hold. The kernel has the same numbers and checks again what
// it is given; here they stop the work before it is done. A test makes them small.
#pragma once

#include <cstddef>
#include <cstdint>

namespace szp {

struct Limits {
    std::uint64_t archive_bytes = std::uint64_t{512} << 20;
    std::size_t files = 20'000;  // folders count too
    std::uint64_t file_bytes = std::uint64_t{64} << 20;
    std::uint64_t total_bytes = std::uint64_t{1024} << 20;
    std::uint64_t ratio =
        200;  // of content to its compressed form, for files past `ratio_free_bytes`
    std::uint64_t ratio_free_bytes = std::uint64_t{1} << 20;
    std::size_t path_bytes = 240;
    std::size_t path_parts = 12;
};

}  // namespace szp
