// SPDX-License-Identifier: AGPL-3.0-or-later
// What the mapper takes from its caller and from a router, which may be anything that answers.
#pragma once

#include <cstddef>
#include <cstdint>

namespace upnp::limits {

inline constexpr std::size_t request_bytes_max = 16 * 1024;    // of map, and of a mapping for unmap
inline constexpr std::size_t url_bytes_max = 120;              // miniupnpc cuts at 127
inline constexpr std::size_t description_text_bytes_max = 60;  // what the router's list shows
inline constexpr std::uint32_t lease_s_max = 604'800;          // a week, as IGD v2 has it
inline constexpr std::uint32_t patience_ms_min = 100;
inline constexpr std::uint32_t patience_ms_max = 60'000;
// Looking for routers takes up to two seconds and cannot be cut short.
inline constexpr std::uint32_t search_ms = 1000;
inline constexpr std::uint32_t search_ms_max = 2 * search_ms;
inline constexpr std::uint32_t patience_to_search_ms_min = search_ms_max + 500;

inline constexpr std::size_t routers_max = 8;         // that are asked
inline constexpr std::uint32_t router_ms_max = 1000;  // for one of several to say what it is
inline constexpr std::size_t answer_bytes_max = 256 * 1024;
inline constexpr std::size_t header_bytes_max = 8 * 1024;
inline constexpr std::size_t router_words_bytes_max = 100;  // of a router, in a sentence
inline constexpr int outside_ports_max = 8;                 // that are tried when one is taken
inline constexpr std::uint32_t undo_ms_max = 500;  // to take a mapping back when the call fails

}  // namespace upnp::limits
