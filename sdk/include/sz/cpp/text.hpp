// SPDX-License-Identifier: AGPL-3.0-or-later
// Borrowed text and bytes of the ABI as C++ views, and back. Nothing here copies.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "../abi.h"

namespace sz::plugin {

[[nodiscard]] inline std::string_view view(sz_str text) noexcept {
    return text.data == nullptr ? std::string_view{}
                                : std::string_view{text.data, static_cast<std::size_t>(text.size)};
}
[[nodiscard]] inline std::string_view view(const char* text) noexcept {
    return text == nullptr ? std::string_view{} : std::string_view{text};
}
[[nodiscard]] inline std::span<const std::uint8_t> view(sz_bytes bytes) noexcept {
    return {bytes.data, bytes.data == nullptr ? 0 : static_cast<std::size_t>(bytes.size)};
}
// Bytes that are looked at as characters.
[[nodiscard]] inline std::string_view chars(sz_bytes bytes) noexcept {
    return bytes.data == nullptr ? std::string_view{}
                                 : std::string_view{reinterpret_cast<const char*>(bytes.data),
                                                    static_cast<std::size_t>(bytes.size)};
}

[[nodiscard]] inline sz_str str(std::string_view text) noexcept {
    return {text.data(), text.size()};
}
[[nodiscard]] inline sz_bytes bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline sz_bytes bytes(std::span<const std::uint8_t> content) noexcept {
    return {content.data(), content.size()};
}

}  // namespace sz::plugin
