// SPDX-License-Identifier: AGPL-3.0-or-later
// Limits on campaigns that come from a file, and on the copies that are kept of them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernel/base/limits.hpp"

namespace sz::limits {

// A campaign's file that is read to be imported or repaired.
inline constexpr std::uint64_t campaign_file_bytes_max = 16 * std::uint64_t{1024} * mib;
inline constexpr std::uint64_t campaign_events_max = 10'000'000;
inline constexpr std::size_t event_parts_max = 1024;
inline constexpr std::size_t part_label_bytes_max = 64 * kib;  // its audience: ids of its members
inline constexpr std::size_t campaign_streams_max = 1'000'000;
// Refusals in a row, in one stream, whose verdicts a repair may replace by a note.
inline constexpr std::uint64_t lost_verdicts_max = 1000;

// A session datapack. A line holds one event; its text is at most twice as long inside JSON.
inline constexpr std::size_t session_line_bytes_max = 4 * event_bytes_max;
inline constexpr std::size_t session_line_depth_max = 8;
inline constexpr std::size_t session_line_values_max = 8 * event_parts_max;
// A file of lines ends after the line that reaches this, so that none is past the pack's limit.
inline constexpr std::size_t session_file_bytes = 16 * mib;
static_assert(session_file_bytes + session_line_bytes_max < pack_file_bytes_max);

// Copies of each campaign.
inline constexpr std::size_t backups_recent_max = 5;  // the newest ones
inline constexpr std::size_t backups_daily_max = 7;   // and the last one of each of so many days
inline constexpr std::int64_t backup_interval_ms = 600'000;  // at least, between two
inline constexpr int backup_pages_per_step = 256;            // 1 MiB, between two commits
// When the program ends, only a file up to this size is copied; a longer one is at its next start.
inline constexpr std::uint64_t backup_at_end_bytes_max = 16 * mib;

}  // namespace sz::limits
