// SPDX-License-Identifier: AGPL-3.0-or-later
// Keys as text. Vectors: BIP-350 ("Test vectors for Bech32m"); the texts of RFC 8032's first key
// pair were worked out with a second implementation, written from the BIP's definition.
#include <sz/client_id.h>

#include <array>
#include <string>
#include <string_view>

#include "kernel/crypto/crypto.hpp"
#include "tests/support/catch.hpp"

extern "C" uint32_t client_id_from_c(const uint8_t key[SZ_KEY_BYTES], char out[SZ_KEY_TEXT_MAX]);

namespace {

using Key = std::array<std::uint8_t, SZ_KEY_BYTES>;

// RFC 8032 section 7.1, test 1: the public key and the secret key.
constexpr Key public_key{0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe,
                         0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6,
                         0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a};
constexpr Key secret_key{0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a,
                         0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32,
                         0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60};
const std::string id_text = "szid16adfsqvzky9t042tlmfujeq88g8wzuhnm2nzxfd0qgdx3ac82ydq0frwpq";
const std::string token_text =
    "szsecret1n4smr800l4dxpw5yft6f9mpvc3zyn3tf0vexjxts8wkqx89w0asqajjcg2";

sz_key_fault read_any(std::string_view text) {
    char prefix[SZ_BECH32M_MAX];
    std::uint8_t values[SZ_BECH32M_MAX];
    std::uint32_t prefix_size = 0;
    std::uint32_t count = 0;
    return sz_bech32m_read(text.data(), text.size(), prefix, &prefix_size, values, &count);
}

sz_key_fault read_id(std::string_view text) {
    Key key{};
    return sz_key_read(SZ_CLIENT_ID_PREFIX, text.data(), text.size(), key.data());
}

sz_key_fault read_token(std::string_view text) {
    Key key{};
    return sz_key_read(SZ_SECRET_TOKEN_PREFIX, text.data(), text.size(), key.data());
}

std::string message(const char* prefix, sz_key_fault fault) {
    char out[SZ_KEY_MESSAGE_MAX];
    return {out, sz_key_message(prefix, fault, out)};
}

}  // namespace

TEST_CASE("the valid Bech32m strings of BIP-350 are read") {
    for (const std::string& text :
         {std::string("A1LQFN3A"), std::string("a1lqfn3a"),
          std::string("an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioand"
                      "number11sg7hg6"),
          std::string("abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx"),
          "11" + std::string(82, 'l') + "ludsr8",
          std::string("split1checkupstagehandshakeupstreamerranterredcaperredlc445v"),
          std::string("?1v759aa")}) {
        CAPTURE(text);
        CHECK(read_any(text).what == SZ_KEY_OK);
    }
}

TEST_CASE("the invalid Bech32m strings of BIP-350 are refused, each for its reason") {
    struct Vector {
        std::string text;
        std::int32_t what;
        std::uint32_t position;
    };
    const Vector vectors[] = {
        {"\x20"
         "1xj0phk",
         SZ_KEY_BAD_CHARACTER, 1},
        {"\x7f"
         "1g6xzxy",
         SZ_KEY_BAD_CHARACTER, 1},
        {"\x80"
         "1vctc34",
         SZ_KEY_BAD_CHARACTER, 1},
        {"an84characterslonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11d6pt"
         "s4",
         SZ_KEY_BAD_LENGTH, 91},
        {"qyrz8wqd2c9m", SZ_KEY_UNKNOWN_PREFIX, 0},   // no separator
        {"1qyrz8wqd2c9m", SZ_KEY_UNKNOWN_PREFIX, 0},  // empty prefix
        {"y1b0jsk6g", SZ_KEY_BAD_CHARACTER, 3},
        {"lt1igcx5c0", SZ_KEY_BAD_CHARACTER, 4},
        {"in1muywd", SZ_KEY_BAD_LENGTH, 8},  // checksum too short
        {"mm1crxm3i", SZ_KEY_BAD_CHARACTER, 9},
        {"au1s5cgom", SZ_KEY_BAD_CHARACTER, 8},
        {"M1VUXWEZ", SZ_KEY_BAD_CHECKSUM, 0},  // made with the prefix in capitals
        {"16plkw9", SZ_KEY_UNKNOWN_PREFIX, 0},
        {"1p2gdwpf", SZ_KEY_UNKNOWN_PREFIX, 0},
    };
    for (const Vector& vector : vectors) {
        CAPTURE(vector.text);
        const sz_key_fault fault = read_any(vector.text);
        CHECK(fault.what == vector.what);
        if (vector.what != SZ_KEY_BAD_CHECKSUM) CHECK(fault.position == vector.position);
    }
}

TEST_CASE("a Bech32 checksum of the older BIP-173 is not a Bech32m checksum") {
    CHECK(read_any("a12uel5l").what == SZ_KEY_BAD_CHECKSUM);
    CHECK(read_any("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw").what == SZ_KEY_BAD_CHECKSUM);
}

TEST_CASE("a key becomes text and comes back") {
    char text[SZ_KEY_TEXT_MAX];
    Key again{};
    sz_key_text(SZ_CLIENT_ID_PREFIX, public_key.data(), text);
    CHECK(text == id_text);
    CHECK(sz_key_read(SZ_CLIENT_ID_PREFIX, id_text.data(), id_text.size(), again.data()).what ==
          SZ_KEY_OK);
    CHECK(again == public_key);
    sz_key_text(SZ_SECRET_TOKEN_PREFIX, secret_key.data(), text);
    CHECK(text == token_text);
    CHECK(sz_key_read(SZ_SECRET_TOKEN_PREFIX, token_text.data(), token_text.size(), again.data())
              .what == SZ_KEY_OK);
    CHECK(again == secret_key);
    CHECK(client_id_from_c(public_key.data(), text) == 20);  // "This is a Client ID."
    CHECK(text == id_text);
}

TEST_CASE("capitals and white space around a pasted text do no harm, mixed capitals do") {
    std::string capitals = id_text;
    for (char& c : capitals) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    CHECK(read_id(capitals).what == SZ_KEY_OK);
    CHECK(read_id("  \t" + id_text + "\r\n").what == SZ_KEY_OK);
    std::string mixed = id_text;
    mixed[6] = 'A';
    CHECK(read_id(mixed).what == SZ_KEY_MIXED_CASE);
    CHECK(read_id("szid16adfs qvzky9t042tlmfujeq88g8wzuhnm2nzxfd0qgdx3ac82ydq0frwpq").what ==
          SZ_KEY_BAD_CHARACTER);
}

TEST_CASE("any single wrong letter is found and pointed at") {
    const std::string letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    for (std::size_t at = 5; at < id_text.size(); ++at) {
        for (const char letter : letters) {
            if (letter == id_text[at]) continue;
            std::string typed = id_text;
            typed[at] = letter;
            const sz_key_fault fault = read_id(typed);
            REQUIRE(fault.what == SZ_KEY_BAD_CHECKSUM);
            REQUIRE(fault.position == at + 1);
        }
    }
}

TEST_CASE("two letters that changed places are found") {
    for (std::size_t at = 5; at + 1 < token_text.size(); ++at) {
        std::string typed = token_text;
        std::swap(typed[at], typed[at + 1]);
        if (typed != token_text && typed[8] == '1') CHECK(read_token(typed).what != SZ_KEY_OK);
    }
}

TEST_CASE("a fault is said in a sentence that never repeats the text") {
    CHECK(message("szid", read_id("")) == "The Client ID is empty.");
    CHECK(message("szid", read_id("szid16b")) == "The Client ID was mistyped: bad character at 7.");
    CHECK(message("szid",
                  read_id("szid17adfsqvzky9t042tlmfujeq88g8wzuhnm2nzxfd0qgdx3ac82ydq0frwpq")) ==
          "The Client ID was mistyped: the checksum does not fit; character 6 is probably wrong.");
    CHECK(message("szid", read_id(token_text)) ==
          "This is the wrong kind (you pasted a Secret Token): give a Client ID, and show the "
          "Secret Token to nobody.");
    CHECK(message("szid", read_id(token_text.substr(0, 40))) ==
          "This is the wrong kind (you pasted a Secret Token): give a Client ID, and show the "
          "Secret Token to nobody.");
    CHECK(message("szsecret", read_token(id_text)) ==
          "This is the wrong kind (you pasted a Client ID): give a Secret Token.");
    CHECK(message("szid", read_id("abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx")) ==
          "This is not a Client ID: it must begin with \"szid1\".");
    CHECK(message("szid", read_id("Mira")) ==
          "The Client ID was mistyped: capital and small letters are mixed at 2.");
    CHECK(message("szid", read_id("mira")) ==
          "This is not a Client ID: it must begin with \"szid1\".");
}

TEST_CASE("a text of another length is refused even when its checksum fits") {
    CHECK(read_id("szid1" + std::string(200, 'q')).what == SZ_KEY_BAD_LENGTH);
    // Bech32m of one zero byte with the prefix szid does not hold 32 bytes, whatever follows it.
    CHECK(read_id("szid1q").what == SZ_KEY_BAD_LENGTH);
}

TEST_CASE("the kernel reads Client IDs and says what is wrong") {
    CHECK(sz::client_id_text(public_key) == id_text);
    REQUIRE(sz::client_id_key(id_text));
    CHECK(*sz::client_id_key(id_text) == public_key);
    const auto wrong = sz::client_id_key(token_text);
    REQUIRE(!wrong);
    CHECK(wrong.error().code == "SZ-CRYPTO-003");
    CHECK(wrong.error().kind == sz::ErrorKind::input);
    CHECK_THAT(wrong.error().message, ContainsSubstring("you pasted a Secret Token"));
}
