// SPDX-License-Identifier: AGPL-3.0-or-later
// Stateless proof that somebody is at the address that they send from: they get a cookie there and
// bring it back. As in DTLS (RFC 9147, section 5.1).
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "datagram.hpp"

namespace direct::udp {

class CookieJar {
  public:
    CookieJar();  // with a secret of its own, that nobody keeps
    explicit CookieJar(const std::array<std::uint8_t, 32>& secret) : secret_(secret) {}

    // `address`: bytes of address and port, as the system has them. `now`: any clock in seconds
    // that only goes on.
    [[nodiscard]] Cookie bake(std::string_view address, const Nonce& nonce,
                              std::uint32_t now_s) const;
    // Baked here, for this address and nonce, not long ago.
    [[nodiscard]] bool is_good(std::string_view address, const Open& open,
                               std::uint32_t now_s) const;

    static constexpr std::uint32_t lasts_s = 30;

  private:
    [[nodiscard]] Mac mac_of(std::string_view address, const Nonce& nonce,
                             std::uint32_t time_s) const;
    std::array<std::uint8_t, 32> secret_{};
};

}  // namespace direct::udp
