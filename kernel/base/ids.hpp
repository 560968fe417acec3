// SPDX-License-Identifier: AGPL-3.0-or-later
// Names that are unique, and the clock: both come in from outside so that a test can decide them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace sz {

// Seconds are not enough for order; the ledger uses milliseconds since 1970-01-01T00:00:00Z.
using UnixMs = std::int64_t;

// Where time and random names come from. The functions are [any-thread].
struct Sources {
    std::function<UnixMs()> now_ms;
    std::function<std::string()> uuid;  // RFC 4122 version 4, lower case

    [[nodiscard]] static Sources real();  // the system's clock, Poco's generator
};

[[nodiscard]] bool is_uuid(std::string_view text) noexcept;

// "2026-11-21T21:58:25.123Z", RFC 3339 in UTC.
[[nodiscard]] std::string format_time(UnixMs time);

// An id inside a pack: letters of any case, digits, '-', '_', '.', at most limits::id_bytes_max;
// not "." or "..".
[[nodiscard]] bool is_object_id(std::string_view text) noexcept;

}  // namespace sz
