// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cookie.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <string>

#include "random.hpp"

namespace direct::udp {

CookieJar::CookieJar() { fill_random(secret_); }

Mac CookieJar::mac_of(std::string_view address, const Nonce& nonce, std::uint32_t time_s) const {
    std::string baked(nonce.begin(), nonce.end());
    for (int shift = 24; shift >= 0; shift -= 8) baked += static_cast<char>(time_s >> shift);
    baked += address;
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> all{};
    unsigned size = 0;
    HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()),
         reinterpret_cast<const unsigned char*>(baked.data()), baked.size(), all.data(), &size);
    Mac mac{};
    std::copy_n(all.begin(), mac.size(), mac.begin());
    return mac;
}

Cookie CookieJar::bake(std::string_view address, const Nonce& nonce, std::uint32_t now_s) const {
    return {nonce, now_s, mac_of(address, nonce, now_s)};
}

bool CookieJar::is_good(std::string_view address, const Open& open, std::uint32_t now_s) const {
    if (open.time > now_s || now_s - open.time > lasts_s) return false;
    const Mac mac = mac_of(address, open.nonce, open.time);
    return CRYPTO_memcmp(mac.data(), open.mac.data(), mac.size()) == 0;
}

}  // namespace direct::udp
