// SPDX-License-Identifier: AGPL-3.0-or-later
// Bytes that nobody can guess.
#pragma once

#include <openssl/rand.h>

#include <array>
#include <cstdint>
#include <new>

namespace direct::udp {

template <std::size_t N>
void fill_random(std::array<std::uint8_t, N>& out) {
    // Fails only where the system gives no random numbers: nothing can be done without.
    if (RAND_bytes(out.data(), static_cast<int>(N)) != 1) throw std::bad_alloc();
}

inline std::uint64_t random_number() {
    std::array<std::uint8_t, 8> bytes{};
    fill_random(bytes);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes) number = (number << 8) | byte;
    return number;
}

}  // namespace direct::udp
