// SPDX-License-Identifier: AGPL-3.0-or-later
#include "plugins/pack-csv/encoding.hpp"

#include "tests/support/catch.hpp"

using namespace csv;
using namespace std::string_literals;
using Undecoded = Decoded::Wrong;

TEST_CASE("UTF-8 stays as it is, without its byte order mark") {
    CHECK(decode("Äxte 🐉", {}).text == "Äxte 🐉");
    CHECK(decode("\xEF\xBB\xBF"s + "a", {}).text == "a");
    CHECK_FALSE(decode("Äxte", {}).guessed_at);
}

TEST_CASE("bytes that are no UTF-8 are read as Windows-1252, which is said") {
    const Decoded got = decode("a\n\xC4xte \x80 \x96", {});
    CHECK(got.text == "a\nÄxte € –");
    CHECK(got.encoding == Encoding::windows1252);
    CHECK(got.guessed_at == 2);
    CHECK_FALSE(decode("\xC4", Encoding::windows1252).guessed_at);
}

TEST_CASE("UTF-16 is read with its byte order mark, or when its order is said") {
    CHECK(decode("\xFF\xFE"s + "A\0\x3D\xD8\x09\xDC"s, {}).text == "A🐉"s);
    CHECK(decode("\xFE\xFF"s + "\0A\xD8\x3D\xDC\x09"s, {}).text == "A🐉"s);
    CHECK(decode("A\0"s, Encoding::utf16le).text == "A");
    CHECK(decode("\0A"s, Encoding::utf16be).text == "A");
    CHECK(decode("A\0"s, Encoding::utf16).wrong == Undecoded::no_mark);
}

TEST_CASE("what no encoding has is wrong, at its place") {
    const auto at = [](const std::string& bytes, std::optional<Encoding> wanted, Undecoded wrong) {
        const Decoded got = decode(bytes, wanted);
        CHECK(got.wrong == wrong);
        return got.at;
    };
    CHECK(at("ab\xC4z", Encoding::utf8, Undecoded::not_utf8) == 2);
    CHECK(at("a\xED\xA0\x80", Encoding::utf8, Undecoded::not_utf8) == 1);      // a surrogate
    CHECK(at("a\xC0\x80", Encoding::utf8, Undecoded::not_utf8) == 1);          // an overlong NUL
    CHECK(at("a\xF4\x90\x80\x80", Encoding::utf8, Undecoded::not_utf8) == 1);  // past U+10FFFF
    CHECK(at("a\xE2\x82", Encoding::utf8, Undecoded::not_utf8) == 1);          // cut short
    CHECK(at("\xEF\xBB\xBF"
             "a\xC4",
             {}, Undecoded::not_utf8) == 4);  // a mark says UTF-8: no guess
    CHECK(at("a\x81", {}, Undecoded::not_windows1252) == 1);
    CHECK(at("\xFF\xFE"
             "A\0\0\xDC"s,
             {}, Undecoded::not_utf16) == 2);  // half a pair
    CHECK(at("\xFF\xFE"
             "A\0\x3D\xD8"s,
             {}, Undecoded::not_utf16) == 2);  // a pair cut short
    CHECK(at("\xFF\xFE"
             "A\0B"s,
             {}, Undecoded::not_utf16) == 2);
    CHECK(at("ab\0c"s, {}, Undecoded::control) == 2);
    CHECK(at("ab\x1B", {}, Undecoded::control) == 2);
    CHECK(at("ab\x7F", {}, Undecoded::control) == 2);
    CHECK(at("a\tb\r\n", {}, Undecoded::nothing) == 0);
}
