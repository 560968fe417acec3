// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/ids.hpp"

#include "kernel/base/limits.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

TEST_CASE("time is written as RFC 3339 in UTC with milliseconds", "[ids]") {
    CHECK(format_time(0) == "1970-01-01T00:00:00.000Z");
    CHECK(format_time(1'000'000'000'123) == "2001-09-09T01:46:40.123Z");
}

TEST_CASE("real sources give different uuids and a clock after 2020", "[ids]") {
    const auto sources = Sources::real();
    const auto a = sources.uuid(), b = sources.uuid();
    CHECK(is_uuid(a));
    CHECK(a[14] == '4');  // RFC 4122 version 4
    CHECK(a != b);
    CHECK(sources.now_ms() > 1'577'836'800'000);
}

TEST_CASE("only lower-case uuids with dashes in their places are uuids", "[ids]") {
    CHECK(is_uuid("00000000-0000-4000-8000-00000000abcd"));
    CHECK(!is_uuid("00000000-0000-4000-8000-00000000ABCD"));
    CHECK(!is_uuid("00000000-0000-4000-8000-00000000abc"));
    CHECK(!is_uuid("000000000000-4000-8000-00000000-abcd"));
    CHECK(!is_uuid(""));
}

TEST_CASE("an object's id is made of letters, digits and three marks", "[ids]") {
    CHECK(is_object_id("core-items_2.x"));
    CHECK(is_object_id(std::string(limits::id_bytes_max, 'a')));
    CHECK(!is_object_id(std::string(limits::id_bytes_max + 1, 'a')));
    CHECK(!is_object_id(""));
    CHECK(!is_object_id("."));
    CHECK(!is_object_id(".."));
    CHECK(!is_object_id("a/b"));
    CHECK(!is_object_id("ä"));
    CHECK(!is_object_id("a b"));
}
