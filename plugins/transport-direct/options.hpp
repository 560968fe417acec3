// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be said beside a URL. The README lists it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <sz/cpp/result.hpp>

namespace direct {

inline constexpr std::size_t options_bytes_max = 16384;
inline constexpr std::size_t connections_limit = 1024;
inline constexpr std::chrono::milliseconds patience_limit{120'000};

struct Options {
    std::size_t connections_max = 64;
    std::chrono::milliseconds patience{10'000};
    std::string certificate, key;  // of a wss:// listener: files, PEM
    std::string authorities;  // whom a wss:// connection trusts: a file, PEM; else the system's
};

// SZ-TRANSPORT-002: no object, or a value that makes no sense. Names that nobody knows are left to
// other transports.
[[nodiscard]] sz::plugin::Result<Options> parse_options(std::string_view json);

}  // namespace direct
