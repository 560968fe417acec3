// SPDX-License-Identifier: AGPL-3.0-or-later
// libsodium wants its own unsigned char; text and bytes are the same to it. Inside this room.
#pragma once

#include <string_view>

namespace sz {

inline const unsigned char* sodium_bytes(std::string_view text) noexcept {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace sz
