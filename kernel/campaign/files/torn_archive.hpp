// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be read of a session datapack whose archive is cut off or damaged, so that the pack
// format refuses it. The format's numbers are those of PKWARE's APPNOTE, 4.3.7 and 4.3.12.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/plugin/services.hpp"

namespace sz::campaign {

struct TornFiles {
    PackFiles files;                // by path; the beginning of one that ends too early
    std::vector<std::string> torn;  // the paths of those
    std::uint64_t bytes_taken = 0;  // of the archive, each as often as it was inflated
};

// The files that an importer reads, found by their own headers and by the directory at the end,
// whichever still speak of them. Never more than limits::pack_total_bytes_max come of it, and not
// more than ten times the archive is taken, however many headers lead into the same bytes.
[[nodiscard]] TornFiles read_torn_archive(std::string_view archive);

}  // namespace sz::campaign
