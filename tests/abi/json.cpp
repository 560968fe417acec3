// SPDX-License-Identifier: AGPL-3.0-or-later
// The wrapper reads JSON as strictly as the kernel does.
#include <sz/cpp/json.hpp>

#include "tests/support/catch.hpp"

using sz::plugin::parse_json;

TEST_CASE("the wrapper reads what RFC 8259 allows") {
    const auto read = parse_json(R"( {"a":[1,-2.5,"ö",true,null]} )");
    REQUIRE(read);
    CHECK(sz::plugin::json_text(*read) == R"({"a":[1,-2.5,"ö",true,null]})");
}

TEST_CASE("the wrapper refuses a byte order mark, a key twice, and what is too deep") {
    const auto marked = parse_json("\xEF\xBB\xBF{}");
    REQUIRE_FALSE(marked);
    CHECK(marked.error().code == "SZ-JSON-001");
    CHECK_THAT(marked.error().message, ContainsSubstring("byte order mark"));
    CHECK_FALSE(parse_json(R"({"a":1,"a":2})"));
    CHECK_FALSE(parse_json(R"({"a":{"b":1,"b":2}})"));
    CHECK_FALSE(parse_json("[1,]"));
    CHECK_FALSE(parse_json("[1] 2"));
    const std::size_t most = sz::plugin::json_depth_max;
    CHECK(parse_json(std::string(most, '[') + std::string(most, ']')));
    CHECK_FALSE(parse_json(std::string(most + 1, '[') + std::string(most + 1, ']')));
}
