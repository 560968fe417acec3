// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/action.hpp"

#include "kernel/base/limits.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/test_key.hpp"

using namespace sz;
using namespace sz::campaign;
using sz::test::TestKey;

namespace {

const std::string somebody = TestKey(1).client_id();

Json valid() {
    return {{"v", 1},
            {"campaign", "11111111-1111-4111-8111-111111111111"},
            {"host", somebody},
            {"author", somebody},
            {"stream", std::string(32, 'a')},
            {"seq", 7},
            {"seen", std::string(64, '0')},
            {"operations",
             {{{"instance", "22222222-2222-4222-8222-222222222222"},
               {"path", "a.b.c"},
               {"op", "set"},
               {"args", {1}},
               {"base", 3}}}}};
}

bool is_refused(const Json& action) {
    const auto parsed = parse_action(action.dump());
    return !parsed && parsed.error().code == "SZ-CAMPAIGN-010";
}

}  // namespace

TEST_CASE("an action reads back as it was written") {
    const auto action = parse_action(valid().dump());
    REQUIRE(action);
    CHECK(action->seq == 7);
    CHECK(action->operations.at(0).base == EventIndex{3});
    CHECK(action->operations.at(0).args == Json::array({1}));
    const std::string bytes = action_bytes(*action);
    const auto again = parse_action(bytes);
    REQUIRE(again);
    CHECK(action_bytes(*again) == bytes);
}

TEST_CASE("every member of an action is asked for and checked") {
    const Json whole = valid();
    for (const auto& item : whole.items()) {
        INFO(item.key());
        Json without = valid();
        without.erase(item.key());
        CHECK(is_refused(without));
        Json wrong = valid();
        wrong[item.key()] = nullptr;
        CHECK(is_refused(wrong));
    }
    for (
        const char* change :
        {R"({"v":2})", R"({"more":1})", R"({"campaign":"x"})", R"({"host":"szid1x"})",
         R"({"stream":"A"})", R"({"seq":0})", R"({"seq":-1})", R"({"seq":1.5})",
         R"({"seq":9007199254740993})", R"({"seen":"0"})", R"({"operations":[]})",
         R"({"operations":[1]})",
         R"({"operations":[{"instance":"22222222-2222-4222-8222-222222222222","path":"","op":"","args":[]}]})",
         R"({"operations":[{"instance":"22222222-2222-4222-8222-222222222222","path":"","op":"x","args":{}}]})",
         R"({"operations":[{"instance":"22222222-2222-4222-8222-222222222222","path":"","op":"x","args":[],"base":-1}]})",
         R"({"operations":[{"instance":"22222222-2222-4222-8222-222222222222","path":"","op":"x","args":[],"extra":1}]})",
         R"({"operations":[{"instance":"nobody","path":"","op":"x","args":[]}]})"}) {
        INFO(change);
        Json action = valid();
        action.update(Json::parse(change));
        CHECK(is_refused(action));
    }
}

TEST_CASE("duplicate keys, depth and size are refused before anything is built") {
    std::string twice = valid().dump();
    twice.insert(1, R"("seq":7,)");
    CHECK_FALSE(parse_action(twice));
    // operations, operation and args are three levels below the action itself.
    const auto nested = [](std::size_t depth) {
        Json action = valid();
        Json inside = 1;
        for (std::size_t i = 0; i < depth; ++i) inside = Json::array({inside});
        action["operations"][0]["args"] = Json::array({inside});
        return action.dump();
    };
    CHECK(parse_action(nested(limits::action_depth_max - 4)));
    CHECK_FALSE(parse_action(nested(limits::action_depth_max - 3)));
    Json large = valid();
    large["operations"][0]["args"] = Json::array({""});
    const std::size_t rest = limits::action_bytes_max - large.dump().size();
    large["operations"][0]["args"] = Json::array({std::string(rest, 'x')});
    CHECK(parse_action(large.dump()));
    large["operations"][0]["args"] = Json::array({std::string(rest + 1, 'x')});
    CHECK_FALSE(parse_action(large.dump()));
}

TEST_CASE("an action has at most so many operations") {
    Json action = valid();
    const Json one = action["operations"][0];
    action["operations"] = std::vector<Json>(limits::action_operations_max, one);
    CHECK(parse_action(action.dump()));
    action["operations"].push_back(one);
    CHECK(is_refused(action));
}

TEST_CASE("a signature is over the domain and the very bytes") {
    const TestKey key(1);
    const std::string bytes = valid().dump();
    const SignedAction good{bytes, key.sign(signing_message(bytes))};
    CHECK(check_signature(good, somebody));
    CHECK_FALSE(check_signature({bytes, key.sign(bytes)}, somebody));
    CHECK_FALSE(check_signature({bytes + " ", good.signature}, somebody));
    CHECK_FALSE(check_signature(good, TestKey(2).client_id()));
}
