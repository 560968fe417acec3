// SPDX-License-Identifier: AGPL-3.0-or-later
// Known answers: BLAKE2b-256 (RFC 7693's function at 32 bytes), SHA-256 (FIPS 180-4), Ed25519 (RFC
// 8032 section 7.1).
#include "kernel/crypto/crypto.hpp"

#include <algorithm>
#include <vector>

#include "tests/support/catch.hpp"

namespace {

template <std::size_t N>
std::array<std::uint8_t, N> from_hex(std::string_view hex) {
    REQUIRE(hex.size() == 2 * N);
    std::array<std::uint8_t, N> bytes{};
    for (std::size_t i = 0; i < N; ++i) {
        bytes[i] =
            static_cast<std::uint8_t>(std::stoul(std::string(hex.substr(2 * i, 2)), nullptr, 16));
    }
    return bytes;
}

std::string hex(const sz::Digest& digest) { return sz::to_hex(digest); }

}  // namespace

TEST_CASE("the library starts, and twice is once") {
    CHECK(sz::crypto_init());
    CHECK(sz::crypto_init());
}

TEST_CASE("BLAKE2b-256 gives the known answers") {
    CHECK(hex(sz::blake2b(std::string_view())) ==
          "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    CHECK(hex(sz::blake2b("abc")) ==
          "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_CASE("SHA-256 gives the answers of FIPS 180-4") {
    CHECK(sz::sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sz::sha256_hex("abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sz::sha256_hex(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a hasher is BLAKE2b over pieces, each after its length") {
    const std::string bytes = std::string("\x04\0\0\0\0\0\0\0leaf", 12) +
                              std::string("\x02\0\0\0\0\0\0\0ab", 10) +
                              std::string("\x08\0\0\0\0\0\0\0\x01\x02\0\0\0\0\0\0", 16);
    CHECK(sz::Hasher("leaf").add("ab").add(std::uint64_t{0x0201}).finish() == sz::blake2b(bytes));
}

TEST_CASE("pieces of a hash cannot run together") {
    CHECK(sz::Hasher("d").add("ab").add("c").finish() !=
          sz::Hasher("d").add("a").add("bc").finish());
    CHECK(sz::Hasher("d").add("").finish() != sz::Hasher("d").finish());
    CHECK(sz::Hasher("leaf").add("x").finish() != sz::Hasher("head").add("x").finish());
}

TEST_CASE("the signatures of RFC 8032 are verified, and a changed one is not") {
    const auto key1 =
        from_hex<32>("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    const auto signature1 = from_hex<64>(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555f"
        "b8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    CHECK(sz::verify(key1, "", signature1));
    CHECK_FALSE(sz::verify(key1, "x", signature1));
    const auto key2 =
        from_hex<32>("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    auto signature2 = from_hex<64>(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da08"
        "5ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    CHECK(sz::verify(key2, "\x72", signature2));
    CHECK_FALSE(sz::verify(key1, "\x72", signature2));
    signature2[40] ^= 1;
    CHECK_FALSE(sz::verify(key2, "\x72", signature2));
}

TEST_CASE("digests are read from 64 small hexadecimal digits and nothing else") {
    const std::string text = "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8";
    REQUIRE(sz::digest_from_hex(text));
    CHECK(sz::to_hex(*sz::digest_from_hex(text)) == text);
    for (const std::string& wrong :
         {std::string(), text.substr(2), text + "00", text.substr(1), "g" + text.substr(1),
          "E" + text.substr(1), text.substr(0, 62) + " 8", std::string(64, '\0')}) {
        CAPTURE(wrong);
        const auto digest = sz::digest_from_hex(wrong);
        REQUIRE(!digest);
        CHECK(digest.error().code == "SZ-CRYPTO-002");
    }
}

TEST_CASE("random names have the asked length and do not repeat") {
    std::vector<std::string> names;
    for (int i = 0; i < 100; ++i) names.push_back(sz::random_hex(16));
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
    CHECK(names.front().size() == 32);
    CHECK(names.front().find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(sz::random_hex(0).empty());
}
