// SPDX-License-Identifier: AGPL-3.0-or-later
// What goes over the profile's socket: one line of JSON a message, at most
// limits::bus_message_bytes_max.
//
//   to the kernel    {"id":N,"call":METHOD,"params":{},"deadline_ms":N?}   {"id":N,"cancel":true}
//                    {"id":N,"subscribe":TOPIC}   {"id":N,"unsubscribe":TOPIC}
//   from the kernel  {"hello":{"protocol":1,"version":V}} first, then
//                    {"id":N,"result":…}   {"id":N,"error":{…}}   {"topic":T,"message":…}
//                    {"error":{…}}, then the end: the other side did not keep to this
//
// `id` is the client's, unique among its running calls. Every call, subscribe and unsubscribe is
// answered once; a cancelled call answers its own id.
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "kernel/base/json.hpp"

namespace sz::wire {

inline constexpr int protocol = 1;

struct Request {
    enum class Kind : std::uint8_t { call, cancel, subscribe, unsubscribe };
    Kind kind = Kind::call;
    std::uint64_t id = 0;
    std::string name;  // method or topic
    Json params;
    std::chrono::milliseconds deadline{0};
};

// A message of either side, within the limits. SZ-BUS-020.
[[nodiscard]] Result<Json> parse_line(std::string_view line);
// SZ-BUS-020: not a request; nothing else of this connection can be trusted to be one.
[[nodiscard]] Result<Request> read_request(std::string_view line);

// All end with a line break.
[[nodiscard]] std::string call_line(const Request& request);
[[nodiscard]] std::string hello_line(std::string_view version);
[[nodiscard]] std::string reply_line(
    std::uint64_t id,
    const Result<Json>& result);  // SZ-BUS-024 instead of too large a result
[[nodiscard]] std::string topic_line(const std::string& topic, const Json& message);
[[nodiscard]] std::string refusal_line(const Error& error);

}  // namespace sz::wire
