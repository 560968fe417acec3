// SPDX-License-Identifier: AGPL-3.0-or-later
#include "../options.hpp"

#include "tests/support/catch.hpp"

using namespace direct;

TEST_CASE("options that are not there have their usual values") {
    for (const char* text : {"", "{}"}) {
        const auto options = parse_options(text);
        REQUIRE(options);
        CHECK(options->connections_max == 64);
        CHECK(options->patience.count() == 10'000);
        CHECK(options->certificate.empty());
    }
}

TEST_CASE("options are read, and those of other transports left alone") {
    const auto options =
        parse_options(R"({"connections_max":1024,"patience_ms":120000,"certificate":"c","key":"k",)"
                      R"("authorities":"a","other":[1]})");
    REQUIRE(options);
    CHECK(options->connections_max == 1024);
    CHECK(options->patience.count() == 120'000);
    CHECK(options->certificate + options->key + options->authorities == "cka");
}

TEST_CASE("an option that makes no sense is refused, and named") {
    const auto refused = [](const std::string& text) {
        const auto options = parse_options(text);
        REQUIRE_FALSE(options);
        CHECK(options.error().code == "SZ-TRANSPORT-002");
        return options.error().pointer;
    };
    CHECK(refused(R"({"connections_max":0})") == "/connections_max");
    CHECK(refused(R"({"connections_max":1025})") == "/connections_max");
    CHECK(refused(R"({"connections_max":1.5})") == "/connections_max");
    CHECK(refused(R"({"connections_max":18446744073709551615})") == "/connections_max");
    CHECK(refused(R"({"patience_ms":0})") == "/patience_ms");
    CHECK(refused(R"({"patience_ms":120001})") == "/patience_ms");
    CHECK(refused(R"({"patience_ms":"long"})") == "/patience_ms");
    CHECK(refused(R"({"certificate":7})") == "/certificate");
    for (const char* text : {"[]", "7", "{", "null", R"({"key":"a","key":"b"})"})
        CHECK(refused(text).empty());
}

TEST_CASE("options are as long as they may be, and not longer") {
    const std::string frame = R"({"x":""})";
    const std::string text = R"({"x":")" + std::string(16384 - frame.size(), 'x') + R"("})";
    REQUIRE(text.size() == 16384);
    CHECK(parse_options(text));
    CHECK_FALSE(parse_options(text + " "));
}
