// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/effect.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"

using sz::Json;
using sz::campaign::apply_effect;

namespace {

Json letters() { return Json::parse(R"([{"id":"a"},{"id":"b"},{"id":"c"}])"); }

std::string after(const char* effect) {
    Json value = letters();
    const auto applied = apply_effect(value, Json::parse(effect));
    if (!applied) return applied.error().code;
    std::string ids;
    for (const Json& item : value) ids += item["id"].get<std::string>();
    return ids;
}

}  // namespace

TEST_CASE("effects change lists as their words say") {
    CHECK(after(R"({"insert":{"at":0,"item":{"id":"x"}}})") == "xabc");
    CHECK(after(R"({"insert":{"at":3,"item":{"id":"x"}}})") == "abcx");
    CHECK(after(R"({"remove":{"id":"b"}})") == "ac");
    CHECK(after(R"({"move":{"id":"a","to":2}})") == "bca");
    CHECK(after(R"({"move":{"id":"c","to":0}})") == "cab");
    CHECK(after(R"({"replace":{"id":"b","item":{"id":"b","value":1}}})") == "abc");
    CHECK(after(R"({"set":[]})").empty());
}

TEST_CASE("an effect that does not fit is refused and changes nothing") {
    for (const char* effect :
         {R"({"insert":{"at":4,"item":{"id":"x"}}})", R"({"insert":{"at":0,"item":{"id":"a"}}})",
          R"({"insert":{"at":0}})", R"({"insert":{"at":-1,"item":{"id":"x"}}})",
          R"({"remove":{"id":"z"}})", R"({"remove":{}})", R"({"remove":"a"})",
          R"({"move":{"id":"a","to":3}})", R"({"move":{"id":"a"}})",
          R"({"replace":{"id":"a","item":{"id":"b"}}})", R"({"replace":{"id":"a"}})",
          R"({"explode":{"id":"a"}})", R"({})", R"([])", R"({"set":1,"remove":{"id":"a"}})"}) {
        INFO(effect);
        Json value = letters();
        const auto applied = apply_effect(value, Json::parse(effect));
        REQUIRE_FALSE(applied);
        CHECK(applied.error().code == "SZ-CAMPAIGN-042");
        CHECK(value == letters());
    }
}

TEST_CASE("list effects do not fit a number") {
    Json value = 5;
    CHECK_FALSE(apply_effect(value, Json::parse(R"({"remove":{"id":"a"}})")));
    REQUIRE(apply_effect(value, Json::parse(R"({"set":6})")));
    CHECK(value == 6);
}
