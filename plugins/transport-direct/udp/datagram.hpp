// SPDX-License-Identifier: AGPL-3.0-or-later
// The datagrams of the wire, as bytes. Numbers are big-endian.
//
//   hello    "SZW" 1  version(1) nonce(8) padding to 64     who is there?
//   cookie   "SZW" 2  nonce(8) time(4) mac(16)              prove that you are where you say
//   open     "SZW" 3  version(1) nonce(8) time(4) mac(16) padding to 64
//   opened   "SZW" 4  nonce(8) connection(8)
//   refused  "SZW" 5  nonce(8) why(1)
//   plain    0x10     connection(8) kind(1) content         before both ends have keys
//   sealed   0x11     connection(8) counter(8) sealed{kind(1) content} tag(16)
//
// Nothing that is sent to an address that is not proven is longer than what came from there.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace direct::udp {

using Bytes = std::span<const std::uint8_t>;
using Nonce = std::array<std::uint8_t, 8>;  // of who connects: answers bear it
using Mac = std::array<std::uint8_t, 16>;

inline constexpr std::uint8_t wire_version = 1;
inline constexpr std::size_t datagram_bytes_max = 1200;  // fits every path that IPv6 may take
inline constexpr std::size_t greeting_bytes = 64;        // of hello and open
inline constexpr std::size_t sealed_header_bytes = 17;
inline constexpr std::size_t plain_header_bytes = 9;
inline constexpr std::size_t tag_bytes = 16;
// What a datagram of content may have: the kind stands before it.
inline constexpr std::size_t content_bytes_max =
    datagram_bytes_max - sealed_header_bytes - 1 - tag_bytes;

enum class Refusal : std::uint8_t { full = 1, version = 2 };
enum class Kind : std::uint8_t { enet = 0, challenge = 1, answer = 2 };

struct Hello {
    std::uint8_t version = wire_version;
    Nonce nonce{};
};
struct Cookie {
    Nonce nonce{};
    std::uint32_t time = 0;
    Mac mac{};
};
struct Open {
    std::uint8_t version = wire_version;
    Nonce nonce{};
    std::uint32_t time = 0;
    Mac mac{};
};
struct Opened {
    Nonce nonce{};
    std::uint64_t connection = 0;
};
struct Refused {
    Nonce nonce{};
    Refusal why = Refusal::full;
};
// What belongs to a connection; the rest is read by who has its keys.
struct Plain {
    std::uint64_t connection = 0;
    std::uint8_t kind = 0;
    Bytes content;
};
struct Sealed {
    std::uint64_t connection = 0;
    std::uint64_t counter = 0;
    Bytes header;  // what the seal is bound to
    Bytes content;
};

using Datagram = std::variant<Hello, Cookie, Open, Opened, Refused, Plain, Sealed>;

// Nothing when it is none of ours, or damaged. Spans point into `bytes`.
[[nodiscard]] std::optional<Datagram> read_datagram(Bytes bytes);

[[nodiscard]] std::vector<std::uint8_t> write(const Hello& hello);
[[nodiscard]] std::vector<std::uint8_t> write(const Cookie& cookie);
[[nodiscard]] std::vector<std::uint8_t> write(const Open& open);
[[nodiscard]] std::vector<std::uint8_t> write(const Opened& opened);
[[nodiscard]] std::vector<std::uint8_t> write(const Refused& refused);
// Only the headers; the content follows.
void write_plain_header(std::span<std::uint8_t, plain_header_bytes> out, std::uint64_t connection);
void write_sealed_header(std::span<std::uint8_t, sealed_header_bytes> out, std::uint64_t connection,
                         std::uint64_t counter);

}  // namespace direct::udp
