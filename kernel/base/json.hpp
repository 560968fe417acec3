// SPDX-License-Identifier: AGPL-3.0-or-later
// The one JSON type of the kernel, and strict reading of it. Include <nlohmann/json.hpp> only in
// .cpp files.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "kernel/base/limits.hpp"
#include "kernel/base/result.hpp"

namespace sz {

using Json = nlohmann::json;

struct JsonLimits {
    std::size_t bytes_max;
    std::size_t depth_max;
    std::size_t string_bytes_max;
    std::size_t values_max = limits::json_values_max;  // containers count too
};

// Parses RFC 8259 text strictly: UTF-8, no duplicate keys, no comments, no byte order mark, within
// limits. Errors: SZ-JSON-001 not JSON, 002 duplicate key, 003 too deep, 004 too large, 005 string
// too long, 006 not UTF-8, 007 a number out of range, 008 too many
// values. The place "line:column" stands in
// Error::where. [any-thread]
[[nodiscard]] Result<Json> parse_json(std::string_view text, const JsonLimits& limits);

// The same with limits for what people write (base/limits.hpp).
[[nodiscard]] Result<Json> parse_json(std::string_view text);

// Canonical text: keys in byte order, no white space, UTF-8 as it is. The same value gives the same
// bytes.
[[nodiscard]] std::string canonical_json(const Json& value);

// A member of an object, or the fallback when it is missing or of another type.
[[nodiscard]] std::string string_or(const Json& object, std::string_view key,
                                    std::string_view fallback = {});

[[nodiscard]] Json error_to_json(const Error& error);  // {"code","kind","message","hint","where"}
[[nodiscard]] Error error_from_json(const Json& value);
[[nodiscard]] Json finding_to_json(const Finding& finding);
[[nodiscard]] Json findings_to_json(const Findings& findings);

}  // namespace sz
